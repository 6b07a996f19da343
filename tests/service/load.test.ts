import { expect, it, vi } from 'vitest';
import { addDays, monthStart, shanghaiInstant, type LocalDate } from '../../server/domain/local-date.ts';
import type { RiskTier } from '../../server/domain/cadence/child-facts.ts';
import {
  childWrite,
  day,
  NORTH,
  PlanningCounty,
  village,
  type CountyPlan,
  type PlannedCountyChild,
  type PlannedWorker,
} from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

const DIRECTORS = 16;
const EACH = 5;
const START = day('2026-01-01');

/** 16 directors with five children each; some were registered by a worker on scattered days of the year. */
function yearPlan(): CountyPlan {
  const workers: PlannedWorker[] = Array.from({ length: DIRECTORS }, (_, n) => ({
    account: `dir.${String(n).padStart(2, '0')}`,
    name: `主任${String(n)}`,
    role: 'director',
    area: village(NORTH, n + 1),
    villages: [village(NORTH, n + 1)],
    ...(n < 3 ? {} : { linked: false }), // the supervisor hears the same; the test is done sooner
  }));
  const children = Array.from({ length: DIRECTORS * EACH }, (_, n): PlannedCountyChild => ({
    name: `童${String(n)}`,
    tier: tierOf(n),
    village: village(NORTH, Math.floor(n / EACH) + 1),
    ...(n >= EACH && n % 9 === 4
      ? { more: { registration: 'worker', dutiesFrom: addDays(START, (n * 37) % 300) } as const }
      : {}),
  }));
  const supervisor: PlannedWorker = { account: 'sup', name: '督导', role: 'supervisor', area: NORTH };
  return { dutiesFrom: START, today: START, workers: [...workers, supervisor], children };
}

/** The first director's children are LOW and MEDIUM; elsewhere every twelfth is HIGH. */
function tierOf(n: number): RiskTier {
  if (n >= EACH && n % 12 === 0) return 'high';
  return n % 2 === 0 ? 'low' : 'medium';
}

/** The days on which child `n` is visited: the first director visits nobody, the others most children, at any time. */
function visitsOf(n: number, until: LocalDate): LocalDate[] {
  if (n < EACH || n % 7 === 3) return [];
  const days: LocalDate[] = [];
  for (let month = 0; month < 12; month += 1) {
    if ((n * 5 + month * 3) % 4 === 0) continue;
    days.push(addDays(monthStart(addDays(START, month * 31)), (n * 11 + month * 7) % 28));
  }
  return days.filter((on) => on <= until);
}

it('a year of reminders: at most 5 digests a month for a director of 5 children, 20 messages for a supervisor of 16', async () => {
  const county = await PlanningCounty.open(yearPlan(), shanghaiInstant(START, 0).toISOString());
  try {
    for (let week = 1; week <= 52; week += 1) {
      const today = addDays(START, week * 7);
      await county.walkTo(shanghaiInstant(today, 15 * 60).toISOString());
      const writes = county.plan.children.map((child, n) => {
        const encounters = visitsOf(n, today).map((on) => [on, 'home'] as const);
        const write = childWrite({ ...county.plan, today }, { ...child, encounters }, n);
        return write.op === 'update' ? write : { ...write, op: 'put' as const };
      });
      await county.store.commit({ guards: [], writes });
    }
    const heard = await county.heard();
    const busiest = (account: string): number => {
      const months = (heard[account] ?? []).map((line) => line.slice(0, 2));
      return Math.max(0, ...[...new Set(months)].map((m) => months.filter((other) => other === m).length));
    };
    expect(busiest('dir.00')).toBeGreaterThan(2); // nobody was visited, so there was much to say
    expect(busiest('dir.00')).toBeLessThanOrEqual(5);
    expect(busiest('sup')).toBeLessThanOrEqual(20);
    // Overdue visits of a HIGH child and first visits never wait for next month's budget (our default).
    for (const account of ['dir.01', 'dir.02']) expect(busiest(account)).toBeLessThanOrEqual(10);
    expect(busiest('sup')).toBeGreaterThan(3);
  } finally {
    await county.close();
  }
});
