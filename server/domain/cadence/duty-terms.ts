import { type LocalDate, addDays, laterOf, monthEnd } from '../local-date.ts';
import { absencesUpTo, defers } from './absences.ts';
import type { CadenceChild, RiskTier } from './child-facts.ts';
import { type Asked, type CountedKind, answeredBy } from './counting.ts';
import { type Duty, type DutyKind, type DutyStatus, dutyKey } from './duty.ts';
import type { CarePolicy, PeriodMonths } from './policy.ts';
import { policyAt, policyName } from './policy-timeline.ts';
import { dayAfter, endOfPeriod, startOfMonthIndex, startsPeriod } from './periods.ts';
import { inOrder, risesOf, tierBefore, tierInForce } from './tiers.ts';

/** A duty before anybody looked whether it was answered. */
export interface DutyTerms {
  readonly kind: DutyKind;
  readonly periodStart: LocalDate;
  readonly from: LocalDate;
  readonly dueOn: LocalDate;
  readonly tier: RiskTier;
  readonly policy: CarePolicy;
  /** The first day whose encounters count; for a calendar period its first day, even before `from`. */
  readonly countsFrom: LocalDate;
  readonly countedKind: CountedKind;
}

/** What every duty of a child is derived from, put in order once. */
export interface CadenceView {
  readonly child: CadenceChild;
  readonly policies: readonly CarePolicy[];
  readonly today: LocalDate;
}

/** Puts tier changes and absences in order. `policies` is one area's timeline (`policiesFor`). */
export function cadenceView(
  child: CadenceChild,
  policies: readonly CarePolicy[],
  today: LocalDate,
): CadenceView {
  const tierChanges = inOrder(child.tierChanges);
  const absences = absencesUpTo(child.absences, today);
  const ordered = tierChanges === child.tierChanges && absences === child.absences;
  return { child: ordered ? child : { ...child, tierChanges, absences }, policies, today };
}

/** The visit of the period that starts with a month; null when none starts there. */
export function visitTerms(view: CadenceView, monthIndex: number): DutyTerms | null {
  const setting = settingOfMonth(view, monthIndex);
  const months = setting.policy.tiers[setting.tier].visitEveryMonths;
  return periodTerms(view, monthIndex, months, setting, 'visit', 'visit');
}

/**
 * The contact of the period that starts with a month. A visit is also the month's contact, so there is none of its own
 * where visits are as frequent; unless the child is away: then video with the child seen takes the visit's place.
 */
export function contactTerms(view: CadenceView, monthIndex: number): DutyTerms | null {
  const setting = settingOfMonth(view, monthIndex);
  const { contactEveryMonths, visitEveryMonths } = setting.policy.tiers[setting.tier];
  if (contactEveryMonths < visitEveryMonths) {
    return periodTerms(view, monthIndex, contactEveryMonths, setting, 'contact', 'contact');
  }
  if (view.child.absences.length === 0) return null;
  const visit = visitTerms(view, monthIndex);
  if (!visit || !isDeferrable(view, visit)) return null;
  return periodTerms(view, monthIndex, 1, setting, 'contact', 'seen-contact');
}

/** A boarder's home visit of the quarter that starts with a month (our default). */
export function homeVisitTerms(view: CadenceView, monthIndex: number): DutyTerms | null {
  if (!view.child.boarder || !startsPeriod(monthIndex, 3)) return null;
  const setting = settingOfMonth(view, monthIndex);
  return periodTerms(view, monthIndex, 3, setting, 'home-visit', 'home-visit');
}

/** First visit, visits after a rise, visits after a return: each from the day that gave rise to it (our default). */
export function occasionTerms(view: CadenceView): readonly DutyTerms[] {
  const { child, policies } = view;
  const { dutiesFrom, tierChanges } = child;
  const terms: DutyTerms[] = [];
  if (child.registration === 'worker') {
    const policy = policyAt(policies, dutiesFrom);
    const dueOn = addDays(dutiesFrom, policy.firstVisitDays);
    const tier = tierBefore(tierChanges, dutiesFrom);
    terms.push(occasion('first-visit', dutiesFrom, dueOn, tier, policy));
  }
  for (const { on, tier } of risesOf(tierChanges, dutiesFrom)) {
    const policy = policyAt(policies, on);
    terms.push(occasion('tier-rise-visit', on, riseDueOn(on, tier, policy), tier, policy));
  }
  for (const { until } of child.absences) {
    if (until === null || until < dutiesFrom) continue;
    const policy = policyAt(policies, until);
    const dueOn = addDays(until, policy.returnVisitDays);
    terms.push(occasion('return-visit', until, dueOn, tierInForce(tierChanges, until), policy));
  }
  return terms.length === 0 ? terms : terms.filter((term) => exists(view, term.from));
}

/**
 * Where a county limits the days between two visits: the next visit after each of `visitDays`, which are asked for only
 * there.
 */
export function gapTerms(view: CadenceView, visitDays: () => readonly LocalDate[]): readonly DutyTerms[] {
  if (!view.policies.some(limitsGaps)) return NO_TERMS;
  return visitDays().flatMap((day) => {
    const tier = tierInForce(view.child.tierChanges, day);
    const policy = policyAt(view.policies, day);
    const { maxGapDays, visitIntervalDays } = policy.tiers[tier];
    const limitDays = Math.min(maxGapDays ?? Infinity, visitIntervalDays ?? Infinity);
    if (limitDays === Infinity || day < view.child.dutiesFrom || !exists(view, day)) return [];
    const terms = occasion('gap-visit', day, addDays(day, limitDays), tier, policy);
    return [{ ...terms, countsFrom: dayAfter(day) }];
  });
}

/** The talk with a child that a visit of `day` did not meet. */
export function talkTerms(view: CadenceView, day: LocalDate): DutyTerms {
  const policy = policyAt(view.policies, day);
  const tier = tierInForce(view.child.tierChanges, day);
  return { ...occasion('talk', day, addDays(day, policy.talkDays), tier, policy), countedKind: 'talk' };
}

/** Whether 顺延 applies: nobody can visit a child who is away, but anybody can call it. */
export function isDeferrable(view: CadenceView, terms: DutyTerms): boolean {
  if (view.child.absences.length === 0 || terms.kind === 'contact' || terms.kind === 'talk') return false;
  const ownReturn = terms.kind === 'return-visit' ? terms.periodStart : null;
  return defers(view.child.absences, terms, terms.policy.returnVisitDays, ownReturn);
}

/** The finished duty. */
export function dutyOf(
  { child }: CadenceView,
  terms: DutyTerms,
  status: DutyStatus,
  answeredOn: LocalDate | null,
): Duty {
  const { kind, periodStart, from, dueOn, tier, policy } = terms;
  const key = dutyKey(child.childId, kind, periodStart);
  const policyVersion = policyName(policy);
  return {
    key,
    childId: child.childId,
    kind,
    periodStart,
    from,
    dueOn,
    tier,
    status,
    answeredOn,
    policyVersion,
  };
}

const NO_TERMS: readonly DutyTerms[] = [];

function limitsGaps({ tiers: { low, medium, high } }: CarePolicy): boolean {
  return limitsGap(low) || limitsGap(medium) || limitsGap(high);
}

function limitsGap({ maxGapDays, visitIntervalDays }: CarePolicy['tiers'][RiskTier]): boolean {
  return maxGapDays !== null || visitIntervalDays !== null;
}

interface Setting {
  readonly tier: RiskTier;
  readonly policy: CarePolicy;
}

/** Tier and policy of a period are those of its first day, or of `dutiesFrom` within it. */
function settingOfMonth(view: CadenceView, monthIndex: number): Setting {
  const day = laterOf(startOfMonthIndex(monthIndex), view.child.dutiesFrom);
  return { tier: tierBefore(view.child.tierChanges, day), policy: policyAt(view.policies, day) };
}

function periodTerms(
  view: CadenceView,
  monthIndex: number,
  months: PeriodMonths,
  { tier, policy }: Setting,
  kind: DutyKind,
  asked: Asked,
): DutyTerms | null {
  if (!startsPeriod(monthIndex, months)) return null;
  const { dutiesFrom, registration } = view.child;
  const dueOn = endOfPeriod(monthIndex, months);
  if (dueOn < dutiesFrom) return null;
  // A newly registered child's first visit stands for every period that ends within the month of registration.
  if (registration === 'worker' && dueOn <= monthEnd(dutiesFrom)) return null;
  const periodStart = startOfMonthIndex(monthIndex);
  const from = laterOf(periodStart, dutiesFrom);
  if (!exists(view, from)) return null;
  const countedKind = answeredBy(asked, tier);
  return { kind, periodStart, from, dueOn, tier, policy, countsFrom: periodStart, countedKind };
}

function occasion(
  kind: DutyKind,
  on: LocalDate,
  dueOn: LocalDate,
  tier: RiskTier,
  policy: CarePolicy,
): DutyTerms {
  const countedKind = answeredBy('visit', tier);
  return { kind, periodStart: on, from: on, dueOn, tier, policy, countsFrom: on, countedKind };
}

function riseDueOn(on: LocalDate, tier: 'medium' | 'high', policy: CarePolicy): LocalDate {
  if (tier === 'high') return addDays(on, policy.riseToHighDays);
  return laterOf(monthEnd(on), addDays(on, policy.riseToMediumDays));
}

function exists({ child, today }: CadenceView, from: LocalDate): boolean {
  return from <= today && (child.endsOn === null || from < child.endsOn);
}
