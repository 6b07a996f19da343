import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep } from '../platform/waiting.ts';
import { isBusy } from './commit.ts';
import type { Database, Provider } from './database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));
/** Any number will do, as long as it is always the same one. */
const ADVISORY_LOCK = 7_240_119;

/** Another process that migrates at the same time is waited for: so often, so long. */
const ATTEMPTS = 1_200;
const RETRY_MS = 25;

/** Prisma's own table, column by column. */
const LEDGER: Readonly<Record<Provider, string>> = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
    "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
  postgresql: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`,
};

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** A migration that was changed after it ran, or a database newer than this program. */
export class MigrationError extends Error {}

/**
 * Brings the database to the newest migration; each file and its ledger row in one batch. Keeps Prisma's own ledger,
 * so that `prisma migrate status` agrees. Several processes may do it at once: each migration runs in one of them.
 * Returns the names that were applied here.
 */
export async function migrate(database: Database, newId: () => string): Promise<readonly string[]> {
  const known = migrationsOf(database.provider);
  await patiently(() => runLocked(database, [LEDGER[database.provider]]));
  const applied: string[] = [];
  for (const migration of missingOf(known, await historyOf(database))) {
    if (await apply(database, migration, newId())) applied.push(migration.name);
  }
  refuseForeignHistory(known, await historyOf(database));
  return applied;
}

function historyOf({ client }: Database): Promise<Applied[]> {
  return client.$queryRawUnsafe<Applied[]>(
    'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
}

/** What is left to do; throws MigrationError before anything is done to a database with another history. */
function missingOf(known: readonly Migration[], done: readonly Applied[]): readonly Migration[] {
  refuseForeignHistory(known, done);
  return known.filter((m) => !done.some((d) => d.migration_name === m.name));
}

function migrationsOf(provider: Provider): Migration[] {
  const folder = join(MIGRATIONS, provider);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

function refuseForeignHistory(known: readonly Migration[], done: readonly Applied[]): void {
  for (const row of done) {
    const file = known.find((m) => m.name === row.migration_name);
    if (!file)
      throw new MigrationError(
        `the database knows a migration this program does not have: ${row.migration_name}`,
      );
    if (file.checksum !== row.checksum)
      throw new MigrationError(`migration ${file.name} was changed after it ran`);
  }
}

/**
 * One migration and its ledger row, or nothing. False where another process was faster: the first statement copies a
 * ledger row that is there already onto its own key, which both databases refuse.
 */
async function apply(database: Database, migration: Migration, id: string): Promise<boolean> {
  const { name, checksum, sql } = migration;
  const onlyOnce = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name)
    SELECT id, checksum, migration_name FROM "_prisma_migrations"
    WHERE migration_name = '${name}' AND finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const now = database.provider === 'sqlite' ? "strftime('%Y-%m-%dT%H:%M:%fZ','now')" : 'now()';
  const ledger = `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
    VALUES ('${id}', '${checksum}', ${now}, '${name}', ${now}, 1)`;
  try {
    await patiently(() => runLocked(database, [onlyOnce, ...statementsOf(sql), ledger]));
    return true;
  } catch (error) {
    if ((await historyOf(database)).some((row) => row.migration_name === name)) return false;
    throw error;
  }
}

function statementsOf(sql: string): readonly string[] {
  return sql
    .split(/;\s*\n/)
    .map((s) => s.trim())
    .filter((s) => s !== '');
}

/** All or nothing, one process at a time: SQLite has one writer anyway, PostgreSQL gets an advisory lock. */
async function runLocked({ client, provider }: Database, statements: readonly string[]): Promise<void> {
  const lock =
    provider === 'postgresql'
      ? [client.$queryRawUnsafe(`SELECT pg_advisory_xact_lock(${String(ADVISORY_LOCK)})::text`)]
      : [];
  await client.$transaction([...lock, ...statements.map((sql) => client.$executeRawUnsafe(sql))]);
}

/** Waits, without blocking, while another process holds the lock of a SQLite file. */
async function patiently(run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run();
      return;
    } catch (error) {
      if (!isBusy(error) || attempt >= ATTEMPTS) throw error;
      await sleep(RETRY_MS);
    }
  }
}
