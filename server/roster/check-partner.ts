import type { LocalDate } from '../domain/local-date.ts';
import { isUnverified, type Partner } from '../domain/partners/partner.ts';
import { readDate } from './check-date.ts';
import { cleanCell, cleanCode, parsePhone } from './normalise.ts';
import { PARTNER_KIND_WORDS, type PartnerColumn } from './partner-columns.ts';
import type { Row } from './row.ts';

/** Short numbers (110, 12345, 96110) and 400 or 800 numbers, which no person has. */
const SERVICE_NUMBER = /^(1\d{2}|1\d{4}|9\d{4,5}|[48]00\d{7})$/u;

/** Reads one office; null where the row is refused. */
export function readPartner(
  row: Row<PartnerColumn>,
  areas: ReadonlySet<string>,
  today: LocalDate,
): Partner | null {
  const areaCode = row.text('areaCode');
  if (areaCode !== '' && !areas.has(areaCode)) row.note('areaCode', 'partner-area-unknown');
  const kind = PARTNER_KIND_WORDS.get(row.text('kind'));
  if (!kind && row.text('kind') !== '') row.note('kind', 'partner-kind-unknown');
  const phone = readNumber(row);
  const verifiedOn = readDate(row, 'verifiedOn');
  if (verifiedOn !== null && verifiedOn > today) row.note('verifiedOn', 'date-in-future');
  else if (verifiedOn !== null && isUnverified(verifiedOn, today))
    row.note('verifiedOn', 'verified-long-ago');
  const untilOn = readDate(row, 'untilOn');
  if (row.refused() || !kind || phone === null || verifiedOn === null) return null;
  const [name, source, address] = [row.text('name'), row.text('source'), row.text('address')];
  return { areaCode, kind, name, phone, address: address || null, verifiedOn, source, untilOn };
}

/** The number of the cell, the first one where it holds several. */
function readNumber(row: Row<PartnerColumn>): string | null {
  const parts = cleanCell(row.raw('phone'))
    .split(/[/、,;|]/u)
    .filter((part) => part.trim() !== '');
  if (parts.length === 0) return null; // already told as blank
  const numbers = parts.map((part) => parsePhone(part) ?? serviceNumber(part));
  if (numbers.includes(null)) row.note('phone', 'partner-phone-malformed');
  else if (numbers.length > 1) row.note('phone', 'phone-several');
  return numbers[0] ?? null;
}

function serviceNumber(part: string): string | null {
  const digits = cleanCode(part).replace(/-/gu, '');
  return SERVICE_NUMBER.test(digits) ? digits : null;
}
