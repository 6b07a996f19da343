import type { RecordContact } from './commands.ts';
import type { LocalDate } from './local-date.ts';

/** A record as it was filed: what the work log and the text for the national system are written from. */
export interface FiledEntry {
  readonly id: string;
  readonly childId: string;
  readonly childName: string;
  readonly mode: RecordContact['mode'];
  readonly takenOn: LocalDate;
  /** The day it was written down: what 今天 in its words means. */
  readonly filedOn: LocalDate;
  readonly childSeen: boolean | null;
  /** Who was met; null where nobody was (an attempt). */
  readonly met: readonly string[] | null;
  readonly note: string | null;
  readonly outcome: RecordContact['outcome'];
}

/** A promise that was made or kept in the time a log is about. */
export interface FiledPromise {
  readonly childId: string;
  readonly childName: string;
  readonly text: string;
  readonly dueOn: LocalDate;
  readonly state: 'open' | 'done';
}

/** What one person filed in some days, in the order it was filed. */
export interface FiledWork {
  readonly records: readonly FiledEntry[];
  readonly promises: readonly FiledPromise[];
}
