import type { OutboxRow } from '../store/generated/tables.ts';

/** Retries wait 5 s, 10 s, 20 s … up to ten minutes, on the real clock. */
const FIRST_RETRY_MS = 5_000;
export const LAST_RETRY_MS = 600_000;
/** After so many tries (about an hour) anything but a call for help is given up. */
const ATTEMPT_LIMIT = 12;

/**
 * Milliseconds of real time until the next try; null when the row is given up. An urgent row is never given up: where
 * the channel says that trying again is of no use, it goes on with the longest wait (our default).
 * @param attempts tries made so far, at least 1
 */
export function retryAfterMs(lane: OutboxRow['lane'], attempts: number, retryable: boolean): number | null {
  if (lane === 'urgent' && !retryable) return LAST_RETRY_MS;
  if (lane !== 'urgent' && (!retryable || attempts >= ATTEMPT_LIMIT)) return null;
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
}
