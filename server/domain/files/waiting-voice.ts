import type { FileRef } from './file-ref.ts';

/** 待听: a voice message (or a family's photo) that nobody has listened to (or looked at) yet. */
export interface WaitingVoice {
  readonly file: FileRef;
  /** Kept with a record, or sent by a family. */
  readonly source: 'record' | 'family';
  /** The child of the record; null where nobody has said. */
  readonly childId: string | null;
  readonly from: 'worker' | 'guardian' | 'carer' | 'unknown';
  readonly senderId: string | null;
  /** Who of a family sent it, and the number to call; null where nobody knows. */
  readonly sender: { readonly name: string; readonly phone: string | null } | null;
  /** Who must not hear it, because its sender keeps them from a report. */
  readonly keptFrom: readonly string[];
  /** An instant, ISO 8601. */
  readonly receivedAt: string;
}
