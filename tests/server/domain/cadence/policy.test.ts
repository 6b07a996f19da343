import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CarePolicy,
  FUJIAN_PLAN_POLICY,
  carePolicySchema,
} from '../../../../server/domain/cadence/policy.ts';
import { checkStricter } from '../../../../server/domain/cadence/policy-comparison.ts';
import { policiesFor, policyOn } from '../../../../server/domain/cadence/policy-timeline.ts';
import { day } from './family.ts';
import { STRICT_COUNTY } from './histories.ts';

const plan = FUJIAN_PLAN_POLICY;

describe('care policies', () => {
  it('the Fujian plan asks LOW for a contact a month and a visit a quarter, MEDIUM and HIGH for a visit a month', () => {
    const { low, medium, high } = plan.tiers;
    expect([low.contactEveryMonths, low.visitEveryMonths]).toEqual([1, 3]);
    expect([medium.visitEveryMonths, high.visitEveryMonths]).toEqual([1, 1]);
    expect(carePolicySchema.parse(plan)).toEqual(plan);
  });

  it('every number names its source', () => {
    const numbers = ['firstVisitDays', 'riseToHighDays', 'riseToMediumDays', 'talkDays', 'returnVisitDays'];
    for (const field of numbers) expect(plan.sources[field]).toBe('our default');
    expect(plan.sources['tiers.visitEveryMonths']).toContain('三年行动方案');
  });

  it.each([
    ['no such day', { validFrom: '2026-02-30' }],
    ['a period of two months', { tiers: { ...plan.tiers, low: { ...plan.tiers.low, visitEveryMonths: 2 } } }],
    ['stages that do not end on the day', { stagesBeforeDays: [10, 3] }],
    ['stages out of order', { overdueAfterDays: [3, 1] }],
    ['HIGH visited less often than LOW', { tiers: { ...plan.tiers, high: plan.tiers.low } }],
    ['no days at all', { talkDays: 0 }],
  ])('refuses a policy with %s', (_what, change) => {
    expect(carePolicySchema.safeParse({ ...plan, ...change }).success).toBe(false);
  });

  it('a stricter county passes, the plan itself passes', () => {
    expect(checkStricter(plan, plan)).toEqual({ ok: true });
    expect(checkStricter(plan, STRICT_COUNTY)).toEqual({ ok: true });
  });

  it('a county that is looser in any single number is refused, and the number is named', () => {
    const limits = [
      'firstVisitDays',
      'riseToHighDays',
      'riseToMediumDays',
      'talkDays',
      'returnVisitDays',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...limits), fc.integer({ min: 1, max: 60 }), (field, more) => {
        const county = { ...STRICT_COUNTY, [field]: plan[field] + more };
        expect(checkStricter(plan, county)).toMatchObject({ ok: false, problems: [{ field }] });
      }),
    );
    const { high, medium } = plan.tiers;
    const looser: [string, CarePolicy][] = [
      [
        'tiers.high.visitEveryMonths',
        { ...plan, tiers: { ...plan.tiers, high: { ...high, visitEveryMonths: 3 } } },
      ],
      [
        'tiers.medium.contactEveryMonths',
        { ...plan, tiers: { ...plan.tiers, medium: { ...medium, contactEveryMonths: 3 } } },
      ],
      ['stagesBeforeDays', { ...plan, stagesBeforeDays: [3, 0] }],
      ['overdueAfterDays', { ...plan, overdueAfterDays: [1] }],
      ['overdueEveryDays', { ...plan, overdueEveryDays: 14 }],
    ];
    for (const [field, county] of looser) {
      expect(checkStricter(plan, county)).toMatchObject({ ok: false, problems: [{ field }] });
    }
    expect(checkStricter(STRICT_COUNTY, plan).ok).toBe(false);
  });

  it('the version in force on a day is the county one from its own first day, elsewhere the plan', () => {
    const all = [STRICT_COUNTY, plan];
    expect(policyOn(all, '350400', day('2028-02-09')).id).toBe('fujian-plan');
    expect(policyOn(all, '350400', day('2028-02-10')).id).toBe('county');
    expect(policyOn(all, '350500', day('2028-02-10')).id).toBe('fujian-plan');
    expect(policyOn(all, null, day('2028-02-10')).id).toBe('fujian-plan');
  });

  it('a successor of the plan replaces a county version that has become looser', () => {
    const successor = { ...plan, version: 2, validFrom: day('2028-06-01'), talkDays: 2 };
    const held = policiesFor([plan, STRICT_COUNTY, successor], '350400');
    expect(held.map(({ id, version, validFrom }) => `${id}@${version} ${validFrom}`)).toEqual([
      'fujian-plan@1 2024-01-01',
      'county@1 2028-02-10',
      'fujian-plan@2 2028-06-01',
    ]);
  });
});
