import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChildFacts, RiskTier } from '../../../../server/domain/cadence/child-facts.ts';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { stagesDue, upcomingStageDays } from '../../../../server/domain/cadence/stages.ts';
import { standingOf } from '../../../../server/domain/cadence/standing.ts';
import { workingDaysOf } from '../../../../server/domain/calendar/working-days.ts';
import { addDays, type LocalDate } from '../../../../server/domain/local-date.ts';
import {
  DEFAULT_LOAD_POLICY,
  type DigestItem,
  digestDecision,
  isCritical,
} from '../../../../server/domain/reminding/digest-budget.ts';
import { readHolidayTable } from '../../../../server/platform/chinese-calendar.ts';
import { child, day, visits } from '../cadence/family.ts';

const plan = FUJIAN_PLAN_POLICY;
const days = workingDaysOf(readHolidayTable());
const { urgentWithinDays, directorDigestsPerMonth: budget } = DEFAULT_LOAD_POLICY;

/** Runs a year of mornings as the planner does; the days on which a digest went out and those that held d0 or overdue1. */
function yearOf(children: readonly ChildFacts[]): { sent: LocalDate[]; mustSend: LocalDate[] } {
  const sent: LocalDate[] = [];
  const mustSend: LocalDate[] = [];
  let waiting: DigestItem[] = [];
  for (let today = day('2026-01-01'); today <= '2026-12-31'; today = addDays(today, 1)) {
    const standings = children.map((facts) => standingOf(facts, [plan], today));
    const due = standings.flatMap((standing) => stagesDue(standing, plan, days, addDays(today, -1), today));
    const items = due.map(({ stage, duty }) => ({
      stage,
      tier: duty.tier,
      kind: duty.kind,
      dueOn: duty.dueOn,
    }));
    waiting.push(...items);
    if (items.some(({ stage }) => stage === 'd0' || stage === 'overdue1')) mustSend.push(today);
    const decision = digestDecision({
      today,
      items: waiting,
      sentThisMonth: sent.filter((on) => on.startsWith(today.slice(0, 7))).length,
      upcomingStageDays: upcomingStageDays(
        standings.flatMap(({ open }) => open),
        plan,
        days,
        today,
      ),
      budget,
      urgentWithinDays,
    });
    if (decision === 'wait') continue;
    sent.push(today);
    waiting = [];
  }
  return { sent, mustSend };
}

function perMonth(sent: readonly LocalDate[]): number[] {
  const counts = new Map<string, number>();
  for (const on of sent) counts.set(on.slice(0, 7), (counts.get(on.slice(0, 7)) ?? 0) + 1);
  return [...counts.values()];
}

describe('how often a director is spoken to', () => {
  it('five LOW and MEDIUM children, one of them never visited: at most 5 digests in every month of a year', () => {
    const anyCaseload = fc.tuple(
      ...Array.from({ length: 5 }, (_, index) =>
        fc.record({
          tier: fc.constantFrom<RiskTier>('low', 'medium'),
          visitedAfterDays: fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: index === 0 ? 0 : 20 }),
        }),
      ),
    );
    fc.assert(
      fc.property(anyCaseload, (caseload) => {
        const children = caseload.map(({ tier, visitedAfterDays }, index) =>
          child(tier, {
            childId: `c${index}`,
            encounters: visits(...visitedAfterDays.map((after) => addDays(day('2026-01-01'), after))),
          }),
        );
        const { sent, mustSend } = yearOf(children);
        expect(Math.max(...perMonth(sent))).toBeLessThanOrEqual(5);
        expect(mustSend.filter((on) => !sent.includes(on))).toEqual([]);
        expect(mustSend.length).toBeGreaterThan(0);
      }),
      { numRuns: 12 },
    );
  });

  it('a director whose children are all visited early hears little', () => {
    const everyMonth = Array.from(
      { length: 12 },
      (_, month) => `2026-${String(month + 1).padStart(2, '0')}-02`,
    );
    const { sent } = yearOf([child('medium', { encounters: visits(...everyMonth) })]);
    expect(Math.max(...perMonth(sent))).toBe(1);
  });
});

describe('whether today has a digest', () => {
  const item = (change: Partial<DigestItem>): DigestItem => ({
    stage: 'd10',
    tier: 'low',
    kind: 'visit',
    dueOn: day('2026-11-30'),
    ...change,
  });
  const ask = (items: DigestItem[], sentThisMonth: number, upcoming: string[] = []) =>
    digestDecision({
      today: day('2026-11-20'),
      items,
      sentThisMonth,
      upcomingStageDays: upcoming.map(day),
      budget,
      urgentWithinDays,
    });

  it('is silent when there is nothing to say', () => {
    expect(ask([], 0)).toBe('wait');
  });

  it.each([
    ['the due day', item({ stage: 'd0' })],
    ['the first overdue day', item({ stage: 'overdue1' })],
    ['anything overdue of a HIGH child', item({ stage: 'overdueW9', tier: 'high' })],
    ['a first visit due in three days', item({ kind: 'first-visit', stage: 'd3', dueOn: day('2026-11-23') })],
    ['a tier-rise visit due in two days', item({ kind: 'tier-rise-visit', dueOn: day('2026-11-22') })],
  ])('%s goes out whatever the budget says', (_what, critical) => {
    expect(ask([critical], 99, ['2026-11-27', '2026-11-30'])).toBe('send');
    expect(isCritical(critical, day('2026-11-20'), urgentWithinDays)).toBe(true);
  });

  it('an ordinary stage waits when the budget is needed for the stage days to come', () => {
    expect(ask([item({})], 2, ['2026-11-27', '2026-11-30'])).toBe('send');
    expect(ask([item({})], 3, ['2026-11-27', '2026-11-30'])).toBe('wait');
    expect(ask([item({ stage: 'overdue7' })], 4)).toBe('send');
    expect(ask([item({ stage: 'overdue7' })], 5)).toBe('wait');
  });
});
