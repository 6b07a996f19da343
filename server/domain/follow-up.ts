import type { LocalDate } from './local-date.ts';

/**
 * 跟进: what somebody has to come back to on a day. Of a concern it is the look at how things are now; otherwise it is
 * 约定, what was promised to the family, in the words it was made.
 */
export interface FollowUp {
  readonly id: string;
  readonly childId: string;
  readonly kind: 'concern' | 'promise';
  readonly concernId: string | null;
  /** What was promised; null for a concern, whose story stands nowhere but in its record. */
  readonly text: string | null;
  /** The last day on which it is in time. */
  readonly dueOn: LocalDate;
  /** Who wrote it down, and who answers for it. */
  readonly openedBy: string;
  readonly ownerId: string;
  readonly rev: number;
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
