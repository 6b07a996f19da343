import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations/sqlite/', import.meta.url));

interface Done {
  readonly migration_name: string;
  readonly checksum: string;
}

/** Whether this program can go on from where the backup's migrations stopped. */
export interface MigrationFindings {
  /** False where no migration of this service ever ran: some other database, or an empty file. */
  readonly ours: boolean;
  /** True where the program would migrate the backup at its next start. */
  readonly older: boolean;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Compares the backup's ledger with the migrations of this program. */
export function migrationFindings(db: Database): MigrationFindings {
  const done = ledgerOf(db);
  const known = knownChecksums();
  const pending = [...known.keys()].filter((name) => !done.some((row) => row.migration_name === name));
  const note = `旧版本的备份,启动时会自动升级 / an older backup, the next start brings it up to date: ${pending.join(', ')}`;
  return {
    ours: done.length > 0,
    older: pending.length > 0,
    problems: done.flatMap((row) => problemOf(row, known)),
    notes: pending.length > 0 ? [note] : [],
  };
}

function problemOf(row: Done, known: ReadonlyMap<string, string>): readonly string[] {
  const checksum = known.get(row.migration_name);
  if (checksum === undefined)
    return [`备份比程序新,请先升级程序 / the backup is newer than this program: ${row.migration_name}`];
  if (checksum !== row.checksum)
    return [`迁移内容不一样 / this migration has changed: ${row.migration_name}`];
  return [];
}

function ledgerOf(db: Database): readonly Done[] {
  const table = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'").get();
  if (table === undefined) return [];
  const sql = 'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL';
  return db.prepare<[], Done>(sql).all();
}

function knownChecksums(): ReadonlyMap<string, string> {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    folders.map(({ name }) => {
      const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
      return [name, createHash('sha256').update(sql).digest('hex')];
    }),
  );
}
