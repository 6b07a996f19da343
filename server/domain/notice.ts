/** A notice is short: so many bytes go in one message of every platform, with the line above them (our default). */
const MOST_BYTES = 1_500;
/** It can be taken back for a day, as long as WeCom lets a message be taken back (document 94867). */
const RECALL_MS = 24 * 3_600_000;

/** What a desk or a supervisor may know before they send one. */
export interface NoticeDesk {
  /** So many directors of their area can be reached. */
  readonly receivers: number;
  /** Their newest notice that was not taken back; null where there is none. */
  readonly latest: { readonly id: string; readonly at: string } | null;
}

/** Whether so many words are too many. */
export function isTooLong(text: string): boolean {
  return new TextEncoder().encode(text).length > MOST_BYTES;
}

/** Whether a notice of then may still be taken back. */
export function mayBeRecalled(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) <= RECALL_MS;
}

/** What became of taking a notice back, in receivers. */
export interface RecallCount {
  /** It had not gone to them yet, and does not any more. */
  readonly unsent: number;
  /** It was taken back from their chat; they may have read it before. */
  readonly recalled: number;
  /** It stands in their chat. */
  readonly left: number;
}
