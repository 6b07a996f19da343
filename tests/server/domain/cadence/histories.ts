import fc from 'fast-check';
import {
  ENCOUNTER_MODES,
  type ChildFacts,
  type Encounter,
  type RiskTier,
} from '../../../../server/domain/cadence/child-facts.ts';
import { type CarePolicy, FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { addDays, type LocalDate } from '../../../../server/domain/local-date.ts';
import { day } from './family.ts';

const START = day('2027-11-15'); // the next 460 days hold a leap day, year ends and every kind of month end

/** A day near the start, before or after it. */
export function dayFrom(min: number, max: number): fc.Arbitrary<LocalDate> {
  return fc.integer({ min, max }).map((days) => addDays(START, days));
}

export const anyTier = fc.constantFrom<RiskTier>('low', 'medium', 'high');

export const anyEncounter: fc.Arbitrary<Encounter> = fc.record({
  id: fc.uuid(),
  on: dayFrom(-60, 460),
  mode: fc.constantFrom(...ENCOUNTER_MODES),
  childSeen: fc.boolean(),
});

const anyAbsence = fc
  .tuple(dayFrom(-20, 420), fc.option(fc.integer({ min: 0, max: 120 })))
  .map(([from, length]) => ({ from, until: length === null ? null : addDays(from, length) }));

/** Any child that came into the system within two months of the start. */
export const anyFacts: fc.Arbitrary<ChildFacts> = fc
  .record({
    dutiesFrom: dayFrom(0, 60),
    firstTier: anyTier,
    laterTiers: fc.array(fc.record({ on: dayFrom(0, 420), tier: anyTier }), { maxLength: 4 }),
    registration: fc.constantFrom<'worker' | 'import'>('worker', 'import'),
    encounters: fc.array(anyEncounter, { maxLength: 14 }),
    importedLastContactOn: fc.option(dayFrom(-90, 60)),
    importedLastVisitOn: fc.option(dayFrom(-90, 60)),
    boarder: fc.boolean(),
    absences: fc.array(anyAbsence, { maxLength: 3 }),
    endsOn: fc.option(dayFrom(61, 500), { freq: 4 }),
  })
  .map(({ firstTier, laterTiers, ...rest }) => ({
    ...rest,
    childId: 'c1',
    tierChanges: [
      { on: rest.dutiesFrom, tier: firstTier },
      ...laterTiers.filter(({ on }) => on >= rest.dutiesFrom),
    ],
  }));

export const anyToday = dayFrom(0, 460);

/** A county with monthly visits for LOW, and limits between visits. */
export const STRICT_COUNTY: CarePolicy = {
  ...FUJIAN_PLAN_POLICY,
  id: 'county',
  areaCode: '350400',
  validFrom: day('2028-02-10'),
  tiers: {
    low: { ...FUJIAN_PLAN_POLICY.tiers.low, visitEveryMonths: 1 },
    medium: { ...FUJIAN_PLAN_POLICY.tiers.medium, maxGapDays: 40 },
    high: { ...FUJIAN_PLAN_POLICY.tiers.high, visitIntervalDays: 14 },
  },
  firstVisitDays: 10,
  riseToHighDays: 3,
  riseToMediumDays: 5,
  talkDays: 3,
  returnVisitDays: 7,
};
