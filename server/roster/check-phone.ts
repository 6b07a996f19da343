import { parsePhones } from './normalise.ts';
import type { Row } from './row.ts';

/** The number of a cell, the first one where it holds several; null where it is blank or refused. */
export function readPhone<Key extends string>(row: Row<Key>, key: Key): string | null {
  const { phones, allGood } = parsePhones(row.raw(key));
  if (!allGood) row.note(key, 'phone-malformed');
  else if (phones.length > 1) row.note(key, 'phone-several');
  return phones[0] ?? null;
}
