import { addDays, type LocalDate } from '../local-date.ts';
import type { Standing } from './duty.ts';

/** A try so near is waited for even where a visit is overdue (our default). */
const NEAR_TRY_DAYS = 7;

/**
 * Whether reminders wait for the day of the next try. A try that lies behind the day by which the child must be visited
 * silences nothing: domain rules §3 remind until it is done, and only the near future is quiet.
 */
export function waitsForTry(tryOn: LocalDate | null, { open, overdue }: Standing, today: LocalDate): boolean {
  if (tryOn === null || tryOn <= today) return false;
  if (tryOn <= addDays(today, NEAR_TRY_DAYS)) return true;
  return overdue.length === 0 && open.every(({ dueOn }) => dueOn >= tryOn);
}
