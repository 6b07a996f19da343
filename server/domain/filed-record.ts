import type { EncounterMode } from './cadence/child-facts.ts';
import type { ContactOutcome } from './commands.ts';
import type { LocalDate } from './local-date.ts';

/** How a record came to be replaced by a later one. Nothing is erased: the replaced one can still be read. */
export interface Replaced {
  readonly how: 'corrected' | 'withdrawn';
  /** The record that stands in its place. */
  readonly byId: string;
  /** In the words of whoever did it; null where it was taken back within minutes. */
  readonly reason: string | null;
  readonly by: string;
}

/** A stored visit or contact with its words, for the one who corrects it and for whoever reads the history. */
export interface FiledRecord {
  readonly id: string;
  readonly childId: string;
  readonly authorId: string;
  readonly author: string;
  readonly mode: EncounterMode;
  readonly takenOn: LocalDate;
  readonly childSeen: boolean | null;
  readonly met: readonly string[];
  /** A visit that met nobody. */
  readonly nobodyMet: boolean;
  readonly note: string | null;
  readonly outcome: ContactOutcome;
  /** Null while it holds. */
  readonly replaced: Replaced | null;
}
