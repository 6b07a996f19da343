import type { AreaLevels } from './check-area.ts';
import { noteName } from './check-name.ts';
import { noteCode } from './check-code.ts';
import { readPhone } from './check-phone.ts';
import { LEVEL_OF_ROLE, STAFF_ROLES, type StaffRole } from './choices.ts';
import type { StaffColumn } from './columns.ts';
import { cleanName, splitList } from './normalise.ts';
import type { Row } from './row.ts';

export interface StaffRow {
  readonly staffNumber: string;
  readonly name: string;
  readonly role: StaffRole;
  /** One or several areas of the level the role works on; never empty. */
  readonly areaCodes: readonly string[];
  readonly phone: string | null;
  readonly wecomAccount: string | null;
}

/** Reads one person; null where the row is refused. */
export function readStaffRow(row: Row<StaffColumn>, areas: AreaLevels): StaffRow | null {
  if (row.refused()) return null;
  noteCode(row, 'staffNumber');
  noteName(row, 'name');
  const role = STAFF_ROLES.get(row.text('role'));
  if (!role) row.note('role', 'role-unknown');
  const areaCodes = readAreaCodes(row, role, areas);
  const phone = readPhone(row, 'phone');
  if (phone === null) row.note('phone', 'phone-blank');
  const wecomAccount = readAccount(row);
  if (row.refused() || !role) return null;
  const staffNumber = row.text('staffNumber');
  return { staffNumber, name: cleanName(row.raw('name')), role, areaCodes, phone, wecomAccount };
}

function readAreaCodes(
  row: Row<StaffColumn>,
  role: StaffRole | undefined,
  areas: AreaLevels,
): readonly string[] {
  const codes = [...new Set(splitList(row.text('areaCodes')))];
  if (codes.some((code) => !areas.has(code))) row.note('areaCodes', 'area-unknown');
  else if (role && codes.some((code) => areas.get(code) !== LEVEL_OF_ROLE[role]))
    row.note('areaCodes', 'role-area-differs');
  else if (codes.length > 1 && (role === 'city-desk' || role === 'province-desk'))
    row.note('areaCodes', 'areas-several');
  return codes;
}

// WeCom: 1 to 64 bytes of letters, digits and . _ - @, the first one a letter or digit
function readAccount(row: Row<StaffColumn>): string | null {
  const account = row.text('wecomAccount');
  if (account === '') {
    row.note('wecomAccount', 'account-blank');
    return null;
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/u.test(account)) row.note('wecomAccount', 'account-malformed');
  return account;
}
