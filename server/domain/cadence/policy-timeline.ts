import { type LocalDate, laterOf } from '../local-date.ts';
import { type CarePolicy, FUJIAN_PLAN_POLICY } from './policy.ts';
import { checkStricter } from './policy-comparison.ts';

/**
 * The versions that hold for an area, by the day each takes over. A county's version replaces the plan's while it is
 * nowhere looser than the plan in force; otherwise the plan holds. Compute it once per county.
 */
export function policiesFor(policies: readonly CarePolicy[], areaCode: string | null): readonly CarePolicy[] {
  const relevant = policies.filter((policy) => policy.areaCode === null || policy.areaCode === areaCode);
  const days = [...new Set(relevant.map(({ validFrom }) => validFrom))].sort();
  const timeline: CarePolicy[] = [];
  for (const day of days) {
    const holds = holdingOn(relevant, day);
    if (holds && !sameVersion(holds, timeline.at(-1))) {
      timeline.push({ ...holds, validFrom: laterOf(holds.validFrom, day) });
    }
  }
  return timeline;
}

/** The version in force in an area on a day; before the first version, the first one. */
export function policyOn(
  policies: readonly CarePolicy[],
  areaCode: string | null,
  date: LocalDate,
): CarePolicy {
  return policyAt(policiesFor(policies, areaCode), date);
}

/** The version in force on a day out of one area's timeline; before the first version, the first one. */
export function policyAt(timeline: readonly CarePolicy[], date: LocalDate): CarePolicy {
  for (let index = timeline.length - 1; index > 0; index -= 1) {
    const policy = timeline[index];
    if (policy && policy.validFrom <= date) return policy;
  }
  return timeline[0] ?? FUJIAN_PLAN_POLICY;
}

/** `{id}@{version}`, as duties name the policy that set them. */
export function policyName({ id, version }: CarePolicy): string {
  return `${id}@${version}`;
}

function holdingOn(policies: readonly CarePolicy[], day: LocalDate): CarePolicy | null {
  const plan = latest(policies.filter((policy) => policy.areaCode === null && policy.validFrom <= day));
  const county = latest(policies.filter((policy) => policy.areaCode !== null && policy.validFrom <= day));
  if (!plan || !county) return county ?? plan;
  return checkStricter(plan, county).ok ? county : plan;
}

function latest(policies: readonly CarePolicy[]): CarePolicy | null {
  const later = (a: CarePolicy, b: CarePolicy) =>
    b.validFrom > a.validFrom || (b.validFrom === a.validFrom && b.version > a.version);
  return policies.reduce<CarePolicy | null>((best, next) => (best && !later(best, next) ? best : next), null);
}

function sameVersion(a: CarePolicy, b: CarePolicy | undefined): boolean {
  return b !== undefined && policyName(a) === policyName(b);
}
