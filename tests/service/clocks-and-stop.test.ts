import { afterEach, describe, expect, it, vi } from 'vitest';
import { shanghaiInstant } from '../../server/domain/local-date.ts';
import { agendaOf } from '../../server/store/agenda.ts';
import { moveClock } from '../support/phone.ts';
import { day, FIXED_COUNTY, FIXED_START, idOf, PlanningCounty } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

const HOUR_MS = 3_600_000;
const at = (date: string, hour: number): string => shanghaiInstant(day(date), hour * 60).toISOString();

let county: PlanningCounty | null = null;
async function open(start = FIXED_START): Promise<PlanningCounty> {
  county = await PlanningCounty.open(FIXED_COUNTY, start);
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

const dueDays = async ({ store }: PlanningCounty): Promise<string[]> =>
  (await store.client.plannedWork.findMany({ orderBy: { key: 'asc' } })).map((w) => `${w.key} ${w.dueOn}`);

describe('two clocks: business time is real time plus what the simulator added', () => {
  it('the real clock going back an hour over midnight plans no day twice and says nothing twice', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-12-01', 12));
    fixed.clock.pass(12 * HOUR_MS + 20 * 60_000); // 2 December, twenty past midnight
    await fixed.beat();
    const [heard, planned] = [await fixed.heard(), await dueDays(fixed)];
    fixed.clock.pass(-HOUR_MS);
    await fixed.beat();
    await fixed.restart();
    await fixed.beat();
    expect(await fixed.heard()).toEqual(heard);
    expect(await dueDays(fixed)).toEqual(planned);
    fixed.clock.pass(2 * HOUR_MS);
    await fixed.beat();
    expect(await fixed.heard()).toEqual(heard);
    expect(await dueDays(fixed)).toEqual(planned);
  });

  it('the real clock going back an hour on the morning of a digest sends it once', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-11-20', 0));
    for (const hours of [8.5, -1, 0.7, -0.5, 1.5, 3]) {
      fixed.clock.pass(hours * HOUR_MS);
      await fixed.beat();
    }
    expect((await fixed.heard())['dir.five']).toEqual(['11-20 07:30 今天有3件事']);
  });

  it('the real clock going forward 40 days is 40 days of outage: due days are those of the calendar', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-11-20', 12));
    const before = await dueDays(fixed);
    fixed.clock.pass(40 * 24 * HOUR_MS);
    await fixed.beat(); // 30 December, noon
    const after = await dueDays(fixed);
    expect(after).toEqual(expect.arrayContaining(before));
    const newDays = after.filter((key) => !before.includes(key)).map((line) => line.slice(-10));
    expect(new Set(newDays)).toEqual(new Set(['2026-11-30', '2026-12-31']));
    const digests = (await fixed.heard())['dir.five'] ?? [];
    expect(digests).toEqual(['11-20 07:30 今天有3件事', '12-30 12:00 今天有5件事']);
  });

  it('the business clock cannot be walked back', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-11-25', 12));
    expect(await moveClock(fixed.running, at('2026-11-24', 12))).toMatchObject({
      error: { code: 'clock-backward' },
    });
    await fixed.walkTo(at('2026-11-24', 12));
    expect(fixed.running.service.world.clock.now().toISOString()).toBe(at('2026-11-25', 12));
  });

  it('a retry waits for the real clock, and does not hide what falls due in business time', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-11-20', 7));
    const { store, clock } = fixed.running.service.world;
    const digest = await store.client.outbox.findFirstOrThrow({ where: { key: { contains: idOf('1', 0) } } });
    const waits = { retryAt: new Date(fixed.clock.now().getTime() + 600_000).toISOString() };
    const early = { ...waits, notBefore: new Date(clock.now().getTime() - HOUR_MS).toISOString() };
    await store.commit({
      guards: [],
      writes: [{ op: 'update', table: 'Outbox', id: digest.id, set: early }],
    });
    await fixed.walkTo(at('2026-11-20', 12));
    const heard = await fixed.heard();
    expect(heard['dir.five']).toBeUndefined(); // business time passed, real time did not
    expect(heard['dir.pair1']).toEqual(['11-20 08:00 今天有1件事']);
    const other = { key: `digest:${idOf('1', 2)}:2026-11-20` };
    expect((await store.client.outbox.findUniqueOrThrow({ where: other })).acceptedAt).toBe(
      at('2026-11-20', 8),
    );
    fixed.clock.pass(600_000);
    await fixed.beat();
    expect((await fixed.heard())['dir.five']).toHaveLength(1);
  });
});

describe('a graceful stop', () => {
  it('in the middle of 200 turns loses none: each is answered before or after, once', async () => {
    const fixed = await open(at('2026-11-23', 10));
    await fixed.beat();
    const phones = fixed.plan.workers.map((w) => fixed.phone(w.account));
    const turns = Array.from({ length: 200 }, (_, n) => {
      const phone = phones[n % phones.length];
      return phone
        ? phone.say(n % 2 === 0 ? '待办' : '帮助').then(
            () => 1,
            () => 0,
          )
        : Promise.resolve(0);
    });
    while ((await fixed.store.client.inbox.count()) < 20) await new Promise((done) => setImmediate(done));
    await fixed.stop();
    await Promise.all(turns);
    await fixed.start();
    await fixed.beat();
    const { client } = fixed.store;
    const inbox = await client.inbox.findMany();
    expect(inbox.length).toBeGreaterThanOrEqual(20);
    expect(inbox.filter((m) => m.state !== 'done')).toEqual([]);
    const answers = await client.outbox.findMany({ where: { causeSeq: { not: null }, lane: 'reply' } });
    expect(new Set(answers.map((a) => a.causeSeq))).toEqual(new Set(inbox.map((m) => m.seq)));
    expect(answers.filter((a) => a.state !== 'accepted')).toEqual([]);
    expect(await client.simulatorMessage.count()).toBe(
      await client.outbox.count({ where: { state: 'accepted' } }),
    );
  });
});

describe('/readyz', () => {
  const ready = async (fixed: PlanningCounty): Promise<[number, string[]]> => {
    const answer = await fetch(`${fixed.running.url}/readyz`);
    return [answer.status, ((await answer.json()) as { failing: string[] }).failing];
  };

  it('is not ready before the first plan, ready after it, and not when no plan succeeded for more than a day', async () => {
    const fixed = await open();
    expect(await ready(fixed)).toEqual([503, ['planner']]);
    await fixed.beat();
    expect(await ready(fixed)).toEqual([200, []]);
    fixed.clock.pass(24 * HOUR_MS);
    expect((await ready(fixed))[1]).not.toContain('planner'); // the next plan is due this very moment
    fixed.clock.pass(3 * HOUR_MS);
    expect((await ready(fixed))[1]).toContain('planner');
    await fixed.beat();
    expect(await ready(fixed)).toEqual([200, []]);
  });

  it('is not ready while somebody has waited for an answer for more than a minute', async () => {
    const fixed = await open();
    await fixed.beat();
    const { store, clock } = fixed.running.service.world;
    const row = {
      channel: 'simulator',
      externalId: 'waiting',
      accountId: idOf('5', 0),
      sessionKey: idOf('1', 0),
      receivedAt: clock.now().toISOString(),
      body: JSON.stringify({ kind: 'text', text: '待办' }),
      state: 'new',
      attempts: 0,
      doneAt: null,
    };
    await store.commit({ guards: [], writes: [{ op: 'insert-once', table: 'Inbox', row }] });
    expect(await ready(fixed)).toEqual([200, []]);
    fixed.clock.pass(61_000);
    expect(await ready(fixed)).toEqual([503, ['inbox']]);
    await fixed.beat();
    expect(await ready(fixed)).toEqual([200, []]);
  });
});

it('whatever the agenda names is a job: a line by another name would be read for nobody', async () => {
  const fixed = await open();
  await fixed.beat();
  const jobs = Object.keys(fixed.running.service.world.heartbeats.all());
  expect(jobs).toEqual(expect.arrayContaining([...(await agendaOf(fixed.store)).keys()]));
});
