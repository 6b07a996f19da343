import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addDays, shanghaiDate, shanghaiInstant } from '../../server/domain/local-date.ts';
import { day, FIXED_COUNTY, FIXED_START, PlanningCounty } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

/**
 * Written by hand from the rules. Stages of November's duties: 20 (10 days before), 27 (3 days), 30 (the day), then
 * overdue on 1, 3 and 7 December; on 1 December the duties of December begin. A LOW or MEDIUM director's fourth ordinary
 * digest of December (the 7th) waits, because 21, 28 and 31 December are still to come and five a month are enough.
 */
const BY_THE_RULES: Readonly<Record<string, readonly string[]>> = {
  'dir.five': [
    '11-20 07:30 今天有3件事', // 甲二, 甲四 until the 30th; 甲三's visit of the quarter has begun
    '11-27 07:30 今天有2件事',
    '11-30 07:30 今天有2件事',
    '12-01 07:30 今天有5件事', // two overdue, and December begins for all
    '12-03 07:30 今天有2件事',
  ],
  'dir.high': [
    '11-20 20:30 今天有1件事',
    '11-27 20:30 今天有1件事',
    '11-30 20:30 今天有1件事',
    '12-01 20:30 今天有1件事',
    '12-03 20:30 今天有1件事',
    '12-07 20:30 今天有1件事', // a HIGH child overdue never waits
  ],
  'dir.pair1': [
    '11-20 08:00 今天有1件事',
    '11-27 08:00 今天有1件事',
    '11-30 08:00 今天有1件事',
    '12-01 08:00 今天有2件事', // her own child, and the shared one
    '12-03 08:00 今天有1件事',
  ],
  'dir.pair2': ['12-01 09:00 今天有1件事'],
  'dir.far': [
    '11-20 08:00 今天有1件事',
    '11-27 08:00 今天有1件事',
    '11-30 08:00 今天有1件事',
    '12-01 08:00 今天有1件事',
    '12-03 08:00 今天有1件事',
  ],
  'sup.north': [
    '11-20 08:00 今天有事请您看看', // 丁一 has no director
    '11-27 08:00 今天有事请您看看',
    '11-30 08:00 今天有事请您看看',
    '12-01 08:00 有5个孩子逾期',
    '12-03 08:00 有5个孩子逾期',
    '12-07 08:00 有5个孩子逾期',
  ],
  // Township SOUTH has no supervisor: its overdue child reaches the desk. The week's table is of Monday the 7th. That SOUTH has
  // none, and village D nobody, is told when it is found, and once a week. So is, from 1 December, that nobody has confirmed
  // the days of the winter break.
  desk: [
    '11-20 07:00 有些预警会没有人收到',
    '11-27 07:00 有些预警会没有人收到',
    '12-01 07:00 2027年寒假的校历还没核实，假期通知发不出去。',
    '12-01 08:00 有1个孩子逾期',
    '12-03 08:00 有1个孩子逾期',
    '12-04 07:00 有些预警会没有人收到',
    '12-07 07:00 2027年寒假的校历还没核实，假期通知发不出去。',
    '12-07 08:00 有1个孩子逾期',
    '12-07 08:00 到12月7日(周一)，有6个孩子逾期',
  ],
};

const START = day('2026-11-20');
const END = shanghaiInstant(day('2026-12-10'), 12 * 60).toISOString();
const noonOf = (after: number): string => shanghaiInstant(addDays(START, after), 12 * 60).toISOString();

let county: PlanningCounty | null = null;
async function open(): Promise<PlanningCounty> {
  county = await PlanningCounty.open(FIXED_COUNTY, FIXED_START);
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

const workOf = async ({ store }: PlanningCounty): Promise<string[]> =>
  (await store.client.plannedWork.findMany({ orderBy: { key: 'asc' } })).map((w) => `${w.key} ${w.stageOn}`);

describe('the end of November', () => {
  it('in one jump brings exactly what the rules demand, each at the hour its reader chose', async () => {
    const fixed = await open();
    await fixed.walkTo(END);
    expect(await fixed.heard()).toEqual(BY_THE_RULES);
    expect(await fixed.heard('urgent')).toEqual({});
    const rows = await fixed.store.client.outbox.findMany({ where: { state: 'accepted' } });
    expect(rows.filter((row) => row.acceptedAt !== row.notBefore)).toEqual([]); // handed over at its hour, not later
  });

  it('day by day, with a restart every night, brings the same', async () => {
    const fixed = await open();
    for (let n = 0; n <= 20; n += 1) {
      await fixed.walkTo(noonOf(n));
      await fixed.restart();
    }
    await fixed.walkTo(END);
    expect(await fixed.heard()).toEqual(BY_THE_RULES);
  });

  it('with real time passing and a tick every half hour brings the same', async () => {
    const fixed = await open();
    while (fixed.clock.now().toISOString() < END) {
      await fixed.beat();
      fixed.clock.pass(30 * 60_000);
    }
    expect(await fixed.heard()).toEqual(BY_THE_RULES);
  });

  it('in any partition into jumps, with restarts anywhere, brings the same and closes the same duties', async () => {
    const reference = await open();
    await reference.walkTo(END);
    const planned = await workOf(reference);
    await reference.close();
    const hours = fc.uniqueArray(fc.integer({ min: 1, max: 20 * 24 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        hours,
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        async (stops, restarts) => {
          const fixed = await PlanningCounty.open(FIXED_COUNTY, FIXED_START);
          try {
            for (const [n, hour] of [...stops].sort((a, b) => a - b).entries()) {
              await fixed.walkTo(new Date(Date.parse(FIXED_START) + hour * 3_600_000).toISOString());
              if (restarts[n] === true) await fixed.restart();
            }
            await fixed.walkTo(END);
            expect(await fixed.heard()).toEqual(BY_THE_RULES);
            expect(await workOf(fixed)).toEqual(planned);
          } finally {
            await fixed.close();
          }
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('a process that was down', () => {
  it('for two weeks closes the same duties, says so late, and gives nobody two digests on one day', async () => {
    const whole = await open();
    await whole.walkTo(END);
    const planned = await workOf(whole);
    await whole.close();

    const fixed = await open();
    await fixed.walkTo(noonOf(4)); // 24 November
    await fixed.stop();
    fixed.clock.pass(14 * 86_400_000); // 8 December, noon
    await fixed.start();
    await fixed.beat();
    await fixed.walkTo(END);
    const heard = await fixed.heard();
    expect(heard).toEqual({
      'dir.five': ['11-20 07:30 今天有3件事', '12-08 12:00 今天有5件事'],
      'dir.high': ['11-20 20:30 今天有1件事', '12-08 20:30 今天有1件事'],
      'dir.pair1': ['11-20 08:00 今天有1件事', '12-08 12:00 今天有2件事'],
      'dir.pair2': ['12-08 12:00 今天有1件事'],
      'dir.far': ['11-20 08:00 今天有1件事', '12-08 12:00 今天有1件事'],
      'sup.north': ['11-20 08:00 今天有事请您看看', '12-08 12:00 有5个孩子逾期'],
      desk: [
        '11-20 07:00 有些预警会没有人收到',
        '12-08 12:00 有1个孩子逾期',
        '12-08 12:00 到12月8日(周二)，有6个孩子逾期',
        '12-08 12:00 有些预警会没有人收到',
        '12-08 12:00 2027年寒假的校历还没核实，假期通知发不出去。',
      ],
    });
    expect((await workOf(fixed)).sort()).toEqual(planned.sort());
    for (const account of ['dir.five', 'sup.north'])
      expect((await fixed.textsOf(account, '2026-12-08')).join()).toContain('这份清单晚到了，原定11月27日');
  });

  it('between the planning of a day and its hour loses nothing and sends it once, late', async () => {
    const fixed = await open();
    await fixed.walkTo(shanghaiInstant(day('2026-11-27'), 60).toISOString()); // planned, not yet sent
    await fixed.stop();
    fixed.clock.pass(2 * 86_400_000); // 29 November, one in the morning
    await fixed.start();
    await fixed.beat();
    expect((await fixed.heard())['dir.five']).toEqual(['11-20 07:30 今天有3件事']); // nobody is woken at one
    await fixed.walkTo(shanghaiInstant(day('2026-11-29'), 12 * 60).toISOString());
    const heard = await fixed.heard();
    expect(heard['dir.five']).toEqual(['11-20 07:30 今天有3件事', '11-29 07:30 今天有2件事']);
    expect(heard['sup.north']).toEqual(['11-20 08:00 今天有事请您看看', '11-29 08:00 今天有事请您看看']);
    expect((await fixed.textsOf('dir.five', '2026-11-29')).join()).toContain('原定11月27日');
  });

  it('whenever it was down, nobody has two digests on a day and every duty stays on record', async () => {
    const whole = await open();
    await whole.walkTo(END);
    const planned = (await workOf(whole)).sort();
    await whole.close();
    const outage = fc.record({
      atHour: fc.integer({ min: 0, max: 400 }),
      hours: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(outage, async ({ atHour, hours }) => {
        const fixed = await PlanningCounty.open(FIXED_COUNTY, FIXED_START);
        try {
          await fixed.walkTo(new Date(Date.parse(FIXED_START) + atHour * 3_600_000).toISOString());
          await fixed.stop();
          fixed.clock.pass(hours * 3_600_000);
          await fixed.start();
          await fixed.beat();
          const last = shanghaiDate(
            new Date(Math.max(Date.parse(END), fixed.running.service.world.clock.now().getTime())),
          );
          // What an outage that ends in the quiet hours leaves for the morning goes out before the next evening's.
          await fixed.walkTo(shanghaiInstant(addDays(last, 1), 21 * 60 - 1).toISOString());
          expect(await workOf(fixed)).toEqual(expect.arrayContaining(planned));
          const digests = await fixed.store.client.outbox.findMany({
            where: { kind: { in: ['digest', 'supervisor-digest'] }, state: 'accepted' },
          });
          const days = digests.map((d) => `${d.sessionKey} ${shanghaiDate(new Date(d.acceptedAt ?? 0))}`);
          expect(new Set(days).size).toBe(days.length);
          expect(digests.some((d) => d.sessionKey.endsWith('00000000'))).toBe(true);
          expect(await fixed.store.client.outbox.count({ where: { state: 'queued' } })).toBe(0);
        } finally {
          await fixed.close();
        }
      }),
      { numRuns: 6, examples: [[{ atHour: 207, hours: 342 }]] },
    );
  });
});
