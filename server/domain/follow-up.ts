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

/** When a follow-up is told. A dated setting; it travels in the list of the day, and so counts in days, not in minutes. */
interface FollowUpPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** Days after its day on which it is told, rising; 0 is the day itself. */
  readonly toldAfterDays: readonly number[];
  /** After the last of them, so often and for ever. */
  readonly thenEveryDays: number;
}

/** Like a duty of the plan. */
const FOLLOW_UP_POLICY: FollowUpPolicy = {
  id: 'follow-up',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  toldAfterDays: [0, 1, 3, 7],
  thenEveryDays: 7,
};

/** The last stage of a follow-up that came due in the days after `after` (null: since ever) up to `today`. */
export function followUpStage(
  dueOn: LocalDate,
  after: LocalDate | null,
  today: LocalDate,
  { toldAfterDays, thenEveryDays }: FollowUpPolicy = FOLLOW_UP_POLICY,
): Stage | null {
  const late = daysBetween(dueOn, today);
  const last = toldAfterDays.at(-1) ?? 0;
  const rounds = Math.max(0, Math.floor((late - last) / thenEveryDays));
  const days = rounds > 0 ? last + rounds * thenEveryDays : toldAfterDays.findLast((d) => d <= late);
  if (days === undefined || (after !== null && addDays(dueOn, days) <= after)) return null;
  if (days === 0) return 'd0';
  return rounds > 0 ? `overdueW${rounds}` : `overdue${days}`;
}
