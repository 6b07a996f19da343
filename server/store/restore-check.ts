import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { TABLES, type Rows, type TableName } from './generated/tables.ts';
import { migrationFindings } from './migration-check.ts';
import type { Sealing } from './sealing.ts';

/** What is known of one table of a backup. `opened`: null where the table holds nothing encrypted. */
export interface TableFinding {
  readonly table: TableName;
  readonly rows: number;
  readonly opened: boolean | null;
}

/** Whether a backup can be restored: it can when there is no problem. Notes are worth knowing and no obstacle. */
export interface RestoreReport {
  readonly tables: readonly TableFinding[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Looks into a copy of the backup, never into the file itself: whole, all tables there, migrations known, and the
 * encrypted rows open with these keys. What is wrong is returned; nothing is thrown for a bad file.
 */
export function checkBackup(file: string, sealing: Sealing | null): RestoreReport {
  if (!existsSync(file) || !statSync(file).isFile())
    return failed(`没有这个文件 / there is no such file: ${file}`);
  const folder = mkdtempSync(join(tmpdir(), 'restore-check-'));
  try {
    const copy = join(folder, 'copy.db');
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    return inspect(copy, sealing);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    return failed(`文件不完整,或者不是数据库 / the file is incomplete or no database (${error.code})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failed(problem: string): RestoreReport {
  return { tables: [], problems: [problem], notes: [] };
}

function inspect(copy: string, sealing: Sealing | null): RestoreReport {
  const db = new Sqlite(copy, { readonly: true, fileMustExist: true });
  try {
    const broken = db.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all();
    if (broken.join() !== 'ok')
      return failed(`数据库有损坏 / the database is damaged: ${broken.length} finding(s)`);
    const migrations = migrationFindings(db);
    if (!migrations.ours) return failed('这不是护童的数据库 / this is no database of this service');
    const missing = missingParts(db);
    const tables = tableNames()
      .filter((table) => !missing.some((part) => part.split('.')[0] === table))
      .map((table) => inspectTable(db, table, sealing));
    const lacks = missing.map((part) => `少了 / missing: ${part}`);
    return {
      tables,
      problems: [
        ...migrations.problems,
        ...(migrations.older ? [] : lacks), // the next start brings an older backup up to date
        ...lockedSentences(tables, sealing),
      ],
      notes: migrations.notes,
    };
  } finally {
    db.close();
  }
}

function tableNames(): readonly TableName[] {
  return Object.keys(TABLES) as TableName[];
}

/** Tables, and columns as `Table.column`, that this program needs and the backup does not have. */
function missingParts(db: Sqlite.Database): readonly string[] {
  return tableNames().flatMap((table) => {
    const there = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
    if (there.length === 0) return [table];
    return TABLES[table].filter((column) => !there.includes(column.name)).map((c) => `${table}.${c.name}`);
  });
}

function inspectTable(db: Sqlite.Database, table: TableName, sealing: Sealing | null): TableFinding {
  const rows = db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
  const samples = sealedSamples(db, table);
  if (samples.length === 0) return { table, rows, opened: null };
  return { table, rows, opened: samples.every((row) => opens(sealing, table, row)) };
}

/** One row of each key that ever wrote an encrypted column: after a rotation the old keys are needed as well. */
function sealedSamples(db: Sqlite.Database, table: TableName): readonly Rows[TableName][] {
  return TABLES[table]
    .filter((column) => column.encrypted)
    .flatMap(({ name }) => {
      const keyId = `substr("${name}", 1, instr("${name}", '.'))`;
      const sql = `SELECT * FROM "${table}" WHERE "${name}" <> '' GROUP BY ${keyId}`;
      return db.prepare<[], Rows[TableName]>(sql).all();
    });
}

function opens(sealing: Sealing | null, table: TableName, row: Rows[TableName]): boolean {
  if (sealing === null) return false;
  try {
    sealing.openRow(table, row);
    return true;
  } catch {
    return false;
  }
}

function lockedSentences(tables: readonly TableFinding[], sealing: Sealing | null): readonly string[] {
  const locked = tables.filter((finding) => finding.opened === false).map((finding) => finding.table);
  if (locked.length === 0) return [];
  if (sealing === null) return ['这里没有钥匙,个人信息打不开 / there are no keys here to open personal data'];
  return [`这里的钥匙打不开 / the keys here do not open: ${locked.join(', ')}`];
}
