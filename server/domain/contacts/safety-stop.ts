import type { MemberChange } from './members-diff.ts';
import type { KnownMember } from './member.ts';

/**
 * When fewer people are seen than were known, either they left or the app may see less of the company. So many may go
 * within a day without anybody asking (our default).
 */
export const SAFETY_STOP = {
  version: 1,
  validFrom: '2026-11-29',
  /** In a small company two who leave are soon a tenth of it. */
  alwaysMayLeave: 2,
  withinMs: 86_400_000,
} as const;

/** Why nothing is done: so many of so many would be gone. */
export interface Held {
  readonly leaving: number;
  readonly known: number;
}

/**
 * Null where the changes may be made. Those who left within the last day count as leaving: an emptied department is told
 * one by one, and each alone would be few.
 * @param percent the share of the known people that may go
 */
export function safetyStop(
  known: readonly KnownMember[],
  changes: readonly MemberChange[],
  percent: number,
  now: Date,
): Held | null {
  const leaving = changes.filter(({ kind }) => kind === 'left').length;
  if (leaving === 0) return null;
  const since = now.getTime() - SAFETY_STOP.withinMs;
  const here = known.filter(({ state }) => state === 'here').length;
  const justLeft = known.filter(({ state, since: at }) => state === 'gone' && at.getTime() > since).length;
  const all = { leaving: leaving + justLeft, known: here + justLeft };
  const may = Math.max(SAFETY_STOP.alwaysMayLeave, Math.floor((all.known * percent) / 100));
  return all.leaving > may || leaving === here ? all : null;
}
