import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChildFacts } from '../../../../server/domain/cadence/child-facts.ts';
import { answeredBy, countedDays } from '../../../../server/domain/cadence/counting.ts';
import { dutiesOf } from '../../../../server/domain/cadence/duties.ts';
import { type Duty, type Standing, compareDuties } from '../../../../server/domain/cadence/duty.ts';
import { type CarePolicy, FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { policiesFor } from '../../../../server/domain/cadence/policy-timeline.ts';
import { standingFromSummary, standingOf } from '../../../../server/domain/cadence/standing.ts';
import { summarise } from '../../../../server/domain/cadence/summary.ts';
import {
  type LocalDate,
  addDays,
  monthEnd,
  monthStart,
  quarterEnd,
  quarterStart,
} from '../../../../server/domain/local-date.ts';
import { child, visits } from './family.ts';
import { STRICT_COUNTY, anyEncounter, anyFacts, anyTier, anyToday, dayFrom } from './histories.ts';

const plan = [FUJIAN_PLAN_POLICY];
const county = policiesFor([FUJIAN_PLAN_POLICY, STRICT_COUNTY], '350400');
const RUNS = { numRuns: 400 };

/** What a duty's answer may come from, told again without the code under test's standing. */
function countingDays(facts: ChildFacts, duty: Duty, today: LocalDate): readonly LocalDate[] {
  const counted = countedDays(facts, today);
  if (duty.kind === 'talk') return counted.talk;
  if (duty.kind === 'contact') return counted[duty.tier === 'low' ? 'contact' : 'contactSeen'];
  return counted[answeredBy(duty.kind === 'home-visit' ? 'home-visit' : 'visit', duty.tier)];
}

/** The standing read off the whole ledger, slowly: missed, and nothing that counts since the window closed. */
function slowStanding(facts: ChildFacts, policies: readonly CarePolicy[], today: LocalDate): Standing {
  if (facts.endsOn !== null && facts.endsOn <= today) return { open: [], overdue: [] };
  const duties = dutiesOf(facts, policies, today);
  const overdue = duties
    .filter(({ status }) => status === 'missed')
    .filter((duty) => !countingDays(facts, duty, today).some((on) => on > duty.dueOn))
    .filter((duty, index, all) => all.findIndex(({ kind }) => kind === duty.kind) === index)
    .map((duty) => ({ kind: duty.kind, since: addDays(duty.dueOn, 1), duty }));
  return { open: duties.filter(({ status }) => status === 'open'), overdue };
}

describe('duties over any history', () => {
  it('the summary of a history, the history and the whole ledger give the same standing', () => {
    const anyPolicies = fc.constantFrom(plan, county);
    fc.assert(
      fc.property(anyFacts, anyToday, anyPolicies, (facts, today, policies) => {
        const slow = slowStanding(facts, policies, today);
        expect(standingOf(facts, policies, today)).toEqual(slow);
        const { encounters: _e, importedLastContactOn: _c, importedLastVisitOn: _v, ...bare } = facts;
        expect(standingFromSummary(bare, summarise(facts, today), policies, today)).toEqual(slow);
      }),
      { numRuns: 2000 },
    );
  });

  it('a summary kept since the last encounter gives the standing of any later day', () => {
    fc.assert(
      fc.property(anyFacts, anyToday, fc.integer({ min: 0, max: 200 }), (facts, today, ageDays) => {
        const keptOn = addDays(today, -ageDays);
        const until = (on: LocalDate | null) => (on !== null && on <= keptOn ? on : null);
        const known = {
          ...facts,
          encounters: facts.encounters.filter(({ on }) => on <= keptOn),
          importedLastContactOn: until(facts.importedLastContactOn),
          importedLastVisitOn: until(facts.importedLastVisitOn),
        };
        const kept = summarise(
          { ...known, tierChanges: known.tierChanges.filter(isInitialOrBy(keptOn)) },
          keptOn,
        );
        expect(standingFromSummary(known, kept, county, today)).toEqual(standingOf(known, county, today));
      }),
      RUNS,
    );
  });

  it('keys are unique, duties are in order, and none is older than the day the child came into the system', () => {
    fc.assert(
      fc.property(anyFacts, anyToday, (facts, today) => {
        const duties = dutiesOf(facts, county, today);
        expect(new Set(duties.map(({ key }) => key)).size).toBe(duties.length);
        expect(duties).toEqual(duties.toSorted(compareDuties));
        for (const duty of duties) {
          expect(duty.from >= facts.dutiesFrom && duty.from <= today).toBe(true);
          expect(duty.dueOn >= duty.from && duty.periodStart <= duty.from).toBe(true);
          if (duty.status === 'missed') expect(duty.dueOn < today).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('every month of a MEDIUM child and every quarter of a LOW child is closed exactly once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('low' as const, 'medium' as const),
        dayFrom(0, 60),
        anyToday,
        (tier, from, today) => {
          const duties = dutiesOf(child(tier, { dutiesFrom: from }), plan, today);
          const periods = duties
            .filter(({ kind }) => kind === 'visit')
            .map((duty) => [duty.periodStart, duty.dueOn]);
          const [start, end] = tier === 'low' ? [quarterStart, quarterEnd] : [monthStart, monthEnd];
          const expected: LocalDate[][] = [];
          for (let on = start(from); on <= today && from <= today; on = addDays(end(on), 1)) {
            expected.push([on, end(on)]);
          }
          expect(periods).toEqual(expected);
        },
      ),
      RUNS,
    );
  });

  it('a visit on the first or last day of a month answers that month and no other', () => {
    fc.assert(
      fc.property(dayFrom(31, 400), fc.boolean(), (on, atEnd) => {
        const visitOn = atEnd ? monthEnd(on) : monthStart(on);
        const facts = child('high', {
          dutiesFrom: monthStart(addDays(visitOn, -60)),
          encounters: visits(visitOn),
        });
        const answered = dutiesOf(facts, plan, addDays(visitOn, 60)).filter(
          ({ status }) => status === 'answered',
        );
        expect(answered.map(({ periodStart }) => periodStart)).toEqual([monthStart(visitOn)]);
      }),
      RUNS,
    );
  });

  it('the order in which encounters are listed, and who wrote them, changes nothing', () => {
    fc.assert(
      fc.property(anyFacts, anyToday, fc.func(fc.integer()), (facts, today, rank) => {
        const shuffled = facts.encounters
          .map((encounter) => ({ ...encounter, id: `by another director ${encounter.id}` }))
          .sort((a, b) => rank(a.id) - rank(b.id));
        expect(dutiesOf({ ...facts, encounters: shuffled }, county, today)).toEqual(
          dutiesOf(facts, county, today),
        );
      }),
      RUNS,
    );
  });

  it('an encounter dated later than today changes nothing yet', () => {
    fc.assert(
      fc.property(anyFacts, anyToday, fc.integer({ min: 1, max: 90 }), (facts, today, ahead) => {
        const later = { ...facts, encounters: [...facts.encounters, ...visits(addDays(today, ahead))] };
        const upToToday = { ...facts, encounters: facts.encounters.filter(({ on }) => on <= today) };
        expect(dutiesOf(later, county, today)).toEqual(dutiesOf(upToToday, county, today));
      }),
      RUNS,
    );
  });

  it('one more encounter never makes anything overdue that was not, except the talk after a visit without the child', () => {
    fc.assert(
      fc.property(anyFacts, anyToday, anyEncounter, (facts, today, extra) => {
        const before = new Map(
          standingOf(facts, plan, today).overdue.map(({ kind, since }) => [kind, since]),
        );
        const more = { ...facts, encounters: [...facts.encounters, extra] };
        for (const { kind, since } of standingOf(more, plan, today).overdue) {
          if (kind === 'talk' && !extra.childSeen) continue;
          expect(before.has(kind)).toBe(true);
          expect(since >= (before.get(kind) ?? since)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('a visit that meets the child today leaves no visit and no contact overdue', () => {
    fc.assert(
      fc.property(anyFacts, anyToday, (facts, today) => {
        const visited = { ...facts, encounters: [...facts.encounters, ...visits(today)] };
        expect(standingOf(visited, county, today).overdue).toEqual([]);
      }),
      RUNS,
    );
  });

  it('a rise on any day asks for a visit within a week (HIGH) or by the later of week and month end (MEDIUM)', () => {
    fc.assert(
      fc.property(dayFrom(40, 400), fc.constantFrom('medium' as const, 'high' as const), (on, tier) => {
        const low = child('low', { dutiesFrom: dayBefore(on, 35) });
        const facts = { ...low, tierChanges: [...low.tierChanges, { on, tier }] };
        const rises = dutiesOf(facts, plan, on).filter(({ kind }) => kind === 'tier-rise-visit');
        const week = addDays(on, 7);
        const dueOn = tier === 'medium' && monthEnd(on) > week ? monthEnd(on) : week;
        expect(rises.map((duty) => [duty.from, duty.dueOn])).toEqual([[on, dueOn]]);
      }),
      RUNS,
    );
  });

  it('a fall on any day leaves the duties of its own month and quarter as they were', () => {
    fc.assert(
      fc.property(dayFrom(40, 400), (on) => {
        const high = child('high', { dutiesFrom: dayBefore(on, 35) });
        const fallen = { ...high, tierChanges: [...high.tierChanges, { on, tier: 'low' as const }] };
        const end = monthEnd(on);
        expect(dutiesOf(fallen, plan, end)).toEqual(dutiesOf(high, plan, end));
        const next = dutiesOf(fallen, plan, addDays(end, 1)).filter(({ from }) => from > end);
        expect(next.every(({ tier }) => tier === 'low')).toBe(true);
        expect(next.some(({ kind }) => kind === 'contact')).toBe(true);
      }),
      RUNS,
    );
  });

  it('a stricter county never asks less: whoever misses nothing there misses nothing under the plan', () => {
    const strict = [{ ...STRICT_COUNTY, validFrom: FUJIAN_PLAN_POLICY.validFrom }];
    const always = (facts: ChildFacts) => ({ ...facts, absences: [], endsOn: null });
    fc.assert(
      fc.property(anyFacts.map(always), anyToday, (facts, today) => {
        const asked = dutiesOf(facts, strict, today);
        for (const duty of dutiesOf(facts, plan, today)) {
          const covering = asked.filter(
            (one) =>
              one.from >= duty.periodStart &&
              one.dueOn <= duty.dueOn &&
              (one.kind === duty.kind || one.kind === 'visit' || one.kind === 'first-visit'),
          );
          expect(covering.length, duty.key).toBeGreaterThan(0);
          if (duty.status === 'missed') expect(covering.some(({ status }) => status === 'missed')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('a change of policy within a period leaves that period as it began', () => {
    fc.assert(
      fc.property(anyTier, dayFrom(100, 300), (tier, validFrom) => {
        const facts = child(tier, { dutiesFrom: dayBefore(validFrom, 95) });
        const changed = [FUJIAN_PLAN_POLICY, { ...STRICT_COUNTY, validFrom }];
        const begun = (duties: readonly Duty[]) => duties.filter(({ from }) => from < validFrom);
        const today = addDays(validFrom, 95);
        expect(begun(dutiesOf(facts, changed, today))).toEqual(begun(dutiesOf(facts, plan, today)));
        const later = dutiesOf(facts, changed, today).filter(({ from }) => from >= validFrom);
        expect(later.every(({ policyVersion }) => policyVersion === 'county@1')).toBe(true);
      }),
      RUNS,
    );
  });
});

function isInitialOrBy(day: LocalDate) {
  return ({ on }: { on: LocalDate }, index: number) => index === 0 || on <= day;
}

function dayBefore(date: LocalDate, days: number): LocalDate {
  return addDays(date, -days);
}
