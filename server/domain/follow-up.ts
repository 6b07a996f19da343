import type { Stage } from './cadence/stages.ts';
import { addDays, daysBetween, type LocalDate } from './local-date.ts';

/**
 * 跟进: what somebody has to come back to on a day. Of a concern it is the look at how things are now; otherwise it is
 * 约定, what was promised to the family, in the words it was made.
 */
export interface FollowUp {
  readonly id: string;
  readonly childId: string;
  readonly kind: 'concern' | 'promise';
  readonly concernId: string | null;
  /** The record it was agreed in. */
  readonly contactId: string | null;
  /** What was promised; null for a concern, whose story stands nowhere but in its record. */
  readonly text: string | null;
  /** The last day on which it is in time. */
  readonly dueOn: LocalDate;
  readonly openedOn: LocalDate;
  /** Who wrote it down, and who answers for it. */
  readonly openedBy: string;
  readonly ownerId: string;
  readonly ownerRole: string | null;
  readonly rev: number;
}

/** A follow-up whose day has come, with the village of its child. */
export interface DueFollowUp extends FollowUp {
  readonly villageCode: string;
}

/** The one who reads, as far as it decides what may be read. */
export interface FollowUpReader {
  readonly personId: string | null;
  /** Whether this person supervises the township. */
  readonly supervises: boolean;
}

/**
 * Whether this person may read a follow-up of a child they answer for: a promise, always; a concern, only who wrote it
 * down, who answers for it, and the supervisors (our default: a neighbour who shares the village may be kin).
 */
export function mayRead(followUp: FollowUp, reader: FollowUpReader): boolean {
  if (followUp.kind === 'promise' || reader.supervises) return true;
  return followUp.openedBy === reader.personId || followUp.ownerId === reader.personId;
}

/**
 * Who has to see to it: its owner; where the owner left or no longer answers for the child, the directors who do. Empty
 * where nobody does: then it falls to whoever supervises, for what nobody owns would be lost.
 */
export function ownersOf(
  { ownerId, ownerRole }: FollowUp,
  directorIds: readonly string[],
): readonly string[] {
  const isOrphaned = ownerRole === null || (ownerRole === 'director' && !directorIds.includes(ownerId));
  return isOrphaned ? directorIds : [ownerId];
}

/** Whether this person, who may read it, has to see to it. */
export function isOwnedBy(f: FollowUp, reader: FollowUpReader, directorIds: readonly string[]): boolean {
  const owners = ownersOf(f, directorIds);
  return owners.length === 0 ? reader.supervises : owners.some((id) => id === reader.personId);
}

/** A follow-up is told on its day and 1, 3 and 7 days after it, then every week, like a duty (our default). */
const TOLD_AFTER_DAYS = [0, 1, 3, 7];
const WEEK = 7;

/** The last stage of a follow-up that came due in the days after `after` (null: since ever) up to `today`. */
export function followUpStage(dueOn: LocalDate, after: LocalDate | null, today: LocalDate): Stage | null {
  const late = daysBetween(dueOn, today);
  const days = late > WEEK ? late - (late % WEEK) : TOLD_AFTER_DAYS.findLast((d) => d <= late);
  if (days === undefined || (after !== null && addDays(dueOn, days) <= after)) return null;
  if (days === 0) return 'd0';
  return days > WEEK ? `overdueW${days / WEEK - 1}` : `overdue${days}`;
}
