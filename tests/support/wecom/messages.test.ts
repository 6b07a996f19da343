import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './clock.ts';
import { cardTo, clientOf, sampleWecom, textTo } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start(options: Parameters<typeof sampleWecom>[0] = {}) {
  const all = await sampleWecom(options);
  made.push(all.wecom);
  const send = (body: unknown) => all.client.post('message/send', body);
  const textsOf = (userid: string) => all.wecom.phone(userid).map(({ text }) => text);
  return { ...all, send, textsOf };
}

describe('whom a message of the fake WeCom reaches', () => {
  it('user ids do not mind their case, and come back in lower case where nobody is reached', async () => {
    const { send, textsOf } = await start();
    const answer = await send(textTo('DIR.00001|Nobody|Hidden|FREE', '今天有家访'));
    expect(answer).toMatchObject({ errcode: 0, invaliduser: 'nobody|hidden', unlicenseduser: 'free' });
    expect(textsOf('dir.00001')).toEqual(['今天有家访']);
    expect(textsOf('free')).toEqual([]);
    expect(await send(textTo('nobody|hidden', '你好'))).toMatchObject({
      errcode: 81013,
      invaliduser: 'nobody|hidden',
    });
  });

  it('up to 1,000 people a call, departments with all below them, or everybody', async () => {
    const members = Array.from({ length: 1_001 }, (_, n) => `m${n}`);
    const { wecom, send, textsOf } = await start({
      members: [...members, { userid: 'village', departments: [3] }],
      departments: [
        { id: 2, name: '青山镇', parentid: 1, order: 1 },
        { id: 3, name: '大河村', parentid: 2, order: 1 },
      ],
    });
    expect(await send(textTo(members.slice(0, 1_000).join('|'), '通知'))).toMatchObject({ errcode: 0 });
    expect(await send(textTo(members.join('|'), '通知'))).toMatchObject({ errcode: 40032 });
    expect(textsOf('m999')).toEqual(['通知']);
    expect(await send(textTo('', '给全镇', { toparty: '2|9' }))).toMatchObject({
      errcode: 0,
      invalidparty: '9',
    });
    expect(textsOf('village')).toEqual(['给全镇']);
    await send(textTo('@all', '给大家'));
    expect(wecom.tenant.members.every(({ userid }) => textsOf(userid).includes('给大家'))).toBe(true);
    const many = { toparty: Array.from({ length: 101 }, (_, n) => n).join('|') };
    expect(await send(textTo('', 'x', many))).toMatchObject({ errcode: 82002 });
    expect(await send(textTo('', 'x'))).toMatchObject({ errcode: 82001 });
  });

  it('agent, kind and content are checked', async () => {
    const { send } = await start();
    expect(await send(textTo('sup.001', 'x', { agentid: '1000002' }))).toMatchObject({ errcode: 40056 });
    expect(await send(textTo('sup.001', 'x', { agentid: 1000003 }))).toMatchObject({ errcode: 301002 });
    expect(await send(textTo('sup.001', ''))).toMatchObject({ errcode: 44004 });
    expect(await send(textTo('sup.001', 'x', { msgtype: 'song' }))).toMatchObject({ errcode: 40008 });
    const image = { msgtype: 'image', image: { media_id: 'gone' } };
    expect(await send(textTo('sup.001', 'x', image))).toMatchObject({ errcode: 40007 });
  });
});

describe('what the fake WeCom does without saying so', () => {
  it('cuts a text after 2,048 bytes, in the middle of a character', async () => {
    const { send, textsOf } = await start();
    await send(textTo('sup.001', '好'.repeat(682) + '吗'));
    expect(textsOf('sup.001')).toEqual([`${'好'.repeat(682)}\ufffd`]);
    await send(textTo('sup.001', 'a'.repeat(2_048)));
    expect(textsOf('sup.001')[1]).toBe('a'.repeat(2_048));
  });

  it('drops what is above 30 a minute for one member, and nobody else’s', async () => {
    const { wecom, clock, send } = await start();
    for (let n = 0; n < 31; n += 1)
      expect(await send(textTo('sup.001', `${n}`))).toMatchObject({ errcode: 0 });
    await send(textTo('dir.00001', 'x'));
    expect(wecom.phone('sup.001')).toHaveLength(30);
    expect(wecom.phone('dir.00001')).toHaveLength(1);
    expect(wecom.messages.dropped.byFrequency).toBe(1);
    clock.pass(MINUTE_MS);
    await send(textTo('sup.001', '31'));
    expect(wecom.phone('sup.001')).toHaveLength(31);
  });

  it('drops what is above 1,000 an hour', async () => {
    const { wecom, clock, send } = await start({ limits: { perMemberHour: 3 } });
    for (let n = 0; n < 4; n += 1) {
      await send(textTo('sup.001', `${n}`));
      clock.pass(10 * MINUTE_MS);
    }
    expect(wecom.phone('sup.001')).toHaveLength(3);
    clock.pass(20 * MINUTE_MS + SECOND_MS);
    await send(textTo('sup.001', 'again'));
    expect(wecom.phone('sup.001')).toHaveLength(4);
  });

  it('drops the same request within its interval, byte by byte, and tells as little as it may', async () => {
    const { wecom, clock, send } = await start();
    const checked = textTo('sup.001', '请接单', { enable_duplicate_check: 1, duplicate_check_interval: 600 });
    expect(await send(checked)).toHaveProperty('msgid');
    expect(await send(checked)).toEqual({ errcode: 0, errmsg: 'ok' });
    await send({ duplicate_check_interval: 600, ...checked, text: { content: '请接单 ' } });
    await send(textTo('sup.001', '不查'));
    await send(textTo('sup.001', '不查'));
    expect(wecom.phone('sup.001')).toHaveLength(4);
    clock.pass(600 * SECOND_MS);
    expect(await send(checked)).toHaveProperty('msgid');
    expect(wecom.messages.dropped.asDuplicate).toBe(1);
    const tooLong = { ...checked, duplicate_check_interval: 14_401 };
    expect(await send(tooLong)).toMatchObject({ errcode: 40058 });
  });

  it('by default the interval of the duplicate check is 1,800 seconds, and a refused send is not remembered', async () => {
    const { wecom, clock, client, send } = await start({ unverified: { duplicateAnswer: 'as-the-first' } });
    const checked = textTo('sup.001', '请接单', { enable_duplicate_check: 1 });
    wecom.faults.plan('message/send', { kind: 'errcode', errcode: -1 });
    expect(await send(checked)).toMatchObject({ errcode: -1 });
    wecom.faults.plan('message/send', { kind: 'close-after' });
    await expect(send(checked)).rejects.toThrow();
    clock.pass(1_799 * SECOND_MS);
    await client.refresh();
    expect(await send(checked)).toHaveProperty('msgid');
    expect(wecom.phone('sup.001')).toHaveLength(1);
    clock.pass(SECOND_MS);
    await send(checked);
    expect(wecom.phone('sup.001')).toHaveLength(2);
  });
});

describe('quota and recall of the fake WeCom', () => {
  it('an app sends 200 times as many messages a day as there are accounts, until midnight in China', async () => {
    const { clock, client, send } = await start({ limits: { accounts: 0.01 } });
    for (const errcode of [0, 0, 45009])
      expect(await send(textTo('sup.001', 'x'))).toMatchObject({ errcode });
    clock.pass(14 * HOUR_MS); // 10:00 in China, and so midnight
    await client.refresh();
    expect(await send(textTo('sup.001', 'x'))).toMatchObject({ errcode: 0 });
  });

  it('a message is recalled within 24 hours, by its own app', async () => {
    const { wecom, clock, client, send } = await start();
    const { msgid } = await send(textTo('sup.001', '发错了'));
    const other = await clientOf(wecom, 'secret-of-another');
    expect(await other.post('message/recall', { msgid })).toMatchObject({ errcode: 40058 });
    expect(await client.post('message/recall', { msgid })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(wecom.readPhone('sup.001')).toEqual(['〔已撤回〕']);
    const { msgid: old } = await send(textTo('sup.001', '旧的'));
    clock.pass(DAY_MS + SECOND_MS);
    await client.refresh();
    expect(await client.post('message/recall', { msgid: old })).toMatchObject({ errcode: 40058 });
  });
});

describe('files of the fake WeCom', () => {
  it('a file is uploaded, fetched for three days, and then answered with JSON and HTTP 200', async () => {
    const { clock, client, send } = await start();
    const form = new FormData();
    form.append(
      'media',
      new Blob([Buffer.from([0xff, 0xd8, 13, 10, 0, 1, 2])], { type: 'image/jpeg' }),
      '家访.jpg',
    );
    const query = { access_token: client.token, type: 'image' };
    const uploaded = await client.read('media/upload', query, { method: 'POST', body: form });
    const { media_id: id, ...rest } = (await uploaded.json()) as Record<string, string>;
    expect(rest).toEqual({ errcode: 0, errmsg: '', type: 'image', created_at: '1795572000' });
    const image = { msgtype: 'image', image: { media_id: id } };
    expect(await send(textTo('sup.001', '', image))).toMatchObject({ errcode: 0 });
    const fetched = await client.read('media/get', { access_token: client.token, media_id: id ?? '' });
    expect(fetched.headers.get('content-type')).toBe('image/jpeg');
    expect([...new Uint8Array(await fetched.arrayBuffer())]).toEqual([0xff, 0xd8, 13, 10, 0, 1, 2]);
    clock.pass(3 * DAY_MS);
    await client.refresh();
    const late = await client.read('media/get', { access_token: client.token, media_id: id ?? '' });
    expect(late.status).toBe(200);
    expect(late.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await late.json()).toMatchObject({ errcode: 40007 });
  });

  it('types and sizes of uploads are checked', async () => {
    const { client } = await start();
    const upload = async (type: string, bytes: number) => {
      const form = new FormData();
      form.append('media', new Blob([Buffer.alloc(bytes)]), 'x');
      const query = { access_token: client.token, type };
      return (await client.read('media/upload', query, { method: 'POST', body: form })).json();
    };
    expect(await upload('song', 10)).toMatchObject({ errcode: 40005 });
    expect(await upload('voice', 5)).toMatchObject({ errcode: 40006 });
    expect(await upload('voice', 2 * 1024 * 1024 + 1)).toMatchObject({ errcode: 40006 });
    expect(await upload('voice', 6)).toMatchObject({ errcode: 0 });
  });
});

describe('a card without buttons', () => {
  it('needs somewhere to lead to', async () => {
    const { wecom, send } = await start();
    const card = { card_type: 'text_notice', main_title: { title: '本周小结', desc: '3 户待走访' } };
    expect(await send(cardTo('sup.001', card))).toMatchObject({ errcode: 42045 });
    const leading = { ...card, card_action: { type: 1, url: 'https://hutong.example/x' } };
    const answer = await send(cardTo('sup.001', leading));
    expect(answer).not.toHaveProperty('response_code');
    expect(wecom.readPhone('sup.001')).toEqual(['本周小结\n3 户待走访']);
    expect(wecom.phone('sup.001')[0]?.card?.leadsTo).toBe('https://hutong.example/x');
  });
});
