import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';
import { CALLBACK_SEAL, DIRECTOR } from '../support/wecom-tenant.ts';
import { sampleFile } from '../support/sample-files.ts';
import type { Delivery } from '../support/wecom/callbacks.ts';
import { Chance } from '../support/wecom/chance.ts';
import { encryptBlocks, sign } from '../support/wecom/crypto.ts';
import { messageRequest, newStamp } from '../support/wecom/envelope.ts';

const DAY_MS = 86_400_000;
const PHOTO = { bytes: sampleFile('image/jpeg'), mime: 'image/jpeg', name: 'a.jpg' };
const PLACE = { latitude: 26.1, longitude: 119.3, label: '村口' };

let stage: WecomService;
beforeAll(async () => {
  stage = await WecomService.open();
  await stage.answered();
});
afterAll(() => stage.stop());

/** What people said; a conversation that wakes by itself is none of it. */
const inbox = (): Promise<number> =>
  stage.running.service.world.store.client.inbox.count({
    where: { externalId: { not: { startsWith: 'wake:' } } },
  });
const said = (): Promise<number> => stage.running.service.world.store.client.outbox.count();

describe('one callback that comes more than once', () => {
  it.each<[string, () => Promise<Delivery>]>([
    ['words', () => stage.wecom.say(DIRECTOR, '菜单', { copies: 4 })],
    ['a word of the menu', () => stage.wecom.acts.clickMenu(DIRECTOR, '待办', { copies: 4 })],
    ['a photo', () => stage.wecom.acts.sendImage(DIRECTOR, PHOTO, { copies: 4 })],
    ['a place', () => stage.wecom.acts.sendLocation(DIRECTOR, PLACE, { copies: 4 })],
  ])(
    '%s, four times at once and sealed anew a day later, is one message with one turn',
    async (_what, act) => {
      const before = await inbox();
      const delivery = await act();
      expect(delivery.attempts.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      await stage.answered();
      await stage.answered(); // what had to be fetched first has its turn
      const answers = await said();
      expect(await inbox()).toBe(before + 1);
      stage.clock.pass(1_000);
      const again = Array.from({ length: 4 }, () => stage.wecom.callbacks.again(delivery));
      expect((await Promise.all(again)).every(({ received }) => received)).toBe(true);
      await stage.running.service.conversation.quiet();
      stage.clock.pass(DAY_MS);
      expect(await stage.wecom.callbacks.again(delivery)).toMatchObject({ received: true });
      await stage.running.service.conversation.quiet();
      expect([await inbox(), await said()]).toEqual([before + 1, answers]);
    },
  );

  it('whoever opens the app for the first time, four times at once and again a day later, is greeted once', async () => {
    const before = await inbox();
    const delivery = await stage.wecom.acts.enter('somebody.else', { copies: 4 });
    expect(delivery.attempts.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await stage.answered();
    expect([await inbox(), stage.wecom.phone('somebody.else').length]).toEqual([before, 1]);
    stage.clock.pass(DAY_MS);
    await stage.wecom.callbacks.again(delivery);
    await stage.answered();
    expect(stage.wecom.phone('somebody.else')).toHaveLength(1);
  });

  it('a link, which cannot be kept, is told so once', async () => {
    const answers = await said();
    const delivery = await stage.wecom.acts.sendLink(DIRECTOR, '新闻', 'https://example.org', { copies: 4 });
    await stage.wecom.callbacks.again(delivery);
    await stage.running.service.conversation.quiet();
    expect(await said()).toBe(answers + 1);
  });

  it('a button pressed once is one answer, and pressed twice it is two', async () => {
    const index = () => stage.wecom.phone(DIRECTOR).findLastIndex(({ card }) => card !== null);
    await stage.wecom.say(DIRECTOR, '菜单');
    await stage.answered();
    const key = stage.wecom.phone(DIRECTOR)[index()]?.card?.buttons[0]?.key ?? '';
    const before = await inbox();
    await stage.wecom.tap(DIRECTOR, index(), key, {}, { copies: 4 });
    expect(await inbox()).toBe(before + 1);
    await stage.wecom.tap(DIRECTOR, index(), key);
    expect(await inbox()).toBe(before + 2);
  });
});

/** Half a letter cannot be put into an address or be sealed. */
const whole = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '?');

const BODIES = 10_000;
const WORDS = '李小明家在桥头，奶奶在';
/** None of this belongs into a log. */
const PERSONAL = /小明|桥头|奶奶|dir\.00001/u;

describe('ten thousand bodies that were damaged or made up', () => {
  const random = new Chance(7);
  const LETTERS = 'abcXYZ019+/=<>&;![]{}"\'\n\r\u0000\ud800孩🙂';
  const letters = (most: number): string =>
    Array.from({ length: random.below(most) }, () => LETTERS[random.below(LETTERS.length)]).join('');

  /** A place changed, something put in, taken out, doubled, or cut off; never the same as before. */
  function damaged(text: string): string {
    const at = random.below(text.length);
    const to = Math.min(text.length, at + 1 + random.below(40));
    const ways = [
      () => text.slice(0, at) + letters(8) + text.slice(at + 1),
      () => text.slice(0, at) + letters(40) + text.slice(at),
      () => text.slice(0, at) + text.slice(to),
      () => text.slice(0, to) + text.slice(at, to) + text.slice(to),
      () => text.slice(0, at),
      () => text.replace('<Encrypt>', '<Encrypt><Encrypt>'),
      () => text.replaceAll('Encrypt', '__proto__'),
      () => `${text}${text}`,
    ];
    const made = ways[random.below(ways.length)]?.() ?? text;
    return made === text ? damaged(text) : made;
  }

  const genuine = () => {
    const { wecom, clock } = stage;
    const xml =
      `<xml><ToUserName><![CDATA[${CALLBACK_SEAL.corpId}]]></ToUserName><FromUserName><![CDATA[${DIRECTOR}]]></FromUserName>` +
      `<CreateTime>1764036000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${WORDS}]]></Content>` +
      `<MsgId>${String(random.below(1e9))}</MsgId><AgentID>1000002</AgentID></xml>`;
    return {
      xml,
      seal: (plain = xml) =>
        messageRequest(CALLBACK_SEAL, newStamp(random, clock), plain, wecom.tenant.app.agentId),
    };
  };

  async function post(query: string, body: string): Promise<number> {
    const answer = await stage.running.service.app.inject({
      method: 'POST',
      url: `/channels/wecom/callback?${query}`,
      headers: { 'content-type': ['text/xml', 'application/json', 'x/y'][random.below(3)] ?? '' },
      payload: body,
    });
    expect(answer.body).not.toContain('李小明');
    return answer.statusCode;
  }

  /** Signed by somebody who knows the token, around bytes that nobody locked with our key. */
  function signedAround(encrypted: string): { readonly query: string; readonly body: string } {
    const { timestamp, nonce } = newStamp(random, stage.clock);
    const query = `msg_signature=${sign(CALLBACK_SEAL.token, timestamp, nonce, encrypted)}&timestamp=${timestamp}&nonce=${nonce}`;
    return { query, body: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>` };
  }

  let before = { inbox: 0, outbox: 0, log: 0 };
  beforeEach(async () => {
    await stage.answered();
    before = { inbox: await inbox(), outbox: await said(), log: stage.running.log.length };
  });
  const logged = (): string => stage.running.log.slice(before.log).join('\n');

  interface Request {
    readonly query: string;
    readonly body: string;
  }
  /** A genuine callback, and the part of it that is locked. */
  const sealed = (): Request & { readonly locked: string } => {
    const { query, body } = genuine().seal();
    return { query, body: body ?? '', locked: /CDATA\[([A-Za-z0-9+/=]{100,})\]/.exec(body ?? '')?.[1] ?? '' };
  };
  /** What lies around the locked part is not signed: so that nothing of it is genuine, a piece of that is missing. */
  const without = ({ body, locked }: ReturnType<typeof sealed>): string =>
    body.replace(locked, locked.slice(4));
  const KINDS: readonly (readonly [string, () => Request])[] = [
    [
      'damaged on the way',
      () => {
        const request = sealed();
        return { query: request.query, body: damaged(without(request)) };
      },
    ],
    [
      'damaged on the way, and so is the address',
      () => {
        const request = sealed();
        return { query: damaged(request.query), body: letters(20) + without(request) };
      },
    ],
    ['made of chance', () => ({ query: letters(60), body: letters(400) })],
    [
      'signed with the token around something damaged',
      () => signedAround(damaged(sealed().locked).replaceAll(/[^A-Za-z0-9+/=]/g, 'A')),
    ],
    [
      'signed with the token around something cut off',
      () => {
        const bytes = Buffer.from(sealed().locked, 'base64');
        return signedAround(bytes.subarray(0, 32 * random.below(6)).toString('base64'));
      },
    ],
    [
      'signed with the token around chance locked with the key',
      () => signedAround(encryptBlocks(CALLBACK_SEAL.aesKey, random.bytes(32 * (1 + random.below(8))))),
    ],
  ];

  it.each(KINDS)(
    '%s, are refused without a fault; nothing is stored, said or told to the log, and the next message is heard',
    async (_kind, make) => {
      const statuses = new Map<number, number>();
      for (let n = 0; n < Math.ceil(BODIES / KINDS.length); n += 1) {
        const { query, body } = make();
        const status = await post(encodeURI(whole(query)), body);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      expect([...statuses.keys()].filter((status) => status !== 403 && status !== 200)).toEqual([]);
      expect(statuses.get(403)).toBeGreaterThan(BODIES / KINDS.length / 2);
      expect([await inbox(), await said()]).toEqual([before.inbox, before.outbox]);
      expect(logged()).not.toMatch(PERSONAL);
      const { query, body } = sealed();
      expect(await post(query, body)).toBe(200);
      expect(await inbox()).toBe(before.inbox + 1);
    },
  );

  it('sealed with our own key do no harm either: no fault, no turn that fails, no word in the log', async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 400; n += 1) {
      const message = genuine();
      const { query, body } = message.seal(whole(damaged(message.xml)));
      statuses.add(await post(query, body ?? ''));
    }
    expect([...statuses]).toEqual([200]);
    expect(stage.running.log.filter((line) => /fault|not dealt with/.test(line))).toEqual([]);
    await stage.answered();
    const { client } = stage.running.service.world.store;
    expect(await client.inbox.count({ where: { state: { not: 'done' } } })).toBe(0);
    expect(logged()).not.toMatch(PERSONAL);
  });
});
