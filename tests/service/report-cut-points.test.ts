import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../bot/channels/channel.ts';
import { FIXED_COUNTY, PlanningCounty } from '../support/planning-county.ts';
import type { RunningService } from '../support/start-service.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Tuesday 24 November, ten in the morning. */
const MORNING = '2026-11-24T02:00:00.000Z';
const MINUTE_MS = 60_000;
/** Longer than a lease: whoever held it is taken for dead. */
const LEASE_OVER_MS = 16_000;

let county: PlanningCounty | null = null;
const dead: RunningService[] = [];
async function open(): Promise<PlanningCounty> {
  county = await PlanningCounty.open(FIXED_COUNTY, MORNING);
  await county.beat();
  return county;
}
afterEach(async () => {
  await county?.close();
  for (const { service } of dead.splice(0)) {
    service.app.server.closeAllConnections();
    await service.app.close();
    await service.world.store.close();
  }
  county = null;
});

/** What is said from the first word to the outcome. */
const COURSE: readonly (readonly [account: string, text: string])[] = [
  ['dir.five', '紧急 孩子被打了'],
  ['dir.five', '脸上有伤'],
  ['dir.five', '有'],
  ['dir.five', '说完了'],
  ['sup.north', '查看'],
  ['sup.north', '收到'],
  ['sup.north', '进展'],
  ['sup.north', '派出所，9点05分报的，王警官接的'],
  ['sup.north', 'FJ-2026-7'],
  ['sup.north', '还不知道'],
  ['sup.north', '办结'],
  ['sup.north', '1'],
  ['sup.north', '孩子在外婆家，平安'],
  ['sup.north', '孩子平安，谢谢您'],
];

/** Says something under a key, as a phone that sends it again until it is answered. */
async function say(
  { running }: PlanningCounty,
  account: string,
  text: string,
  key: string,
): Promise<boolean> {
  const answer = await fetch(`${running.url}/simulator/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ account, text }),
  }).catch(() => null);
  return answer?.ok === true;
}

/** After so many commits more this process writes nothing any more; resolves when it tries to. */
function diesAfter(commits: number, { store }: PlanningCounty): Promise<void> {
  const commit = store.commit.bind(store);
  let left = commits;
  return new Promise((died) => {
    store.commit = (...args) => {
      if (left > 0) {
        left -= 1;
        return commit(...args);
      }
      died();
      return Promise.reject(new Error('this process is no more'));
    };
  });
}

/** A service that died has taken its time, and says so where it sends a message again. */
function timeless(text: string): string {
  return text.replaceAll(/\n（可能重复）/gu, '').replaceAll(/\d\d:\d\d/gu, '00:00');
}

/** What stands of the reports, and what everybody read of them; not when, and under which ids. */
async function standing(fixed: PlanningCounty) {
  const { store } = fixed;
  const entries = await store.client.reportEntry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const phones = fixed.plan.workers.map(async ({ account }) => {
    const texts = (await fixed.phone(account).received()).map(({ text }) => text);
    return [account, texts.map(timeless).sort()] as const;
  });
  const reports = await store.client.mandatoryReport.findMany();
  return {
    reports: reports.map(({ number, state, endedAs, pagesSent }) => [number, state, endedAs, pagesSent]),
    entries: entries
      .map((row) => store.open('ReportEntry', row as Parameters<typeof store.open<'ReportEntry'>>[1]))
      .map(({ kind, byId, text, value }) => [kind, byId, text, value].join(' '))
      .sort(),
    phones: Object.fromEntries(await Promise.all(phones)),
  };
}

/** The whole course on a county of its own. */
async function course(between: (fixed: PlanningCounty, step: number) => Promise<void>) {
  const fixed = await open();
  for (const [step, [account, text]] of COURSE.entries()) {
    await between(fixed, step);
    await vi.waitFor(async () => {
      expect(await say(fixed, account, text, `step-${String(step)}`)).toBe(true);
    });
  }
  await fixed.beat();
  const waits = { state: { in: ['queued', 'sending'] }, lane: { in: ['urgent', 'reply'] } };
  const left = await fixed.store.client.outbox.count({ where: waits });
  const told = await standing(fixed);
  await fixed.close();
  county = null;
  return { ...told, left };
}

describe('a report whose service ends between any two of its steps', () => {
  let whole: Awaited<ReturnType<typeof course>> | null = null;
  const undisturbed = async () => (whole ??= await course(() => Promise.resolve()));

  it('reaches its end, with each step once on record', async () => {
    const { reports, entries, left } = await undisturbed();
    expect([reports, left]).toEqual([[['R-2026-000001', 'closed', 'outcome', 1]], 0]);
    const once = ['opened', 'acknowledged', 'viewed', 'step', 'outcome', 'told-reporter'];
    for (const kind of once) expect(entries.filter((line) => line.startsWith(`${kind} `))).toHaveLength(1);
  });

  it('stands as if nothing had happened where it was stopped and started again before every step', async () => {
    const restarted = await course(async (fixed) => {
      await fixed.restart();
      await fixed.beat();
    });
    expect(restarted).toEqual(await undisturbed());
  });

  it.each([
    [1, 'when the words are stored and nothing is answered'],
    [2, 'when the turn is stored and nothing is sent'],
    [3, 'when one phone has its message and nobody noted it'],
  ])('stands as if nothing had happened where it died after commit %i of every step: %s', async (commits) => {
    const died = await course(async (fixed, step) => {
      const [account, text] = COURSE[step] ?? ['', ''];
      const end = diesAfter(commits, fixed);
      const answered = say(fixed, account, text, `step-${String(step)}`);
      await Promise.race([end, answered]);
      dead.push(fixed.abandon());
      fixed.clock.pass(LEASE_OVER_MS);
      await fixed.start();
      await fixed.beat();
    });
    expect(died).toEqual(await undisturbed());
  });
});

const paged = async (fixed: PlanningCounty, account: string): Promise<number[]> =>
  (await fixed.phone(account).received())
    .filter(({ text }) => text.includes('请按'))
    .map(({ at }) => (Date.parse(at) - Date.parse(MORNING)) / MINUTE_MS);
const minute = (n: number): string => new Date(Date.parse(MORNING) + n * MINUTE_MS).toISOString();

describe('收到 while the next rung is being sent', () => {
  it('lets the pages arrive that were on their way, and claims none after it', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    const channels = fixed.running.service.world.channels as Map<string, Channel>;
    const channel = channels.get('simulator');
    if (channel === undefined) throw new Error('no simulator');
    let onTheWay = 0;
    let arrive: () => void = () => undefined;
    const gate = new Promise<void>((open) => (arrive = open));
    channels.set('simulator', {
      ...channel,
      send: async (message) => {
        if (message.text.includes('请按')) {
          onTheWay += 1;
          await gate;
        }
        return channel.send(message);
      },
    });
    const climbing = fixed.walkTo(minute(10));
    await vi.waitFor(() => {
      expect(onTheWay).toBe(2); // supervisor and deputy
    });
    await fixed.phone('sup.north').say('收到 R-2026-000001');
    arrive();
    await climbing;
    await fixed.walkTo(minute(39));
    expect(onTheWay).toBe(2);
    expect([await paged(fixed, 'sup.north'), await paged(fixed, 'dep.north')]).toEqual([[0, 10], [10]]);
    expect([await paged(fixed, 'desk'), await paged(fixed, 'leader')]).toEqual([[], []]);
    const report = await fixed.store.client.mandatoryReport.findFirstOrThrow();
    expect([report.state, report.pagesSent]).toEqual(['acknowledged', 2]);
  });

  it('refuses the claim of a page that is made in that very moment', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    const { store } = fixed;
    const commit = store.commit.bind(store);
    let taken: Promise<unknown> | null = null;
    store.commit = async (batch, options) => {
      const claims = batch.writes.some(
        (w) => w.op === 'update' && w.table === 'Outbox' && 'state' in w.set && w.set.state === 'sending',
      );
      if (claims) await (taken ??= fixed.phone('sup.north').say('收到 R-2026-000001'));
      return commit(batch, options);
    };
    await fixed.walkTo(minute(30));
    expect(taken).not.toBeNull();
    expect([await paged(fixed, 'sup.north'), await paged(fixed, 'dep.north')]).toEqual([[0], []]);
    expect([await paged(fixed, 'desk'), await paged(fixed, 'leader')]).toEqual([[], []]);
  });
});

describe('the real clock under a report that nobody takes', () => {
  it('going back an hour pages nobody twice, and the ladder climbs on from the hour that came again', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    for (let n = 0; n < 25; n += 5) {
      fixed.clock.pass(5 * MINUTE_MS);
      await fixed.beat();
    }
    expect(await paged(fixed, 'sup.north')).toEqual([0, 10, 20]);
    fixed.clock.pass(-60 * MINUTE_MS);
    await fixed.restart();
    for (let n = 0; n < 60; n += 5) {
      await fixed.beat();
      expect(await paged(fixed, 'sup.north')).toEqual([0, 10, 20]);
      fixed.clock.pass(5 * MINUTE_MS);
    }
    for (let n = 0; n < 3; n += 1) {
      fixed.clock.pass(5 * MINUTE_MS);
      await fixed.beat();
    }
    expect(await paged(fixed, 'sup.north')).toEqual([0, 10, 20, 30, 40]);
    expect(await paged(fixed, 'leader')).toEqual([30, 40]);
  });

  it('going forward 40 days is one page to everybody, and from there on by the schedule', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    const jump = 40 * 24 * 60;
    fixed.clock.pass(jump * MINUTE_MS);
    for (let n = 0; n < 3; n += 1) await fixed.beat();
    await fixed.restart();
    await fixed.beat();
    for (const account of ['dep.north', 'desk', 'leader'])
      expect(await paged(fixed, account)).toEqual([jump]);
    expect(await paged(fixed, 'sup.north')).toEqual([0, jump]);
    await fixed.walkTo(minute(jump + 24 * 60));
    expect((await paged(fixed, 'leader')).length).toBe(1 + 3); // three times a day
  });
});
