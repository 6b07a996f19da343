import type { LocalDate } from '../domain/local-date.ts';
import { parseRosterDate } from './normalise.ts';
import type { Row } from './row.ts';

/** The day in a cell; null where it is blank, or refused because no such day can be read. */
export function readDate<Key extends string>(row: Row<Key>, key: Key): LocalDate | null {
  if (row.text(key) === '') return null;
  const day = parseRosterDate(row.raw(key));
  if (day === null) row.note(key, 'date-unreadable');
  return day;
}

/** The age in whole years on a day; somebody born on 29 February turns older on 1 March of a common year. */
export function ageOn(bornOn: LocalDate, day: LocalDate): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}
