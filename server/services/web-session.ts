import type { WebSessionRow } from '../store/generated/tables.ts';
import { insert, update, type Batch, type Write } from './batch.ts';

/** So long after the log-in a session ends, used or not: a working day and its evening (our default). */
export const SESSION_MS = 12 * 3_600_000;

/** Begins a session, and ends the one this browser had. */
export function beginSession(
  tokenIndex: string,
  workerId: string,
  now: Date,
  former: WebSessionRow | null,
): Batch {
  const endsAt = new Date(now.getTime() + SESSION_MS).toISOString();
  const row: WebSessionRow = { tokenIndex, workerId, startedAt: now.toISOString(), endsAt };
  return { guards: [], writes: [...endWrites(former, now), insert('WebSession', row)] };
}

export function endSession(session: WebSessionRow | null, now: Date): Batch {
  return { guards: [], writes: endWrites(session, now) };
}

export function isLive({ endsAt }: WebSessionRow, now: Date): boolean {
  return Date.parse(endsAt) > now.getTime();
}

function endWrites(session: WebSessionRow | null, now: Date): readonly Write[] {
  if (session === null) return [];
  return [update('WebSession', session.tokenIndex, { endsAt: now.toISOString() })];
}
