import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shanghaiInstant, type LocalDate } from '../../../server/domain/local-date.ts';
import { uuidIds } from '../../../server/platform/ids.ts';
import { checkRoster, type CheckedRoster, type RosterFiles } from '../../../server/roster/check-roster.ts';
import type { RosterProblem } from '../../../server/roster/problems.ts';
import type { RosterStore } from '../../../server/roster/roster-store.ts';
import { writeRoster } from '../../../server/roster/write-roster.ts';
import { TABLES, type TableName } from '../../../server/store/generated/tables.ts';
import { rosterStoreOf } from '../../../server/store/roster.ts';
import { Sealing } from '../../../server/store/sealing.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { csvFile, sampleRows, type Rows } from './sample-roster.ts';

/** A store on SQLite in a folder of its own, which goes with it. */
export interface TestStore {
  readonly store: Store;
  close(): Promise<void>;
}

export async function emptyStore(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
  const key = (): string => randomBytes(32).toString('base64');
  const timers = { sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
  const sealing = new Sealing([key()], key());
  const store = await openStore(`file:${join(folder, 'hutong.db')}`, sealing, timers, newId);
  return {
    store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const newId = (): string => uuidIds.next();

export interface ImportResult {
  readonly checked: CheckedRoster;
  readonly problems: readonly RosterProblem[];
  readonly leftOut: number;
}

/** Checks and writes in one go, as the command does. */
export async function importInto(
  store: Store,
  files: RosterFiles,
  today: LocalDate,
  roster: RosterStore = rosterStoreOf(store),
): Promise<ImportResult> {
  const problems: RosterProblem[] = [];
  const watch = {
    problems: async (found: readonly RosterProblem[]) => {
      problems.push(...found);
    },
    checked: () => undefined,
    written: () => undefined,
  };
  const checked = await checkRoster(files, roster, today, watch);
  const writing = { store: roster, at: shanghaiInstant(today, 9 * 60), today, newId };
  return { checked, problems, leftOut: await writeRoster(files, checked, writing, watch) };
}

/** The sample tables, some of them replaced. */
export function sampleFiles(other: Partial<Record<keyof RosterFiles, Rows>> = {}): RosterFiles {
  return {
    areas: csvFile(other.areas ?? sampleRows('areas'), 'areas.csv'),
    staff: csvFile(other.staff ?? sampleRows('staff'), 'staff.csv'),
    children: csvFile(other.children ?? sampleRows('children'), 'children.csv'),
  };
}

/** A sample table with some cells of the row with this key (its first cell) changed. */
export function withCells(
  name: keyof RosterFiles,
  key: string,
  changes: Readonly<Record<string, string>>,
): string[][] {
  const [header = [], ...rows] = sampleRows(name);
  const change = (row: string[]): string[] => header.map((column, at) => changes[column] ?? row[at] ?? '');
  return [header, ...rows.map((row) => (row[0] === key ? change(row) : row))];
}

/** Every row of every table as it lies in the database, cipher texts included. */
export async function allRows(store: Store): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of Object.keys(TABLES) as TableName[])
    rows[table] = await store.client.$queryRawUnsafe<unknown[]>(`SELECT * FROM "${table}" ORDER BY 1`);
  return rows;
}

/** The child with this code, its personal columns readable. */
export async function childOf(store: Store, code: string) {
  const child = (await rosterStoreOf(store).children([code])).get(code);
  if (!child) throw new Error(`no child ${code}`);
  return child;
}
