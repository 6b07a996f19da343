import { type LocalDate, addDays } from '../local-date.ts';
import type { PeriodMonths } from './policy.ts';

// Planning asks for the same few months a million times over, so they are spelled once.
const FIRST_YEAR = 1900;
const ZERO = '0'.charCodeAt(0);
const MONTHS = Array.from({ length: 300 * 12 }, (_, offset) => spell(FIRST_YEAR * 12 + offset));

/** Months since year 0, a plain number to step through periods with. */
export function monthIndexOf(date: LocalDate): number {
  return (twoDigits(date, 0) * 100 + twoDigits(date, 2)) * 12 + twoDigits(date, 5) - 1;
}

/** The first day of a month given by its index. */
export function startOfMonthIndex(index: number): LocalDate {
  return monthAt(index).start;
}

/** The last day of a period of `months` that starts with the month `index`. */
export function endOfPeriod(index: number, months: PeriodMonths): LocalDate {
  return monthAt(index + months - 1).end;
}

/** The first month of the calendar quarter that holds the month `index`. */
export function quarterIndexOf(index: number): number {
  return index - (index % 3);
}

/** Whether a period of `months` can start with the month `index`. */
export function startsPeriod(index: number, months: PeriodMonths): boolean {
  return index % months === 0;
}

/** The day after. */
export function dayAfter(date: LocalDate): LocalDate {
  const dayOfMonth = Number(date.slice(8));
  if (dayOfMonth < 28) return (date.slice(0, 8) + pad(dayOfMonth + 1)) as LocalDate;
  return addDays(date, 1);
}

/** Read where they stand: cutting a month out of its date makes two strings and forgets them. */
function twoDigits(date: LocalDate, at: number): number {
  return date.charCodeAt(at) * 10 + date.charCodeAt(at + 1) - 11 * ZERO;
}

interface Month {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

function monthAt(index: number): Month {
  return MONTHS[index - FIRST_YEAR * 12] ?? spell(index);
}

function spell(index: number): Month {
  const month = `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
  return { start: `${month}-01` as LocalDate, end: `${month}-${daysInMonth(index)}` as LocalDate };
}

function daysInMonth(index: number): number {
  const month = (index % 12) + 1;
  if (month === 2) return isLeap(Math.floor(index / 12)) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
