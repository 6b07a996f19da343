import { type LocalDate, addDays, partsOf, weekdayOf } from '../local-date.ts';

/** Public holidays as a plain table, passed in from the edge. */
export interface HolidayTable {
  /** Years whose 放假安排 the State Council office has published. */
  readonly publishedYears: readonly number[];
  /** Days off by that notice, weekend days among them or not. */
  readonly daysOff: readonly LocalDate[];
  /** 调休: weekend days that are worked. */
  readonly daysWorked: readonly LocalDate[];
}

export interface WorkingDays {
  isWorkingDay(date: LocalDate): boolean;
  /** False: only weekends are known to be off, and the county desk is to be told. */
  isPublished(year: number): boolean;
}

/** Reads the table; in a year not yet published weekends are days off (our default). */
export function workingDaysOf(table: HolidayTable): WorkingDays {
  const published = new Set(table.publishedYears);
  const off = new Set(table.daysOff);
  const worked = new Set(table.daysWorked);
  return {
    isPublished: (year) => published.has(year),
    isWorkingDay: (date) => {
      const isWeekend = weekdayOf(date) >= 6;
      if (!published.has(partsOf(date).year)) return !isWeekend;
      return worked.has(date) || (!isWeekend && !off.has(date));
    },
  };
}

/** The day itself when it is worked, else the working day before, but never earlier than `earliest`. */
export function workingDayUpTo(days: WorkingDays, date: LocalDate, earliest: LocalDate): LocalDate {
  let day = date;
  while (day > earliest && !days.isWorkingDay(day)) day = addDays(day, -1);
  return day > earliest ? day : earliest;
}
