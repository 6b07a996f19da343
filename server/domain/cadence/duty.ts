import type { LocalDate } from '../local-date.ts';
import type { RiskTier } from './child-facts.ts';

/**
 * visit, contact: of a month or quarter. first-visit: of a newly registered child. tier-rise-visit: after a rise.
 * talk: with a child a visit did not meet. return-visit: after 不在村. home-visit: a boarder's, once a quarter.
 * gap-visit: only where a county limits the days between two visits.
 */
export const DUTY_KINDS = [
  'first-visit',
  'tier-rise-visit',
  'return-visit',
  'gap-visit',
  'visit',
  'home-visit',
  'contact',
  'talk',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/**
 * open: may still be answered in time. answered: by an encounter within it. missed: closed without one, for ever.
 * deferred: 顺延 because the child was away, counted apart.
 */
export type DutyStatus = 'open' | 'answered' | 'missed' | 'deferred';

/** One thing owed to one child. */
export interface Duty {
  /** `duty:{childId}:{kind}:{periodStart}`: the same duty has the same key however often it is computed. */
  readonly key: string;
  readonly childId: string;
  readonly kind: DutyKind;
  /** First day of the calendar period, or the day that gave rise to the duty. */
  readonly periodStart: LocalDate;
  /** The day from which it is owed: `periodStart`, but never before `dutiesFrom`. */
  readonly from: LocalDate;
  /** The last day on which it can be answered in time. */
  readonly dueOn: LocalDate;
  /** The tier whose rules decide what counts. */
  readonly tier: RiskTier;
  readonly status: DutyStatus;
  /** The day of the first counting encounter; null unless answered. */
  readonly answeredOn: LocalDate | null;
  /** `{policy id}@{version}` of the care policy that set it. */
  readonly policyVersion: string;
}

/** A missed duty that no later counting encounter has ended yet: the earliest of its kind. */
export interface Overdue {
  readonly kind: DutyKind;
  /** The day after the duty closed. */
  readonly since: LocalDate;
  readonly duty: Duty;
}

/** What a child is owed on a day. */
export interface Standing {
  /** Unanswered duties whose window holds today, by due day. */
  readonly open: readonly Duty[];
  /** At most one of each kind, by `since`. */
  readonly overdue: readonly Overdue[];
}

/** The stable name of a duty; running a plan twice therefore creates nothing. */
export function dutyKey(childId: string, kind: DutyKind, periodStart: LocalDate): string {
  return `duty:${childId}:${kind}:${periodStart}`;
}

const KIND_ORDER: Readonly<Record<DutyKind, number>> = Object.fromEntries(
  DUTY_KINDS.map((kind, index) => [kind, index]),
) as Record<DutyKind, number>;

/** Order of duties everywhere: by due day, then period, then kind. */
export function compareDuties(a: Duty, b: Duty): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  if (a.periodStart !== b.periodStart) return a.periodStart < b.periodStart ? -1 : 1;
  return KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
}
