import { parseLocalDate, type LocalDate } from '../local-date.ts';

/** The first day of the lunar year (春节) by GB/T 33661-2017; a year not in the table is asked about. */
const NEW_YEARS: Readonly<Record<number, string>> = {
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
  2031: '2031-01-23',
  2032: '2032-02-11',
  2033: '2033-01-31',
  2034: '2034-02-19',
  2035: '2035-02-08',
  2036: '2036-01-28',
};

/** 春节 of a year; null beyond the table. */
export function lunarNewYear(year: number): LocalDate | null {
  return parseLocalDate(NEW_YEARS[year] ?? '');
}
