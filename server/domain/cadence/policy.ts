import { z } from 'zod';
import { type LocalDate, parseLocalDate } from '../local-date.ts';
import type { RiskTier } from './child-facts.ts';

/** Months of a period: a calendar month or a calendar quarter. */
export type PeriodMonths = 1 | 3;

/** What one tier is owed. */
export interface TierCadence {
  readonly contactEveryMonths: PeriodMonths;
  readonly visitEveryMonths: PeriodMonths;
  /** Stricter county setting: the largest number of days between two visits. Null: the calendar period alone. */
  readonly maxGapDays: number | null;
  /** Stricter county setting: days from one visit to the next, meant for HIGH. Null: the calendar period alone. */
  readonly visitIntervalDays: number | null;
}

/** Every number of cadence, as a dated and versioned setting with its source. */
export interface CarePolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** Null for the plan itself, the code of a county or city for its stricter setting. */
  readonly areaCode: string | null;
  /** Never kept: the city whose version this is, where it is read as one of the county in `areaCode`. */
  readonly cityCode?: string | undefined;
  readonly tiers: Readonly<Record<RiskTier, TierCadence>>;
  readonly firstVisitDays: number;
  readonly riseToHighDays: number;
  readonly riseToMediumDays: number;
  readonly talkDays: number;
  readonly returnVisitDays: number;
  /** Reminder stages: days before the due day, falling; 0 is the day itself. */
  readonly stagesBeforeDays: readonly number[];
  /** Overdue stages: days after the due day, rising. */
  readonly overdueAfterDays: readonly number[];
  /** After the last of them, again every so many days. */
  readonly overdueEveryDays: number;
  /** Where each number comes from, by field name. */
  readonly sources: Readonly<Record<string, string>>;
}

const days = z.number().int().min(1).max(366);
const localDate = z.string().transform((text, context): LocalDate => {
  const date = parseLocalDate(text);
  if (date) return date;
  context.addIssue({ code: 'custom', message: 'not a day of the calendar (YYYY-MM-DD)' });
  return z.NEVER;
});

const tierCadence = z
  .object({
    contactEveryMonths: z.literal([1, 3]),
    visitEveryMonths: z.literal([1, 3]),
    maxGapDays: days.nullable(),
    visitIntervalDays: days.nullable(),
  })
  .readonly();

const falling = (values: readonly number[]) =>
  values.every((value, i) => i === 0 || value < (values[i - 1] ?? 0));
const rising = (values: readonly number[]) => falling([...values].reverse());

/** Reads a care policy kept as data; the issues name the wrong field. */
export const carePolicySchema: z.ZodType<CarePolicy> = z
  .object({
    id: z.string().min(1).max(80),
    version: z.number().int().min(1),
    validFrom: localDate,
    source: z.string().min(1).max(300),
    areaCode: z.string().min(1).max(20).nullable(),
    tiers: z.object({ low: tierCadence, medium: tierCadence, high: tierCadence }).readonly(),
    firstVisitDays: days,
    riseToHighDays: days,
    riseToMediumDays: days,
    talkDays: days,
    returnVisitDays: days,
    stagesBeforeDays: z
      .array(z.number().int().min(0).max(90))
      .min(1)
      .max(10)
      .refine((values) => falling(values) && values.at(-1) === 0, 'days must fall and end with 0')
      .readonly(),
    overdueAfterDays: z.array(days).min(1).max(10).refine(rising, 'days must rise').readonly(),
    overdueEveryDays: days,
    sources: z.record(z.string(), z.string()).readonly(),
  })
  .refine(
    ({ tiers }) =>
      tiers.high.visitEveryMonths <= tiers.medium.visitEveryMonths &&
      tiers.medium.visitEveryMonths <= tiers.low.visitEveryMonths,
    'a higher tier is never visited less often than a lower one',
  )
  .readonly();

const PLAN = '福建省农村留守儿童和困境儿童关爱服务质量提升三年行动方案(2024—2026)';
const OURS = 'our default';
const monthly: TierCadence = {
  contactEveryMonths: 1,
  visitEveryMonths: 1,
  maxGapDays: null,
  visitIntervalDays: null,
};

/**
 * The Fujian three-year plan: LOW contact monthly and visit quarterly, MEDIUM and HIGH visit monthly.
 * The numbers the plan does not give are our default.
 */
export const FUJIAN_PLAN_POLICY: CarePolicy = {
  id: 'fujian-plan',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: PLAN,
  areaCode: null,
  tiers: { low: { ...monthly, visitEveryMonths: 3 }, medium: monthly, high: monthly },
  firstVisitDays: 14,
  riseToHighDays: 7,
  riseToMediumDays: 7,
  talkDays: 7,
  returnVisitDays: 14,
  stagesBeforeDays: [10, 3, 0],
  overdueAfterDays: [1, 3, 7],
  overdueEveryDays: 7,
  sources: {
    'tiers.contactEveryMonths': PLAN,
    'tiers.visitEveryMonths': PLAN,
    'tiers.maxGapDays': OURS,
    'tiers.visitIntervalDays': OURS,
    firstVisitDays: OURS,
    riseToHighDays: OURS,
    riseToMediumDays: OURS,
    talkDays: OURS,
    returnVisitDays: OURS,
    stagesBeforeDays: OURS,
    overdueAfterDays: OURS,
    overdueEveryDays: OURS,
  },
};
