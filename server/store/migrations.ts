import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from './database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));
/** Any number will do, as long as it is always the same one. */
const ADVISORY_LOCK = 7_240_119;

const LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMP_TYPE,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMP_TYPE,
  "started_at" TIMESTAMP_TYPE NOT NULL DEFAULT CURRENT_TIMESTAMP, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** A migration that was changed after it ran, or a database newer than this program. */
export class MigrationError extends Error {}

/**
 * Brings the database to the newest migration; each file and its ledger row in one batch. Keeps Prisma's own ledger,
 * so that `prisma migrate status` agrees. Returns the names that were applied.
 */
export async function migrate(database: Database, newId: () => string): Promise<readonly string[]> {
  const { client, provider } = database;
  const timestampType = provider === 'sqlite' ? 'DATETIME' : 'TIMESTAMPTZ';
  await client.$executeRawUnsafe(LEDGER.replaceAll('TIMESTAMP_TYPE', timestampType));
  const known = migrationsOf(provider);
  const done = await client.$queryRawUnsafe<{ migration_name: string; checksum: string }[]>(
    'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL',
  );
  refuseForeignHistory(known, done);
  const missing = known.filter((m) => !done.some((d) => d.migration_name === m.name));
  for (const migration of missing) await apply(database, migration, newId());
  return missing.map((m) => m.name);
}

function migrationsOf(provider: string): Migration[] {
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

function refuseForeignHistory(
  known: readonly Migration[],
  done: readonly { migration_name: string; checksum: string }[],
): void {
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

async function apply(database: Database, migration: Migration, id: string): Promise<void> {
  const { client, provider } = database;
  const lock =
    provider === 'postgresql'
      ? [client.$queryRawUnsafe(`SELECT pg_advisory_xact_lock(${String(ADVISORY_LOCK)})::text`)]
      : [];
  const statements = migration.sql
    .split(/;\s*\n/)
    .map((s) => s.trim())
    .filter((s) => s !== '')
    .map((s) => client.$executeRawUnsafe(s));
  const now = provider === 'sqlite' ? "strftime('%Y-%m-%dT%H:%M:%fZ','now')" : 'now()';
  const ledger = client.$executeRawUnsafe(
    `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     VALUES ('${id}', '${migration.checksum}', ${now}, '${migration.name}', ${now}, 1)`,
  );
  await client.$transaction([...lock, ...statements, ledger]);
}
