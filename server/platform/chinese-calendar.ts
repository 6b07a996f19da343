// The library's functions shift every date by a day on machines west of Greenwich, so its published table is read instead.
import table from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { z } from 'zod';
import type { HolidayTable } from '../domain/calendar/working-days.ts';
import { type LocalDate, parseLocalDate, partsOf } from '../domain/local-date.ts';

const publishedTable = z.object({
  holidays: z.record(z.string(), z.string()),
  workdays: z.record(z.string(), z.string()),
});

/**
 * The public holidays that the installed `chinese-days` knows. The library has no word for a year that is not yet
 * published: it answers as if only weekends were off. A year counts as published when it names its National Day;
 * a New Year's holiday alone may belong to the notice of the year before. Years after `untilYear` are left out.
 */
export function readHolidayTable(untilYear = Infinity): HolidayTable {
  const { holidays, workdays } = publishedTable.parse(table);
  const daysOff = datesOf(holidays);
  const nationalDays = daysOff.filter((date) => date.endsWith('-10-01'));
  const publishedYears = nationalDays.map((date) => partsOf(date).year).filter((year) => year <= untilYear);
  return { publishedYears, daysOff, daysWorked: datesOf(workdays) };
}

function datesOf(days: Readonly<Record<string, string>>): readonly LocalDate[] {
  return Object.keys(days)
    .map(parseLocalDate)
    .filter((date) => date !== null)
    .sort();
}
