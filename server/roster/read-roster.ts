import { checkParent, LEVEL_ORDER, readArea, type AreaLevels, type AreaRow } from './check-area.ts';
import { readStaffRow, type StaffRow } from './check-staff.ts';
import { AREA_COLUMNS, STAFF_COLUMNS, type AreaColumn, type StaffColumn } from './columns.ts';
import { severityOf, type RosterProblem, type RowCounts } from './problems.ts';
import { openTable } from './read-table.ts';
import type { RosterFile } from './roster-file.ts';
import { layOut, type Findings } from './row.ts';
import { breathe, mapInSlices } from './slices.ts';

/** A row that is taken, with its place in the file and whether something was said about it. */
export interface Taken<Value> {
  readonly row: number;
  readonly flagged: boolean;
  readonly value: Value;
}

export interface Checked<Value> {
  readonly rows: readonly Taken<Value>[];
  readonly problems: readonly RosterProblem[];
  readonly counts: RowCounts;
}

const ROWS_A_BREATH = 2_000;

interface Read<Key extends string, Value> {
  readonly row: Findings<Key>;
  readonly value: Value | null;
}

/**
 * Reads and checks the table of areas, in any order of rows; the rows come out from the province down.
 * @param known areas already stored, which may be parents of these
 * @throws RosterFileError where the file cannot be processed
 */
export async function readAreas(file: RosterFile, known: AreaLevels = new Map()): Promise<Checked<AreaRow>> {
  const table = await openTable(file, AREA_COLUMNS);
  const read: Read<AreaColumn, AreaRow>[] = [];
  const rowOfCode = new Map<string, number>();
  for await (const record of table.records) {
    const row = layOut(table, record, 'code');
    const area = readArea(row);
    if (area) noteTwice(row, 'code', area.code, rowOfCode, 'code-twice');
    read.push({ row: row.findings, value: area });
  }
  await refuseWithoutParent(read, known);
  const checked = await finish(read, table.problems);
  const rows = checked.rows.toSorted((a, b) => depth(a.value) - depth(b.value) || a.row - b.row);
  return { ...checked, rows };
}

const depth = (area: AreaRow): number => LEVEL_ORDER.indexOf(area.level);

// From the top down, so that a village falls with its refused township.
async function refuseWithoutParent(
  read: readonly Read<AreaColumn, AreaRow>[],
  known: AreaLevels,
): Promise<void> {
  const levels = new Map(known);
  for (const { row, value } of read) if (value && !row.refused()) levels.set(value.code, value.level);
  for (const level of LEVEL_ORDER) {
    for (const { row, value } of read) {
      if (value?.level !== level || row.refused()) continue;
      checkParent(row, value, levels);
      if (row.refused() && !known.has(value.code)) levels.delete(value.code);
    }
    await breathe();
  }
}

/** Which stored person already holds a WeCom account. */
export interface ExistingStaff {
  /** Staff number by account in lower case. */
  staffNumbersByAccount(accounts: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * Reads and checks the table of people.
 * @param areas the level of every known area, those just read and those already stored
 * @throws RosterFileError where the file cannot be processed
 */
export async function readStaff(
  file: RosterFile,
  areas: AreaLevels,
  existing: ExistingStaff,
): Promise<Checked<StaffRow>> {
  const table = await openTable(file, STAFF_COLUMNS);
  const read: Read<StaffColumn, StaffRow>[] = [];
  const rowOfNumber = new Map<string, number>();
  const rowOfAccount = new Map<string, number>();
  for await (const record of table.records) {
    const row = layOut(table, record, 'staffNumber');
    const person = readStaffRow(row, areas);
    if (person) {
      noteTwice(row, 'staffNumber', person.staffNumber.toUpperCase(), rowOfNumber, 'code-twice');
      const account = person.wecomAccount?.toLowerCase();
      if (account) noteTwice(row, 'wecomAccount', account, rowOfAccount, 'account-twice');
    }
    read.push({ row: row.findings, value: person });
  }
  await refuseKnownAccounts(read, existing);
  return finish(read, table.problems);
}

async function refuseKnownAccounts(
  read: readonly Read<StaffColumn, StaffRow>[],
  existing: ExistingStaff,
): Promise<void> {
  const accounts = read.flatMap(({ value }) => value?.wecomAccount?.toLowerCase() ?? []);
  const holders = await existing.staffNumbersByAccount(accounts);
  for (const { row, value } of read) {
    const holder = holders.get(value?.wecomAccount?.toLowerCase() ?? '');
    if (value && holder !== undefined && holder.toUpperCase() !== value.staffNumber.toUpperCase())
      row.note('wecomAccount', 'account-known');
  }
}

/** Refuses a row whose key an earlier taken row holds; otherwise the row holds it from now on. */
export function noteTwice<Key extends string>(
  row: Findings<Key>,
  column: Key,
  key: string,
  rowOfKey: Map<string, number>,
  code: 'code-twice' | 'account-twice' | 'identity-twice' | 'perhaps-twice' | 'partner-twice' | 'break-twice',
): void {
  const earlier = rowOfKey.get(key);
  if (earlier !== undefined) row.note(column, code, String(earlier));
  else if (!row.refused()) rowOfKey.set(key, row.row);
}

async function finish<Key extends string, Value>(
  read: readonly Read<Key, Value>[],
  tableProblems: readonly RosterProblem[],
): Promise<Checked<Value>> {
  const taken = await mapInSlices(read, ROWS_A_BREATH, ({ row, value }) => takenOf(row, value));
  return {
    rows: taken.flat(),
    problems: [...tableProblems, ...read.flatMap(({ row }) => row.problems)],
    counts: countsOf(read.map(({ row }) => row)),
  };
}

/** The row as taken, or nothing where it is refused. */
export function takenOf<Key extends string, Value>(row: Findings<Key>, value: Value | null): Taken<Value>[] {
  if (value === null || row.refused()) return [];
  return [{ row: row.row, flagged: row.problems.length > 0, value }];
}

/** What became of some rows. */
export function countsOf(rows: readonly Pick<Findings<string>, 'problems'>[]): RowCounts {
  let [accepted, flagged, refused] = [0, 0, 0];
  for (const { problems } of rows) {
    if (problems.length === 0) accepted += 1;
    else if (problems.some(({ code }) => severityOf(code) === 'refused')) refused += 1;
    else flagged += 1;
  }
  return { accepted, flagged, refused };
}
