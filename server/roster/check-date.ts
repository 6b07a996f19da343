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
