import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelMessage, SendResult } from '../../bot/channels/channel.ts';
import { insert, update } from '../../server/services/batch.ts';
import type { OutboxRow } from '../../server/store/generated/tables.ts';
import { WecomService } from '../support/wecom-service.ts';
import { DIRECTOR, SUPERVISOR } from '../support/wecom-tenant.ts';
import { sampleRow } from '../support/store-rows.ts';
import type { Fault } from '../support/wecom/faults.ts';

const MINUTE_MS = 60_000;
const NIGHT_MS = 12 * 60 * MINUTE_MS;
const CROWD = Array.from({ length: 200 }, (_, n) => `member.${String(n)}`);

let stage: WecomService;
afterEach(() => stage.stop());

/** Each of these people is sent a message of their own at the same moment. */
async function sendTo(people: readonly string[], text: string): Promise<readonly SendResult[]> {
  const channel = stage.running.service.world.channels.get('wecom');
  const at = stage.clock.now().toISOString();
  const row = (address: string): ChannelMessage => ({
    ...{ outboxId: `${address}-${text}`, address, at, text },
    ...{ lane: 'reply', options: [] },
  });
  if (channel === undefined) throw new Error('the service has no WeCom');
  return Promise.all(people.map((address) => channel.send(row(address))));
}

/** Everybody says something at the same moment; all turns are done, whatever became of the answers. */
async function allSay(people: readonly string[], words: string): Promise<void> {
  const { wecom, running } = stage;
  await Promise.all(people.map((userid) => wecom.say(userid, words)));
  await running.service.conversation.quiet();
}

/** Lets time pass until nothing waits any more. */
async function untilSent(stepMs: number): Promise<void> {
  for (let n = 0; n < 200 && (await waiting()) > 0; n += 1) await passWithBeat(stepMs);
  expect(await waiting()).toBe(0);
}

/** Of those whom this WeCom knows: what is said to the rest of the county waits until it is sure that nobody is there. */
async function waiting(): Promise<number> {
  const { client } = stage.running.service.world.store;
  const known = stage.wecom.tenant.members.map(({ userid }) => userid.toLowerCase());
  const accounts = await client.chatAccount.findMany({
    where: { channel: 'wecom', externalId: { in: known } },
    select: { id: true },
  });
  const accountId = { in: accounts.map(({ id }) => id) };
  return client.outbox.count({ where: { accountId, state: { in: ['queued', 'sending'] } } });
}

async function passWithBeat(ms: number): Promise<void> {
  stage.clock.pass(ms);
  await stage.running.service.beat();
}

/** How many messages each of these people has. */
const countsOf = (people: readonly string[]): readonly number[] =>
  people.map((userid) => stage.wecom.phone(userid).length);
const each = (people: readonly string[], n: number): readonly number[] => people.map(() => n);

describe('the access token, with two hundred messages at once', () => {
  it('is fetched once after a night', async () => {
    stage = await WecomService.open({ members: [...CROWD, SUPERVISOR] });
    stage.clock.pass(NIGHT_MS);
    const before = stage.wecom.count('gettoken');
    stage.wecom.faults.plan('gettoken', { kind: 'latency', ms: 20 });
    await sendTo(CROWD, '早上好。');
    expect(stage.wecom.count('gettoken')).toBe(before + 1);
    expect(countsOf(CROWD)).toEqual(each(CROWD, 1));
  });

  it.each(['new', 'same', 'new-ends-old'] as const)(
    'is fetched once more where it stops to count in the middle, and all arrive once (gettoken gives: %s)',
    async (gettokenAgain) => {
      stage = await WecomService.open({ members: [...CROWD, SUPERVISOR], unverified: { gettokenAgain } });
      await sendTo(CROWD.slice(0, 1), '一。');
      const before = stage.wecom.count('gettoken');
      stage.wecom.faults.plan('message/send', { kind: 'token-invalid' }, { skip: 70 });
      await sendTo(CROWD.slice(1), '二。');
      expect(stage.wecom.calls.filter(({ errcode }) => errcode === 40_014).length).toBeGreaterThan(0);
      expect(stage.wecom.count('gettoken')).toBe(before + 1);
      expect(countsOf(CROWD)).toEqual(each(CROWD, 1));
    },
  );
});

describe('a line that breaks in every way there is', () => {
  it('brings everybody one answer, and only one', async () => {
    const people = CROWD.slice(0, 40);
    const faults: readonly Fault[] = [
      { kind: 'close-after' },
      { kind: 'broken-json' },
      { kind: 'close-before' },
      { kind: 'html-502' },
      { kind: 'token-expired' },
      { kind: 'errcode', errcode: -1 },
      { kind: 'errcode', errcode: 45_033 },
    ];
    stage = await WecomService.open({ members: [...people, SUPERVISOR] });
    await stage.answered();
    stage.wecom.faults.sometimes('message/send', 0.6, faults);
    await allSay(people, '菜单');
    for (let n = 0; n < 20; n += 1) await passWithBeat(5_000);
    stage.wecom.faults.clear();
    await untilSent(MINUTE_MS);
    expect(countsOf(people)).toEqual(each(people, 1));
    expect(stage.wecom.messages.dropped.asDuplicate).toBeGreaterThan(0);
  });
});

describe('a page whose sender died before it could note that it had arrived', () => {
  it('counts as arrived when WeCom says that it has the card already', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hutong-'));
    stage = await WecomService.open({ dataDir });
    await stage.answered();
    await stage.wecom.say(DIRECTOR, '紧急 有孩子受伤');
    await stage.answered();
    const { store } = stage.running.service.world;
    const page = await store.client.outbox.findFirstOrThrow({ where: { key: { startsWith: 'page:' } } });
    expect(page.state).toBe('accepted');
    await store.commit({ guards: [], writes: [update('Outbox', page.id, { state: 'sending' })] });
    await stage.restart();
    await stage.running.service.beat();
    const { client } = stage.running.service.world.store;
    const again = await client.outbox.findUniqueOrThrow({ where: { id: page.id } });
    expect(again).toMatchObject({ state: 'accepted', possiblyRepeated: true });
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('a company that has sent more than WeCom allows (45009)', () => {
  it('waits until the minute is over, asks seldom, and everybody is answered once', async () => {
    const people = CROWD.slice(0, 40);
    stage = await WecomService.open({ members: [...people, SUPERVISOR] });
    await stage.answered();
    stage.wecom.faults.plan('message/send', { kind: 'errcode', errcode: 45_009 }, { times: Infinity });
    const before = stage.wecom.count('message/send');
    await allSay(people, '菜单');
    for (let n = 0; n < 10; n += 1) await passWithBeat(5_000);
    expect(stage.wecom.count('message/send') - before).toBeLessThanOrEqual(people.length);
    stage.wecom.faults.clear();
    await untilSent(5_000);
    expect(countsOf(people)).toEqual(each(people, 1));
  });

  it('holds up no page: everybody above is tried and rung in the same minute, and reads it once it is over', async () => {
    stage = await WecomService.open({ members: [DIRECTOR, SUPERVISOR, 'county.desk'] });
    await stage.answered();
    stage.wecom.faults.plan('message/send', { kind: 'errcode', errcode: 45_009 }, { times: Infinity });
    await allSay([DIRECTOR], '紧急 有孩子受伤');
    for (let n = 0; n < 4; n += 1) await passWithBeat(5_000);
    const { client } = stage.running.service.world.store;
    const pages = await client.outbox.findMany({ where: { key: { startsWith: 'page:' } } });
    const told = await client.reportRecipient.findMany({ orderBy: { toldAt: 'asc' } });
    expect(told.map(({ role }) => role)).toEqual(expect.arrayContaining(['supervisor', 'county-desk']));
    expect(pages.map(({ state, error }) => `${state} ${String(error)}`)).toEqual(
      pages.map(() => 'queued limit'),
    );
    expect(await client.ring.count()).toBe(pages.length);
    stage.wecom.faults.clear();
    await passWithBeat(MINUTE_MS);
    await stage.answered();
    expect(stage.newest(SUPERVISOR)).toContain('紧急报告R-');
    expect(stage.wecom.readPhone('county.desk').join('\n')).toContain('紧急报告R-');
  });

  it('for the rest of the day loses nothing of what was said in between', async () => {
    const people = CROWD.slice(0, 3);
    stage = await WecomService.open({ members: [...people, SUPERVISOR] });
    await stage.answered();
    stage.wecom.faults.plan('message/send', { kind: 'errcode', errcode: 45_009 }, { times: Infinity });
    await allSay(people, '菜单');
    for (let n = 0; n < 40; n += 1) await passWithBeat(10 * MINUTE_MS);
    stage.wecom.faults.clear();
    await untilSent(MINUTE_MS);
    expect(countsOf(people)).toEqual(each(people, 1));
  });
});

describe('five hundred messages for one supervisor', () => {
  const ROWS = 500;
  const NEVER_MORE = { minute: 30, hour: 1_000 };

  it('arrive minute by minute, the urgent ones first, and none in the silence above the limits', async () => {
    stage = await WecomService.open();
    await stage.answered();
    await queue(ROWS, (n) => (n % 25 === 24 ? 'urgent' : 'reply'));
    const before = stage.wecom.phone(SUPERVISOR).length;
    await stage.running.service.beat();
    await untilSent(20_000);
    const arrived = stage.wecom.phone(SUPERVISOR).slice(before);
    expect(stage.wecom.messages.dropped.byFrequency).toBe(0);
    expect(most(MINUTE_MS)).toBeLessThanOrEqual(NEVER_MORE.minute);
    expect(most(60 * MINUTE_MS)).toBeLessThanOrEqual(NEVER_MORE.hour);
    const numbers = arrived.flatMap(({ text }) => /第(\d+)条/u.exec(text)?.[1] ?? []).map(Number); // besides its lists
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: ROWS }, (_, n) => n));
    expect(numbers.slice(0, 20).every((n) => n % 25 === 24)).toBe(true);
    const replies = numbers.filter((n) => n % 25 !== 24);
    expect(replies).toEqual([...replies].sort((a, b) => a - b));
  });

  it('are not sent faster because the service was started again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hutong-'));
    stage = await WecomService.open({ dataDir });
    await stage.answered();
    for (const first of [0, 20, 40]) {
      await queue(20, (n) => (n < 10 ? 'urgent' : 'reply'), first);
      await passWithBeat(5_000);
      await stage.restart();
    }
    await untilSent(20_000);
    expect(stage.wecom.messages.dropped.byFrequency).toBe(0);
    expect(most(MINUTE_MS)).toBeLessThanOrEqual(NEVER_MORE.minute);
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The most that arrived within so long. */
  function most(windowMs: number): number {
    const times = stage.wecom.phone(SUPERVISOR).map(({ at }) => at.getTime());
    return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
  }
});

/** So many messages for the supervisor whose time has come. */
async function queue(rows: number, lane: (n: number) => OutboxRow['lane'], first = 0): Promise<void> {
  const { store, clock } = stage.running.service.world;
  const now = clock.now().toISOString();
  const { id: accountId, personId } = await store.client.chatAccount.findFirstOrThrow({
    where: { channel: 'wecom', externalId: SUPERVISOR },
  });
  const blank = { retryAt: null, claimedAt: null, acceptedAt: null, error: null, causeSeq: null };
  const writes = Array.from({ length: rows }, (_, n) =>
    insert(
      'Outbox',
      sampleRow('Outbox', n, {
        ...{ ...blank, accountId, sessionKey: personId ?? '', kind: 'says', refs: '{}', state: 'queued' },
        ...{ createdAt: now, dueAt: now, notBefore: now, attempts: 0, possiblyRepeated: false },
        id: `row-${String(first + n).padStart(4, '0')}`,
        key: `row-${String(first + n)}`,
        lane: lane(n),
        body: JSON.stringify({ text: `第${String(first + n)}条。`, options: [] }),
      }),
    ),
  );
  await store.commit({ guards: [], writes });
}
