import type { RiskTier } from '../cadence/child-facts.ts';
import type { DutyKind } from '../cadence/duty.ts';
import { type Stage, isOverdueStage } from '../cadence/stages.ts';
import { type LocalDate, daysBetween } from '../local-date.ts';

/** How much a person may be sent: a bot that is muted protects nobody. Dated and versioned like every setting. */
export interface LoadPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  readonly directorDigestsPerMonth: number;
  readonly supervisorMessagesPerMonth: number;
  readonly guardianMessagesPerMonth: number;
  /** Above so many due children the digest proposes a week's route by hamlet. */
  readonly routeAboveDueChildren: number;
  /** A first visit or a visit after a rise is urgent when due within so many days. */
  readonly urgentWithinDays: number;
}

export const DEFAULT_LOAD_POLICY: LoadPolicy = {
  id: 'load',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  directorDigestsPerMonth: 5,
  supervisorMessagesPerMonth: 20,
  guardianMessagesPerMonth: 6,
  routeAboveDueChildren: 10,
  urgentWithinDays: 3,
};

/** One thing that waits to be said in a digest. */
export interface DigestItem {
  readonly stage: Stage;
  readonly tier: RiskTier;
  readonly kind: DutyKind | 'follow-up';
  readonly dueOn: LocalDate;
}

export interface DigestQuestion {
  readonly today: LocalDate;
  /** Everything not said yet: today's stages, merged ones too (a due day stays urgent), and those that waited. */
  readonly items: readonly DigestItem[];
  /** Digests this person has had in the month of `today`. */
  readonly sentThisMonth: number;
  /** Days still to come this month with a stage before a due day (`upcomingStageDays`). */
  readonly upcomingStageDays: readonly LocalDate[];
  /** Digests a month, `directorDigestsPerMonth` or `supervisorMessagesPerMonth`. */
  readonly budget: number;
  readonly urgentWithinDays: number;
}

/**
 * Whether today's digest goes out. The due day, the first overdue day, anything overdue of a HIGH child and a first or
 * tier-rise visit due soon always go; the rest goes while the month's budget still holds a digest for every stage day to
 * come, and otherwise rides along with the next digest (our default).
 */
export function digestDecision(question: DigestQuestion): 'send' | 'wait' {
  const { today, items, sentThisMonth, upcomingStageDays, budget, urgentWithinDays } = question;
  if (items.length === 0) return 'wait';
  if (items.some((item) => isCritical(item, today, urgentWithinDays))) return 'send';
  const reserved = upcomingStageDays.filter((day) => day > today).length;
  return sentThisMonth + 1 + reserved <= budget ? 'send' : 'wait';
}

/** Whether an item may never wait. */
export function isCritical(item: DigestItem, today: LocalDate, urgentWithinDays: number): boolean {
  const { stage, tier, kind, dueOn } = item;
  if (stage === 'd0' || stage === 'overdue1') return true;
  if (tier === 'high' && isOverdueStage(stage)) return true;
  const dueSoon = daysBetween(today, dueOn) <= urgentWithinDays;
  return dueSoon && (kind === 'first-visit' || kind === 'tier-rise-visit');
}
