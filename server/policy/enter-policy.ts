import { checkStricter } from '../domain/cadence/policy-comparison.ts';
import { FUJIAN_PLAN_POLICY, type CarePolicy } from '../domain/cadence/policy.ts';
import { forCounties, policiesFor, policyAt, policyName } from '../domain/cadence/policy-timeline.ts';
import { addDays, laterOf, type LocalDate } from '../domain/local-date.ts';
import { insert, type Write } from '../services/batch.ts';
import { effectOf, sameNumbers, type PolicyEffect } from './policy-changes.ts';
import { completed, readPolicyFile, type PolicyDraft } from './policy-file.ts';
import type { PolicyProblem } from './policy-problems.ts';
import type { NamedCounty, PolicyStore } from './policy-store.ts';

export interface Entering {
  readonly store: PolicyStore;
  readonly at: Date;
  /** The day of the business clock. */
  readonly today: LocalDate;
  readonly dryRun: boolean;
  newId(): string;
}

/** What became of a file. */
export type Entered =
  | { readonly kind: 'refused'; readonly problems: readonly PolicyProblem[] }
  | { readonly kind: 'known'; readonly policy: CarePolicy; readonly areaName: string }
  | (PolicyEffect & {
      readonly kind: 'entered' | 'looked-at';
      readonly policy: CarePolicy;
      readonly areaName: string;
    });

/** A commit that lost a race is decided anew so many times. */
const TRIES = 4;

/** Checks the version a file describes and keeps it, once: the same file again finds it there. */
export async function enterPolicy(entering: Entering, text: string): Promise<Entered> {
  const draft = readPolicyFile(text);
  if (!draft.ok) return { kind: 'refused', problems: draft.problems };
  for (let tries = 0; ; tries += 1) {
    const decided = await decide(entering, draft.value);
    if (decided.kind !== 'looked-at' || entering.dryRun) return decided;
    if (await commit(entering, decided.policy)) return { ...decided, kind: 'entered' };
    if (tries >= TRIES) throw new Error('another program keeps entering versions');
  }
}

async function decide({ store, today }: Entering, draft: PolicyDraft): Promise<Entered> {
  const [kept, counties, lastPlannedOn] = await Promise.all([
    store.kept(),
    store.counties(),
    store.lastPlannedOn(),
  ]);
  const placed = await placeOf(store, draft);
  if (!placed.ok) return { kind: 'refused', problems: [placed.problem] };
  const above = aboveOf(kept, draft, counties);
  const base = policyAt(above, draft.areaCode === null ? addDays(draft.from, -1) : draft.from);
  const read = completed(draft, base, nameOf(kept, draft));
  if (!read.ok) return { kind: 'refused', problems: read.problems };
  const policy = read.value;
  const known = knownAs(kept, policy);
  if (known) return { kind: 'known', policy: known, areaName: placed.name };
  const problems = [
    ...(draft.areaCode === null ? [] : looserThan(above, policy)),
    ...tooEarly(draft.from, today, lastPlannedOn),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  const [before, after] = [kept, [...kept, policy]].map((versions) => forCounties(versions, counties));
  const children = await store.children(policy.validFrom);
  const effect = effectOf(before ?? [], after ?? [], counties, children, policy.validFrom);
  return { kind: 'looked-at', policy, areaName: placed.name, ...effect };
}

type Placed =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: PolicyProblem };

async function placeOf(store: PolicyStore, { areaCode }: PolicyDraft): Promise<Placed> {
  if (areaCode === null) return { ok: true, name: '' };
  const area = await store.area(areaCode);
  if (area === null) return { ok: false, problem: { code: 'area-unknown', area: areaCode } };
  if (area.kind !== 'county' && area.kind !== 'city')
    return { ok: false, problem: { code: 'area-kind', area: areaCode } };
  return { ok: true, name: area.name };
}

/** What holds above the draft's area: the plan, and for a county its city's versions where they are stricter. */
function aboveOf(
  kept: readonly CarePolicy[],
  { areaCode }: PolicyDraft,
  counties: readonly NamedCounty[],
): readonly CarePolicy[] {
  const cityCode = counties.find(({ code }) => code === areaCode)?.cityCode ?? null;
  const above = kept.filter((one) => one.areaCode === null || one.areaCode === cityCode);
  return policiesFor(forCounties(above, counties), areaCode);
}

/** An area's versions are numbered one after the other, whenever they begin. */
function nameOf(kept: readonly CarePolicy[], { areaCode }: PolicyDraft): Pick<CarePolicy, 'id' | 'version'> {
  const own = kept.filter((one) => one.areaCode === areaCode);
  const id = own[0]?.id ?? areaCode ?? FUJIAN_PLAN_POLICY.id;
  return { id, version: Math.max(0, ...own.map(({ version }) => version)) + 1 };
}

/** The same version as it is kept: the last that was entered for this area and day, if it says the same. */
function knownAs(kept: readonly CarePolicy[], policy: CarePolicy): CarePolicy | null {
  const last = kept
    .filter((one) => one.areaCode === policy.areaCode && one.validFrom === policy.validFrom)
    .sort((a, b) => a.version - b.version)
    .at(-1);
  return last?.source === policy.source && sameNumbers(last, policy) ? last : null;
}

/** A version is held against all that hold above it from its first day on, those still to come included. */
function looserThan(above: readonly CarePolicy[], policy: CarePolicy): readonly PolicyProblem[] {
  const { validFrom } = policy;
  const days = [validFrom, ...above.map((one) => one.validFrom).filter((day) => day > validFrom)];
  const seen = new Set<string>();
  return days.flatMap((on) => {
    const upper = policyAt(above, on);
    const check = checkStricter(upper, policy);
    if (check.ok) return [];
    return check.problems.flatMap((number): PolicyProblem[] => {
      const key = `${number.field} ${number.plan}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ code: 'looser', number, above: policyName(upper), on }];
    });
  });
}

/** Our default: nothing begins in the past, and no day that was planned is planned by other numbers afterwards. */
function tooEarly(
  from: LocalDate,
  today: LocalDate,
  lastPlannedOn: LocalDate | null,
): readonly PolicyProblem[] {
  const unplanned = lastPlannedOn === null ? today : addDays(lastPlannedOn, 1);
  const earliest = laterOf(today, unplanned);
  if (from >= earliest) return [];
  return [{ code: from < today ? 'begins-in-the-past' : 'day-planned', from, earliest }];
}

async function commit(entering: Entering, policy: CarePolicy): Promise<boolean> {
  const { store } = entering;
  // The plan is kept with the first version of anybody, so that the table always says all that holds.
  const plan = (await store.hasNone()) ? [store.write(FUJIAN_PLAN_POLICY)] : [];
  const writes = [...plan, store.write(policy), auditOf(entering, policy)];
  return store.commit({ guards: [], writes });
}

/** The line of the audit trail: which version, with a digest of its numbers. */
function auditOf(entering: Entering, policy: CarePolicy): Write {
  const { store } = entering;
  const at = entering.at.toISOString();
  const subject = policyName(policy);
  return insert('AuditEvent', {
    id: entering.newId(),
    at,
    actorId: null,
    action: 'enter-policy',
    subject,
    digest: store.digest(JSON.stringify([at, null, 'enter-policy', subject, policy])),
  });
}
