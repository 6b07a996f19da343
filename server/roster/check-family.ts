import { addDays, type LocalDate } from '../domain/local-date.ts';
import { readDate } from './check-date.ts';
import { noteName } from './check-name.ts';
import { readPhone } from './check-phone.ts';
import type { ChildColumn } from './columns.ts';
import { cleanName } from './normalise.ts';
import type { Row } from './row.ts';

/** Our default: an agreement that ended more than a year ago is a mistake in the table, not a family to call. */
const LONG_PAST_DAYS = 365;

export interface GuardianRow {
  /** Where the table has none: the relation, or 监护人. */
  readonly name: string;
  readonly relation: string | null;
  readonly phone: string | null;
  readonly workplace: string | null;
  readonly awaySince: LocalDate | null;
}

export interface CarerRow {
  /** Where the table has none: the relation, or 照护人. */
  readonly name: string;
  readonly relation: string | null;
  readonly phone: string | null;
  readonly careFrom: LocalDate | null;
  readonly careUntil: LocalDate | null;
}

/** The guardian in law; null where the table names none. */
export function readGuardian(row: Row<ChildColumn>, today: LocalDate): GuardianRow | null {
  noteName(row, 'guardianName');
  const relation = row.text('guardianRelation') || null;
  const phone = readPhone(row, 'guardianPhone');
  const awaySince = readDate(row, 'guardianAwaySince');
  if (awaySince !== null && awaySince > today) row.note('guardianAwaySince', 'away-in-future');
  const named = cleanName(row.raw('guardianName'));
  if (named === '' && row.text('guardianPhone') === '') {
    row.note('guardianName', 'guardian-blank');
    return null;
  }
  if (named === '') row.note('guardianName', 'adult-name-blank');
  if (row.text('guardianPhone') === '') row.note('guardianPhone', 'phone-blank');
  return {
    name: nameOr(named, relation ?? '监护人'),
    relation,
    phone,
    workplace: row.text('guardianWorkplace') || null,
    awaySince,
  };
}

/** The carer under a delegated care agreement; null where there is none. */
export function readCarer(row: Row<ChildColumn>, today: LocalDate): CarerRow | null {
  noteName(row, 'carerName');
  const relation = row.text('carerRelation') || null;
  const phone = readPhone(row, 'carerPhone');
  const { careFrom, careUntil } = readTerm(row, today);
  const named = cleanName(row.raw('carerName'));
  if (named === '' && row.text('carerPhone') === '') {
    if (careFrom || careUntil) row.note('carerName', 'care-without-carer');
    return null;
  }
  if (named === '') row.note('carerName', 'adult-name-blank');
  if (row.text('carerPhone') === '') row.note('carerPhone', 'phone-blank');
  return { name: nameOr(named, relation ?? '照护人'), relation, phone, careFrom, careUntil };
}

function readTerm(row: Row<ChildColumn>, today: LocalDate): Pick<CarerRow, 'careFrom' | 'careUntil'> {
  const careFrom = readDate(row, 'careFrom');
  const careUntil = readDate(row, 'careUntil');
  if (careUntil !== null) {
    if (careFrom !== null && careUntil < careFrom) row.note('careUntil', 'care-ends-before-start');
    else if (careUntil < addDays(today, -LONG_PAST_DAYS)) row.note('careUntil', 'care-ended-long-ago');
    else if (careUntil < today) row.note('careUntil', 'care-ended');
  }
  return { careFrom, careUntil };
}

const nameOr = (name: string, substitute: string): string => (name === '' ? substitute : name);
