/** WeCom asks for nothing to be sent on the hour and the half hour, when everybody sends (document 90236). */
const MARK_MS = 30 * 60_000;
/** What can wait goes two to nine minutes after a mark (our default). */
const FIRST_MS = 2 * 60_000;
const SPREAD_SECONDS = 7 * 60;

/**
 * How long what can wait is kept back on such a platform; 0: it may go. One reader always has the same minute, so that
 * the morning's list comes at a habitual time and what is said to one person keeps its order.
 */
export function waitOffTheMark(now: Date, reader: string): number {
  const sinceMarkMs = now.getTime() % MARK_MS; // Shanghai is whole hours from the epoch
  const goesMs = FIRST_MS + (hashOf(reader) % SPREAD_SECONDS) * 1_000;
  return Math.max(0, goesMs - sinceMarkMs);
}

/** FNV-1a, 32 bits: spreads evenly, the same everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
