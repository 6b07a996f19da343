import { daysBetween, partsOf, type LocalDate } from '../local-date.ts';
import type { BreakKind } from './school-break.ts';

/** A break outside these is a slip (our default): so many days, and a first day in one of these months. */
const SHORTEST_DAYS = 5;
const LONGEST_DAYS = 75;
const MONTHS: Readonly<Record<BreakKind, readonly number[]>> = { winter: [12, 1, 2], summer: [6, 7, 8] };

export type WrongBreak = 'backwards' | 'too-short' | 'too-long' | 'other-season';

/** So many days are free, both ends included. */
export function lengthOfBreak(startsOn: LocalDate, endsOn: LocalDate): number {
  return daysBetween(startsOn, endsOn) + 1;
}

/** Which break begins in this month; null where none does. */
export function breakBeginning(startsOn: LocalDate): BreakKind | null {
  const { month } = partsOf(startsOn);
  if (MONTHS.winter.includes(month)) return 'winter';
  return MONTHS.summer.includes(month) ? 'summer' : null;
}

/** Why these cannot be the days of such a break; null where they can. */
export function wrongBreak(kind: BreakKind, startsOn: LocalDate, endsOn: LocalDate): WrongBreak | null {
  if (endsOn < startsOn) return 'backwards';
  if (breakBeginning(startsOn) !== kind) return 'other-season';
  const days = lengthOfBreak(startsOn, endsOn);
  if (days < SHORTEST_DAYS) return 'too-short';
  return days > LONGEST_DAYS ? 'too-long' : null;
}
