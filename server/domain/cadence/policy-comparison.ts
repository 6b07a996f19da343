import type { RiskTier } from './child-facts.ts';
import type { CarePolicy } from './policy.ts';

/** One number in which a county's policy would ask less than the plan. */
export interface LooserNumber {
  /** Path of the setting, such as `tiers.high.visitEveryMonths`. */
  readonly field: string;
  readonly plan: string;
  readonly county: string;
}

export type StricterCheck =
  { readonly ok: true } | { readonly ok: false; readonly problems: readonly LooserNumber[] };

const TIERS: readonly RiskTier[] = ['low', 'medium', 'high'];
const DAY_LIMITS = [
  'firstVisitDays',
  'riseToHighDays',
  'riseToMediumDays',
  'talkDays',
  'returnVisitDays',
  'overdueEveryDays',
] as const;
const STAGES = ['stagesBeforeDays', 'overdueAfterDays'] as const;

/** A county may be stricter than the plan, never looser: every number is compared, all problems are returned. */
export function checkStricter(plan: CarePolicy, county: CarePolicy): StricterCheck {
  const problems = [
    ...TIERS.flatMap((tier) => looserCadence(plan, county, tier)),
    ...DAY_LIMITS.flatMap((field) => looserLimit(field, plan[field], county[field])),
    ...STAGES.flatMap((field) => lostStages(field, plan[field], county[field])),
    ...quietAfterDue(plan, county),
  ];
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

function looserCadence(plan: CarePolicy, county: CarePolicy, tier: RiskTier): LooserNumber[] {
  const [asked, offered] = [plan.tiers[tier], county.tiers[tier]];
  return (['contactEveryMonths', 'visitEveryMonths', 'maxGapDays', 'visitIntervalDays'] as const).flatMap(
    (field) => looserLimit(`tiers.${tier}.${field}`, asked[field], offered[field]),
  );
}

/** A limit is looser when it is larger; null is no limit at all. */
function looserLimit(field: string, plan: number | null, county: number | null): LooserNumber[] {
  if ((county ?? Infinity) <= (plan ?? Infinity)) return [];
  return [{ field, plan: String(plan), county: String(county) }];
}

/** A late stage of the county's own puts off the weekly ones after it: no gap may be longer than the plan's week. */
function quietAfterDue(plan: CarePolicy, county: CarePolicy): LooserNumber[] {
  const last = plan.overdueAfterDays.at(-1) ?? 0;
  const later = county.overdueAfterDays.filter((day) => day > last);
  const isQuiet = later.some((day, i) => day - (later[i - 1] ?? last) > plan.overdueEveryDays);
  if (!isQuiet) return [];
  const [field, offered] = ['overdueAfterDays', county.overdueAfterDays.join(',')];
  return [
    { field, plan: `${plan.overdueAfterDays.join(',')} +${String(plan.overdueEveryDays)}`, county: offered },
  ];
}

function lostStages(field: string, plan: readonly number[], county: readonly number[]): LooserNumber[] {
  const kept = plan.every((stage) => county.includes(stage));
  return kept ? [] : [{ field, plan: plan.join(','), county: county.join(',') }];
}
