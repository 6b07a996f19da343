import type { LocalDate } from '../domain/local-date.ts';
import type { WorkerRow } from '../store/generated/tables.ts';
import type { AreaRow } from './check-area.ts';
import type { StaffRow } from './check-staff.ts';
import type { AreaLevel } from './choices.ts';
import { findGaps } from './gaps.ts';
import { addCounts, NO_ROWS, type RosterProblem, type RowCounts } from './problems.ts';
import { readChildren, type ExistingChildren } from './read-children.ts';
import { readAreas, readStaff, type Checked, type ExistingStaff } from './read-roster.ts';
import type { FileSummary } from './report.ts';
import type { RosterFile } from './roster-file.ts';
import type { RosterStore } from './roster-store.ts';

export interface RosterFiles {
  readonly areas: RosterFile;
  readonly staff: RosterFile;
  readonly children: RosterFile;
}

/** What checking needs of the store. */
export type StoredRoster = Pick<RosterStore, 'areas' | 'workers' | 'openTerms'> &
  ExistingStaff &
  ExistingChildren;

/** Who is told what is found and how far the work has come. */
export interface ImportWatch {
  problems(found: readonly RosterProblem[]): Promise<void>;
  checked(children: number): void;
  written(children: number, ofChildren: number): void;
}

/** All three files, looked at to their last row. */
export interface CheckedRoster {
  readonly areas: Checked<AreaRow>;
  readonly staff: Checked<StaffRow>;
  readonly villages: ReadonlySet<string>;
  /** The row numbers of the children that are to be written: the second reading takes no others. */
  readonly childRows: ReadonlySet<number>;
  readonly summaries: readonly FileSummary[];
}

const nothing = <Value>(): Promise<ReadonlyMap<string, Value>> => Promise.resolve(new Map());

/** An empty store: before the first import, and in place of a demo that is about to be erased. */
export const NOTHING_STORED: StoredRoster = {
  areas: () => Promise.resolve([]),
  workers: () => Promise.resolve([]),
  openTerms: () => Promise.resolve({ assignments: [], duties: [] }),
  staffNumbersByAccount: nothing,
  codesByIdentityNumber: nothing,
  identityNumbersByCode: nothing,
  confirmedTiersByCode: nothing,
};

/**
 * Reads all three files to their end without writing anything: a file that breaks off in the middle is known before
 * the first row is written.
 * @throws RosterFileError where a file cannot be processed
 */
export async function checkRoster(
  files: RosterFiles,
  stored: StoredRoster,
  today: LocalDate,
  watch: ImportWatch,
): Promise<CheckedRoster> {
  const storedAreas = await stored.areas();
  const levels = new Map<string, AreaLevel>(storedAreas.map(({ code, kind }) => [code, kind]));
  const areas = await readAreas(files.areas, levels);
  await watch.problems(areas.problems);
  for (const { value } of areas.rows) levels.set(value.code, value.level);
  const staff = await readStaff(files.staff, levels, stored);
  await watch.problems(staff.problems);
  const rows = staff.rows.map(({ value }) => value);
  await watch.problems(await missingPeople(stored, rows, levels, files.staff.label, today));
  const villages = new Set([...levels].flatMap(([code, level]) => (level === 'village' ? [code] : [])));
  const children = await checkChildren(files.children, { today, villages, existing: stored }, watch);
  const summaries = [
    { file: files.areas.label, counts: areas.counts },
    { file: files.staff.label, counts: staff.counts },
    { file: files.children.label, counts: children.counts },
  ];
  return { areas, staff, villages, childRows: children.rows, summaries };
}

/** How many rows of all files would be stored. */
export function takenRows({ summaries }: CheckedRoster): number {
  return summaries.reduce((sum, { counts }) => sum + counts.accepted + counts.flagged, 0);
}

async function checkChildren(
  file: RosterFile,
  context: Parameters<typeof readChildren>[1],
  watch: ImportWatch,
): Promise<{ readonly rows: ReadonlySet<number>; readonly counts: RowCounts }> {
  const rows = new Set<number>();
  let counts = NO_ROWS;
  for await (const chunk of readChildren(file, context)) {
    for (const { row } of chunk.rows) rows.add(row);
    counts = addCounts(counts, chunk.counts);
    await watch.problems(chunk.problems);
    watch.checked(counts.accepted + counts.flagged + counts.refused);
  }
  return { rows, counts };
}

/** Stored people whom the file does not name, and areas where nobody would be reached. */
async function missingPeople(
  stored: StoredRoster,
  rows: readonly StaffRow[],
  levels: ReadonlyMap<string, AreaLevel>,
  label: string,
  today: LocalDate,
): Promise<RosterProblem[]> {
  const inFile = new Set(rows.map((row) => row.staffNumber.toUpperCase()));
  const workers = (await stored.workers()).filter(({ state }) => state === 'active');
  const missing = workers.filter(({ code }) => !inFile.has(code.toUpperCase()));
  const kept = await servedBy(stored, missing, today);
  const areas = [...levels].map(([code, level]) => ({ code, level }));
  return [
    ...missing.map(({ code }) => ({
      file: label,
      row: null,
      id: code,
      column: '',
      code: 'person-missing' as const,
      detail: '',
    })),
    ...findGaps(areas, [...rows, ...kept], label),
  ];
}

async function servedBy(
  stored: StoredRoster,
  workers: readonly WorkerRow[],
  today: LocalDate,
): Promise<Pick<StaffRow, 'role' | 'areaCodes'>[]> {
  const { assignments, duties } = await stored.openTerms(today);
  const villagesOf = new Map<string, string[]>();
  for (const { workerId, villageCode } of assignments)
    villagesOf.set(workerId, [...(villagesOf.get(workerId) ?? []), villageCode]);
  const own = workers.map(({ id, role, areaCode }) => ({
    role,
    areaCodes: role === 'director' ? (villagesOf.get(id) ?? []) : [areaCode],
  }));
  const known = new Set(workers.map(({ id }) => id));
  const further = duties.filter(({ workerId }) => known.has(workerId));
  return [...own, ...further.map(({ role, areaCode }) => ({ role, areaCodes: [areaCode] }))];
}
