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

const KNOWN_LIMIT = 20_000;

/** Reads the table; in a year not yet published weekends are days off (our default). */
export function workingDaysOf(table: HolidayTable): WorkingDays {
  const published = new Set(table.publishedYears);
  const off = new Set(table.daysOff);
  const worked = new Set(table.daysWorked);
  const look = (date: LocalDate): boolean => {
    const isWeekend = weekdayOf(date) >= 6;
    if (!published.has(partsOf(date).year)) return !isWeekend;
    return worked.has(date) || (!isWeekend && !off.has(date));
  };
  const known = new Map<LocalDate, boolean>(); // planning asks for the same few days a million times over
  return {
    isPublished: (year) => published.has(year),
    isWorkingDay: (date) => {
      const answer = known.get(date) ?? look(date);
      if (known.size < KNOWN_LIMIT) known.set(date, answer);
      return answer;
    },
  };
}

/** So many working days from this day on, itself among them. */
export function workingDaysAhead(days: WorkingDays, from: LocalDate, count: number): readonly LocalDate[] {
  const ahead: LocalDate[] = [];
  for (let day = from; ahead.length < count; day = addDays(day, 1))
    if (days.isWorkingDay(day)) ahead.push(day);
  return ahead;
}

/** The day itself when it is worked, else the working day before, but never earlier than `earliest`. */
export function workingDayUpTo(days: WorkingDays, date: LocalDate, earliest: LocalDate): LocalDate {
  let day = date;
  while (day > earliest && !days.isWorkingDay(day)) day = addDays(day, -1);
  return day > earliest ? day : earliest;
}
