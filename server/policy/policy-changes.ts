import type { RiskTier } from '../domain/cadence/child-facts.ts';
import type { CarePolicy } from '../domain/cadence/policy.ts';
import { policiesFor, policyAt, policyName } from '../domain/cadence/policy-timeline.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { ChildrenOfCounty, NamedCounty } from './policy-store.ts';

/** One number that becomes another, and how many children it is about. */
export interface PolicyChange {
  /** Path of the setting, such as `tiers.high.visitIntervalDays`. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly children: number;
}

const TIERS: readonly RiskTier[] = ['high', 'medium', 'low'];
const CADENCE = ['contactEveryMonths', 'visitEveryMonths', 'maxGapDays', 'visitIntervalDays'] as const;
const NUMBERS = [
  'firstVisitDays',
  'riseToHighDays',
  'riseToMediumDays',
  'talkDays',
  'returnVisitDays',
  'stagesBeforeDays',
  'overdueAfterDays',
  'overdueEveryDays',
] as const;

interface Setting {
  readonly field: string;
  /** Whose children it is about; null: everybody's. */
  readonly tier: RiskTier | null;
  readonly value: string;
}

/** What a county's children feel on the first day of a version, and counties whose own version gives way to it. */
export interface PolicyEffect {
  readonly changes: readonly PolicyChange[];
  readonly passedOver: readonly NamedCounty[];
}

/** Compares what holds in every county on a day by the versions before and after; both once per county. */
export function effectOf(
  before: readonly CarePolicy[],
  after: readonly CarePolicy[],
  counties: readonly NamedCounty[],
  children: readonly ChildrenOfCounty[],
  on: LocalDate,
): PolicyEffect {
  const changes = new Map<string, PolicyChange>();
  const passedOver: NamedCounty[] = [];
  const codes = [...counties.map(({ code }) => code), null];
  for (const code of codes) {
    const [held, holds] = [before, after].map((versions) => policyAt(policiesFor(versions, code), on));
    if (!held || !holds || policyName(held) === policyName(holds)) continue;
    const county = counties.find((one) => one.code === code);
    if (county && isOwn(held) && !isOwn(holds)) passedOver.push(county);
    const own = children.filter(({ countyCode }) => countyCode === code);
    for (const change of changesOf(held, holds, own)) {
      const key = [change.field, change.before, change.after].join(' ');
      const known = changes.get(key)?.children ?? 0;
      changes.set(key, { ...change, children: known + change.children });
    }
  }
  return { changes: [...changes.values()], passedOver };
}

function isOwn({ areaCode, cityCode }: CarePolicy): boolean {
  return areaCode !== null && cityCode === undefined;
}

function changesOf(
  held: CarePolicy,
  holds: CarePolicy,
  children: readonly ChildrenOfCounty[],
): readonly PolicyChange[] {
  const after = settingsOf(holds);
  return settingsOf(held).flatMap(({ field, tier, value }, n) => {
    const next = after[n]?.value ?? value;
    if (next === value) return [];
    const about = children.filter((part) => tier === null || part.tier === tier);
    const count = about.reduce((sum, part) => sum + part.children, 0);
    return [{ field, before: value, after: next, children: count }];
  });
}

function settingsOf(policy: CarePolicy): readonly Setting[] {
  const cadence = TIERS.flatMap((tier) =>
    CADENCE.map((name) => ({
      field: `tiers.${tier}.${name}`,
      tier,
      value: String(policy.tiers[tier][name]),
    })),
  );
  const rest = NUMBERS.map((field) => ({ field, tier: null, value: [policy[field]].flat().join(',') }));
  return [...cadence, ...rest];
}

/** Whether two versions ask for the same, whatever they are called. */
export function sameNumbers(a: CarePolicy, b: CarePolicy): boolean {
  return JSON.stringify(settingsOf(a)) === JSON.stringify(settingsOf(b));
}
