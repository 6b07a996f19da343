import chineseDays from 'chinese-days';
import type { HolidayTable } from '../domain/calendar/working-days.ts';
import { type LocalDate, addDays, localDate, partsOf, weekdayOf } from '../domain/local-date.ts';

const FIRST_PUBLISHED_YEAR = 2004; // the oldest year the library carries

/**
 * The public holidays that `chinese-days` knows, from 2004 to `untilYear`. The library has no word for a year that is not
 * yet published: it answers as if only weekends were off. A year counts as published when its National Day is named.
 */
export function readHolidayTable(untilYear: number): HolidayTable {
  const publishedYears: number[] = [];
  const daysOff: LocalDate[] = [];
  const daysWorked: LocalDate[] = [];
  for (let year = FIRST_PUBLISHED_YEAR; year <= untilYear; year += 1) {
    if (!isNamed(`${year}-10-01` as LocalDate)) continue;
    publishedYears.push(year);
    for (const date of daysOfYear(year)) {
      if (weekdayOf(date) <= 5 && !isWorked(date)) daysOff.push(date);
      if (weekdayOf(date) >= 6 && isWorked(date)) daysWorked.push(date);
    }
  }
  return { publishedYears, daysOff, daysWorked };
}

function isNamed(date: LocalDate): boolean {
  return chineseDays.getDayDetail(noonHere(date)).name.includes(','); // "National Day,国庆节,3", else a weekday's name
}

function isWorked(date: LocalDate): boolean {
  return chineseDays.isWorkday(noonHere(date));
}

/** The library reads a date in the machine's own time zone, and text as UTC: only local noon is safe in every zone. */
function noonHere(date: LocalDate): Date {
  const { year, month, day } = partsOf(date);
  return new Date(year, month - 1, day, 12);
}

function daysOfYear(year: number): readonly LocalDate[] {
  const first = localDate(year, 1, 1);
  const days: LocalDate[] = [];
  for (let day = first; day && partsOf(day).year === year; day = addDays(day, 1)) days.push(day);
  return days;
}
