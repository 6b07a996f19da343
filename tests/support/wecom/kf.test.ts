import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './clock.ts';
import { SAMPLE_KF } from './fake-wecom.ts';
import { fieldsOf, listOf, wordsOf, type Fields } from './fields.ts';
import { elementOf, sampleWecom, SmallBot } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

const MOTHER = 'wmMOTHER';

async function start(options: Parameters<typeof sampleWecom>[0] = {}) {
  const bot = new SmallBot();
  const all = await sampleWecom({ deliver: bot.deliver, ...options });
  made.push(all.wecom);
  const { kf } = all.wecom;
  const send = (content: string, more: Fields = {}) =>
    all.client.post('kf/send_msg', {
      ...{ touser: MOTHER, open_kfid: SAMPLE_KF, msgtype: 'text', text: { content } },
      ...more,
    });
  const token = () => elementOf(bot.heard.at(-1) ?? '', 'Token') ?? '';
  const sync = (more: Fields = {}) =>
    all.client.post('kf/sync_msg', { open_kfid: SAMPLE_KF, token: token(), ...more });
  const readAll = async () => listOf((await sync()).msg_list).map(fieldsOf);
  const lastEvent = async () => fieldsOf((await readAll()).at(-1)?.event);
  const textsOfMother = () => kf.phone(SAMPLE_KF, MOTHER).map(({ text }) => text);
  return { ...all, bot, kf, send, sync, readAll, lastEvent, textsOfMother };
}

describe('what a guardian writes to the fake 微信客服', () => {
  it('is told by a wake-up that says nothing, and read with its token', async () => {
    const { kf, bot, readAll } = await start();
    await kf.say(SAMPLE_KF, MOTHER, '孩子发烧了');
    expect(bot.heard[0]).not.toMatch(/FromUserName|MsgId|AgentID|发烧/);
    expect(bot.agents).toEqual([null]);
    expect(await readAll()).toEqual([
      {
        ...{
          msgid: expect.any(String),
          send_time: 1795572000,
          open_kfid: SAMPLE_KF,
          external_userid: MOTHER,
        },
        ...{ origin: 3, msgtype: 'text', text: { content: '孩子发烧了' } },
      },
    ]);
  });

  it('comes page by page, sometimes an empty one, and a cursor goes on where it stopped', async () => {
    const { wecom, kf, sync } = await start();
    for (let n = 0; n < 5; n += 1) await kf.say(SAMPLE_KF, MOTHER, `${n}`);
    wecom.kfLog.emptyPages = 1;
    const seen: unknown[] = [];
    const pages: unknown[] = [];
    let cursor = '';
    for (let more: unknown = 1; more === 1;) {
      const page = await sync({ cursor, limit: 2 });
      const texts = listOf(page.msg_list).map((message) => fieldsOf(fieldsOf(message).text).content);
      seen.push(...texts);
      pages.push(texts.length);
      cursor = wordsOf(page.next_cursor);
      more = page.has_more;
    }
    expect(seen).toEqual(['0', '1', '2', '3', '4']);
    expect(pages).toEqual([0, 2, 2, 1]);
    expect(await sync({ cursor })).toMatchObject({ has_more: 0, msg_list: [] });
    expect(Buffer.byteLength(cursor)).toBeLessThanOrEqual(64);
  });

  it('is kept for three days; a token serves ten minutes; without one ten reads a minute are too many', async () => {
    const { clock, client, kf, sync, readAll } = await start();
    await kf.say(SAMPLE_KF, MOTHER, '你好');
    clock.pass(10 * MINUTE_MS);
    expect(await sync()).toMatchObject({ errcode: 95007 });
    for (let n = 1; n < 10; n += 1) expect(await sync({ token: '' })).toMatchObject({ errcode: 0 });
    expect(await sync({ token: '' })).toMatchObject({ errcode: 45009 });
    expect(await sync({ limit: 1_001 })).toMatchObject({ errcode: 40058 });
    expect(await sync({ cursor: 'invented', token: '' })).toMatchObject({ errcode: 45009 });
    clock.pass(3 * DAY_MS);
    await client.refresh();
    await kf.say(SAMPLE_KF, MOTHER, '还在吗');
    expect((await readAll()).map(({ text }) => text)).toEqual([{ content: '还在吗' }]);
    expect(await sync({ open_kfid: 'wkOTHER' })).toMatchObject({ errcode: 95004 });
    expect(await sync({ open_kfid: '' })).toMatchObject({ errcode: 95000 });
  });

  it('a photo has three days, and a tap on a menu carries its id', async () => {
    const { client, kf, send, readAll } = await start();
    await kf.send(SAMPLE_KF, MOTHER, 'image', {
      bytes: Buffer.from('jpeg-bytes'),
      mime: 'image/jpeg',
      name: 'a.jpg',
    });
    const id = wordsOf(fieldsOf((await readAll())[0]?.image).media_id);
    const got = await client.read('media/get', { access_token: client.token, media_id: id });
    expect(await got.text()).toBe('jpeg-bytes');
    const item = (n: number) => ({ type: 'click', click: { id: `${n}`, content: `选项${n}` } });
    const menu = (count: number) => ({
      msgtype: 'msgmenu',
      msgmenu: {
        head_content: '孩子好吗',
        list: Array.from({ length: count }, (_, n) => item(n)),
        tail_content: '谢谢',
      },
    });
    expect(await send('', menu(11))).toMatchObject({ errcode: 40058 });
    expect(await send('', menu(2))).toMatchObject({ errcode: 0 });
    await kf.tapMenu(SAMPLE_KF, MOTHER, '1');
    expect((await readAll()).at(-1)?.text).toEqual({ content: '选项1', menu_id: '1' });
    expect(() => kf.tapMenu(SAMPLE_KF, MOTHER, '7')).toThrow('No entry 7');
  });
});

describe('what the bot may send to a guardian', () => {
  it('five messages after each of hers, the sixth is refused', async () => {
    const { kf, send, textsOfMother } = await start();
    expect(await send('您好')).toMatchObject({ errcode: 40096 });
    await kf.say(SAMPLE_KF, MOTHER, '你好');
    for (let n = 1; n <= 5; n += 1) expect(await send(`${n}`)).toMatchObject({ errcode: 0 });
    expect(await send('6')).toMatchObject({ errcode: 95001 });
    await kf.say(SAMPLE_KF, MOTHER, '还有吗');
    expect(await send('7')).toMatchObject({ errcode: 0 });
    expect(textsOfMother()).toEqual(['1', '2', '3', '4', '5', '7']);
  });

  it('within 48 hours, refused afterwards or failing later', async () => {
    const { wecom, clock, client, kf, send, lastEvent, textsOfMother } = await start();
    await kf.say(SAMPLE_KF, MOTHER, '你好');
    clock.pass(48 * HOUR_MS);
    await client.refresh();
    expect(await send('刚好')).toMatchObject({ errcode: 0 });
    clock.pass(SECOND_MS);
    expect(await send('晚了')).toMatchObject({ errcode: 95002 });
    wecom.kfSettings.late = 'fails-later';
    const { errcode, msgid } = await send('晚了');
    await kf.settled();
    expect(errcode).toBe(0);
    expect(await lastEvent()).toEqual({
      ...{ event_type: 'msg_send_fail', open_kfid: SAMPLE_KF, external_userid: MOTHER },
      ...{ fail_msgid: msgid, fail_type: 4 },
    });
    expect(textsOfMother()).toEqual(['刚好']);
  });

  it('an own msgid arrives once however often it is sent, also when the answer was lost', async () => {
    const { wecom, kf, send, textsOfMother } = await start();
    await kf.say(SAMPLE_KF, MOTHER, '你好');
    wecom.faults.plan('kf/send_msg', { kind: 'close-after' });
    await expect(send('收到', { msgid: 'row-1' })).rejects.toThrow();
    expect(await send('收到', { msgid: 'row-1' })).toMatchObject({ errcode: 0, msgid: 'row-1' });
    expect(await send('收到', { msgid: 'row 2' })).toMatchObject({ errcode: 40058 });
    expect(await send('收到', { msgid: 'a'.repeat(33) })).toMatchObject({ errcode: 40058 });
    expect(textsOfMother()).toEqual(['收到']);
  });

  it('nothing at all to somebody who switched messages off, or where the platform fails', async () => {
    const { wecom, kf, send, lastEvent, textsOfMother } = await start();
    await kf.say(SAMPLE_KF, MOTHER, '别发了');
    await kf.reject(SAMPLE_KF, MOTHER);
    expect(await lastEvent()).toMatchObject({
      event_type: 'reject_customer_msg_switch_change',
      reject_switch: 1,
    });
    await send('您好');
    await kf.settled();
    expect(await lastEvent()).toMatchObject({ event_type: 'msg_send_fail', fail_type: 10 });
    await kf.reject(SAMPLE_KF, MOTHER, false);
    wecom.kfFailNext(2);
    await send('您好');
    await kf.settled();
    expect(await lastEvent()).toMatchObject({ fail_type: 2 });
    await send('您好');
    expect(textsOfMother()).toEqual(['您好']);
  });

  it('texts up to 2,048 bytes, and an unverified corp serves a limited number of people', async () => {
    const { wecom, kf, send } = await start();
    await kf.say(SAMPLE_KF, 'wmFIRST', '你好');
    await kf.say(SAMPLE_KF, MOTHER, '你好');
    expect(await send('a'.repeat(2_049))).toMatchObject({ errcode: 45002 });
    expect(await send('')).toMatchObject({ errcode: 44004 });
    wecom.kfSettings.capacity = 1;
    expect(await send('您好')).toMatchObject({ errcode: 95003 });
    expect(await send('您好', { touser: 'wmFIRST' })).toMatchObject({ errcode: 0 });
  });
});

describe('who speaks with a guardian', () => {
  const state = { open_kfid: SAMPLE_KF, external_userid: MOTHER };

  it('states follow the picture of the documents, and the bot is silent while a person speaks', async () => {
    const { client, kf, send } = await start();
    const move = (to: number, servicer = '') =>
      client.post('kf/service_state/trans', { ...state, service_state: to, servicer_userid: servicer });
    await kf.enter(SAMPLE_KF, MOTHER);
    expect(await client.post('kf/service_state/get', state)).toMatchObject({ service_state: 4 });
    expect(await send('您好')).toMatchObject({ errcode: 95018 });
    expect(await move(1)).toMatchObject({ errcode: 95016 });
    await kf.say(SAMPLE_KF, MOTHER, '我要找人');
    expect(await move(1)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await send('请稍等')).toMatchObject({ errcode: 0 });
    expect(await move(3, 'nobody')).toMatchObject({ errcode: 95014 });
    expect(await move(3, 'sup.001')).toHaveProperty('msg_code');
    expect(await client.post('kf/service_state/get', state)).toMatchObject({
      ...{ service_state: 3, servicer_userid: 'sup.001' },
    });
    expect(await send('打扰')).toMatchObject({ errcode: 95018 });
    expect(await move(0)).toMatchObject({ errcode: 95016 });
    expect(await move(4)).toHaveProperty('msg_code');
    expect(await send('打扰')).toMatchObject({ errcode: 95013 });
    await kf.say(SAMPLE_KF, MOTHER, '还有一件事');
    expect(await send('请讲')).toMatchObject({ errcode: 0 });
  });

  it('what people do is told: taking, speaking, ending', async () => {
    const { client, kf, readAll, lastEvent, textsOfMother } = await start();
    await kf.say(SAMPLE_KF, MOTHER, '你好');
    await kf.servicerTakes(SAMPLE_KF, MOTHER, 'sup.001');
    expect(await lastEvent()).toMatchObject({ change_type: 1, new_servicer_userid: 'sup.001' });
    await kf.servicerSays(SAMPLE_KF, MOTHER, '我是王主任');
    expect((await readAll()).at(-1)).toMatchObject({ origin: 5, servicer_userid: 'sup.001' });
    await kf.servicerEnds(SAMPLE_KF, MOTHER);
    const { msg_code: code, change_type: change } = await lastEvent();
    expect(change).toBe(3);
    const closing = { code, msgtype: 'text', text: { content: '再见' } };
    expect(await client.post('kf/send_msg_on_event', closing)).toMatchObject({ errcode: 0 });
    expect(textsOfMother()).toEqual(['我是王主任', '再见']);
  });
});

describe('the welcome', () => {
  const welcome = (code: unknown) => ({ code, msgtype: 'text', text: { content: '欢迎' } });

  it('a link with a scene brings its parameter; a welcome is sent once, within 20 seconds', async () => {
    const { clock, client, kf, lastEvent, textsOfMother } = await start();
    const way = { open_kfid: SAMPLE_KF, scene: 'village-7' };
    const { url } = await client.post('kf/add_contact_way', way);
    await kf.follow(`${wordsOf(url)}&scene_param=${encodeURIComponent('child=甲&n=1')}`, MOTHER);
    const event = await lastEvent();
    expect(event).toMatchObject({
      event_type: 'enter_session',
      scene: 'village-7',
      scene_param: 'child=甲&n=1',
    });
    clock.pass(20 * SECOND_MS);
    expect(await client.post('kf/send_msg_on_event', welcome(event.welcome_code))).toMatchObject({
      errcode: 0,
    });
    expect(await client.post('kf/send_msg_on_event', welcome(event.welcome_code))).toMatchObject({
      errcode: 95007,
    });
    expect(textsOfMother()).toEqual(['欢迎']);
    await kf.enter(SAMPLE_KF, MOTHER);
    expect(await lastEvent()).not.toHaveProperty('welcome_code');
    clock.pass(48 * HOUR_MS + SECOND_MS);
    await client.refresh();
    await kf.enter(SAMPLE_KF, MOTHER);
    const later = await lastEvent();
    expect(later).toHaveProperty('welcome_code');
    clock.pass(21 * SECOND_MS);
    expect(await client.post('kf/send_msg_on_event', welcome(later.welcome_code))).toMatchObject({
      errcode: 95007,
    });
    expect(await client.post('kf/add_contact_way', { ...way, scene: '村' })).toMatchObject({
      errcode: 40058,
    });
  });

  it('names of customers are asked for, up to 100 at once', async () => {
    const { client, kf } = await start();
    await kf.enter(SAMPLE_KF, MOTHER, 'village-7', 'x');
    const asked = { external_userid_list: [MOTHER, 'wmGHOST'], need_enter_session_context: 1 };
    expect(await client.post('kf/customer/batchget', asked)).toMatchObject({
      customer_list: [
        { external_userid: MOTHER, enter_session_context: { scene: 'village-7', scene_param: 'x' } },
      ],
      invalid_external_userid: ['wmGHOST'],
    });
    const many = { external_userid_list: Array<string>(101).fill(MOTHER) };
    expect(await client.post('kf/customer/batchget', many)).toMatchObject({ errcode: 40058 });
    expect(await client.post('kf/account/list', {})).toMatchObject({
      account_list: [{ open_kfid: SAMPLE_KF }],
    });
  });
});
