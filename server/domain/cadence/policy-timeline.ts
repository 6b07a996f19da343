import { type LocalDate, laterOf } from '../local-date.ts';
import { type CarePolicy, FUJIAN_PLAN_POLICY } from './policy.ts';
import { checkStricter } from './policy-comparison.ts';

/** A county, and the city it belongs to. */
export interface CountyOfCity {
  readonly code: string;
  readonly cityCode: string | null;
}

/** A city's version, once for each of its counties; all others as they are. */
export function forCounties(
  policies: readonly CarePolicy[],
  counties: readonly CountyOfCity[],
): readonly CarePolicy[] {
  return policies.flatMap((policy) => {
    const own = counties.filter(({ cityCode }) => cityCode !== null && cityCode === policy.areaCode);
    if (own.length === 0) return [policy];
    return own.map(({ code, cityCode }) => ({ ...policy, areaCode: code, cityCode: cityCode ?? undefined }));
  });
}

/**
 * The versions that hold for a county, by the day each takes over. A city's version replaces the plan's, and a county's
 * either, while it is nowhere looser than what holds above it; otherwise that holds. Compute it once per county.
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
export function policyName(policy: CarePolicy): string {
  const known = NAMES.get(policy);
  if (known !== undefined) return known;
  const name = `${policy.id}@${policy.version}`;
  NAMES.set(policy, name);
  return name;
}

function holdingOn(policies: readonly CarePolicy[], day: LocalDate): CarePolicy | null {
  const begun = policies.filter(({ validFrom }) => validFrom <= day);
  const [plan, city, county] = LEVELS.map((level) =>
    latest(begun.filter((policy) => levelOf(policy) === level)),
  );
  return [city, county].reduce<CarePolicy | null>((above, own) => {
    if (!own) return above;
    return above === null || checkStricter(above, own).ok ? own : above;
  }, plan ?? null);
}

/** Planning names the same few policies a hundred thousand times over. */
const NAMES = new WeakMap<CarePolicy, string>();

const LEVELS = ['plan', 'city', 'county'] as const;

function levelOf({ areaCode, cityCode }: CarePolicy): (typeof LEVELS)[number] {
  if (areaCode === null) return 'plan';
  return cityCode === undefined ? 'county' : 'city';
}

function latest(policies: readonly CarePolicy[]): CarePolicy | null {
  const later = (a: CarePolicy, b: CarePolicy) =>
    b.validFrom > a.validFrom || (b.validFrom === a.validFrom && b.version > a.version);
  return policies.reduce<CarePolicy | null>((best, next) => (best && !later(best, next) ? best : next), null);
}

function sameVersion(a: CarePolicy, b: CarePolicy | undefined): boolean {
  return b !== undefined && policyName(a) === policyName(b);
}
