import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './clock.ts';
import { clientOf, SAMPLE, sampleWecom, textTo } from './sample-tenant.ts';

const made: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of made.splice(0)) await stop();
});

async function start(options: Parameters<typeof sampleWecom>[0] = {}) {
  const all = await sampleWecom(options);
  made.push(all.wecom);
  return all;
}

describe('tokens of the fake WeCom', () => {
  it('a token is valid for 7,200 seconds, and the count of gettoken is kept', async () => {
    const { wecom, client, clock } = await start();
    const answer = await client.askToken();
    expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7_200 });
    expect(Object.keys(answer).sort()).toEqual(['access_token', 'errcode', 'errmsg', 'expires_in']);
    expect(wecom.count('gettoken')).toBe(2);
    clock.pass(2 * HOUR_MS - SECOND_MS);
    expect(await client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 0 });
    clock.pass(SECOND_MS);
    expect(await client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 42001 });
  });

  it('a wrong corp, a wrong secret and missing ones are told apart', async () => {
    const { client } = await start();
    expect(await client.askToken(SAMPLE.secret, 'ww-other')).toMatchObject({ errcode: 40013 });
    expect(await client.askToken('guessed')).toMatchObject({ errcode: 40001 });
    expect(await client.askToken('')).toMatchObject({ errcode: 41004 });
    expect(await client.askToken(SAMPLE.secret, '')).toMatchObject({ errcode: 41002 });
  });

  it('no token, an unknown one, an ended one and another app have errcodes of their own, all with HTTP 200', async () => {
    const { wecom, client } = await start();
    const message = { method: 'POST', body: JSON.stringify(textTo('sup.001', '你好')) };
    const without = await client.read('message/send', {}, message);
    expect(without.status).toBe(200);
    expect(await without.json()).toMatchObject({ errcode: 41001 });
    const unknown = await client.read('message/send', { access_token: 'x' }, message);
    expect(await unknown.json()).toMatchObject({ errcode: 40014 });
    wecom.tokens.endAll('invalid');
    expect(await client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 40014 });
    await client.refresh();
    wecom.tokens.endAll('expired');
    const refused = await client.post('message/send', textTo('sup.001', '你好'));
    expect(refused.errcode).toBe(42001);
    expect(refused.errmsg).toMatch(
      /^access_token expired, hint: \[\d{19}\], from ip: 127\.0\.0\.1, more info at https:.*\?e=42001$/,
    );
    const other = await clientOf(wecom, 'secret-of-another');
    expect(await other.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 301002 });
  });

  it('what a second gettoken gives is left open by the documents and by a setting', async () => {
    const same = await start({ unverified: { gettokenAgain: 'same' } });
    expect((await same.client.askToken()).access_token).toBe(same.client.token);
    const ending = await start({ unverified: { gettokenAgain: 'new-ends-old' } });
    await ending.client.askToken();
    expect(await ending.client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({
      errcode: 40014,
    });
    const usual = await start();
    expect((await usual.client.askToken()).access_token).not.toBe(usual.client.token);
    expect(await usual.client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 0 });
  });
});

describe('the transport of the fake WeCom', () => {
  it('an address that is not on the list is refused, gettoken is not', async () => {
    const { wecom, client } = await start();
    wecom.tenant.allowedIps = ['203.0.113.7'];
    expect(await client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 60020 });
    expect(await client.askToken()).toMatchObject({ errcode: 0 });
    wecom.tenant.allowedIps = ['127.0.0.1'];
    expect(await client.post('message/send', textTo('sup.001', '你好'))).toMatchObject({ errcode: 0 });
  });

  it('an unknown path is a page, the wrong method an errcode, a body that is no JSON a warning', async () => {
    const { client } = await start();
    expect((await client.read('message/sned', {})).status).toBe(404);
    expect(await client.get('message/send')).toMatchObject({ errcode: 43002 });
    const warned = await client.post('message/send', '{"touser":');
    expect(warned).toMatchObject({ errcode: 40056 });
    expect(warned.errmsg).toMatch(/^Warning: wrong json format\. /);
  });

  it('more than 10,000 calls of one interface in a minute block it for a minute; sends are not counted', async () => {
    const { client, clock } = await start({ limits: { callsPerMinute: 2 } });
    const recall = () => client.post('message/recall', { msgid: 'x' });
    for (const errcode of [40058, 40058, 45009]) expect(await recall()).toMatchObject({ errcode });
    clock.pass(MINUTE_MS - SECOND_MS);
    expect(await recall()).toMatchObject({ errcode: 45009 });
    clock.pass(SECOND_MS);
    expect(await recall()).toMatchObject({ errcode: 40058 });
    for (let n = 0; n < 5; n += 1)
      expect(await client.post('message/send', textTo('sup.001', `${n}`))).toMatchObject({ errcode: 0 });
  });

  it('too many calls at once are refused', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { wecom, client } = await start({ limits: { parallelCalls: 1 }, wait: () => gate });
    wecom.faults.plan('message/send', { kind: 'latency', ms: 60_000 });
    const both = [1, 2].map((n) => client.post('message/send', textTo('sup.001', `${n}`)));
    expect(await Promise.race(both)).toMatchObject({ errcode: 45033 });
    open();
    expect((await Promise.all(both)).map(({ errcode }) => errcode).sort()).toEqual([0, 45033]);
  });
});

describe('faults between caller and fake WeCom', () => {
  const send = textTo('sup.001', '您好');

  it('an answer that is lost leaves the message delivered; a connection lost before leaves nothing', async () => {
    const { wecom, client } = await start();
    wecom.faults.plan('message/send', { kind: 'close-after' });
    await expect(client.post('message/send', send)).rejects.toThrow();
    expect(wecom.phone('sup.001')).toHaveLength(1);
    wecom.faults.plan('message/send', { kind: 'close-before' });
    await expect(client.post('message/send', send)).rejects.toThrow();
    expect(wecom.phone('sup.001')).toHaveLength(1);
  });

  it('errcodes, early ends of a token, a gateway page and half an answer come when planned, once each', async () => {
    const { wecom, client } = await start();
    for (const errcode of [-1, 45009, 45033]) wecom.faults.plan('message/send', { kind: 'errcode', errcode });
    for (const errcode of [-1, 45009, 45033])
      expect(await client.post('message/send', send)).toMatchObject({ errcode });
    wecom.faults.plan('message/send', { kind: 'token-expired' });
    expect(await client.post('message/send', send)).toMatchObject({ errcode: 42001 });
    await client.refresh();
    wecom.faults.plan('message/send', { kind: 'token-invalid' }, { skip: 1 });
    expect(await client.post('message/send', send)).toMatchObject({ errcode: 0 });
    expect(await client.post('message/send', send)).toMatchObject({ errcode: 40014 });
    await client.refresh();
    wecom.faults.plan('*', { kind: 'html-502' });
    expect((await client.read('gettoken', {})).status).toBe(502);
    wecom.faults.plan('message/send', { kind: 'broken-json' });
    await expect(client.post('message/send', send)).rejects.toThrow(SyntaxError);
    expect(wecom.phone('sup.001')).toHaveLength(2);
  });

  it('the same seed brings the same faults', async () => {
    const run = async (seed: number) => {
      const { wecom, client } = await start({ seed });
      wecom.faults.sometimes('message/send', 0.5, [
        { kind: 'errcode', errcode: -1 },
        { kind: 'errcode', errcode: 45009 },
      ]);
      for (let n = 0; n < 20; n += 1) await client.post('message/send', send);
      return wecom.calls.map(({ errcode }) => errcode);
    };
    const [once, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
    expect(new Set(once)).toEqual(new Set([0, -1, 45009]));
  });
});
