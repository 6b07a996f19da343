import { hasMorningCome, type PageSchedule } from '../domain/escalation/ladder.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { nextAllowedAt } from '../domain/reminding/quiet-hours.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';

/** The end of the quiet hours it is now for this reader; null where it is none of them. */
export function quietUntil(account: ChatAccountRow, at: Date): Date | null {
  const quiet = { fromMinutes: account.quietFromMinutes, untilMinutes: account.quietUntilMinutes };
  const until = nextAllowedAt(at, quiet);
  return until > at ? until : null;
}

/**
 * Whether a question that is asked again is left out for this reader: in the morning, at the first of the daily hours, it
 * is asked once more. The morning's own question is not left out: it waits for whoever sleeps longer.
 */
export function sleepsThrough(account: ChatAccountRow, at: Date, pages: PageSchedule): boolean {
  const until = quietUntil(account, at);
  if (until === null) return false;
  return !(hasMorningCome(at, pages) && shanghaiDate(until) === shanghaiDate(at));
}
