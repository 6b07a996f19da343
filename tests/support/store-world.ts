import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidIds } from '../../server/platform/ids.ts';
import { sleep } from '../../server/platform/waiting.ts';
import type { Write } from '../../server/services/batch.ts';
import type { TableName } from '../../server/store/generated/tables.ts';
import { Sealing } from '../../server/store/sealing.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import type { LaneTimers } from '../../server/store/write-lane.ts';
import { startPostgres, type Postgres } from './postgres.ts';

/** Where the store's tests get databases from. */
export interface StoreWorld {
  readonly provider: 'sqlite' | 'postgresql';
  /** The address of a new, empty database. */
  newDatabase(): Promise<string>;
  /** The address of a new database with all tables and no row: the first one is migrated, all others are its copies. */
  newMigrated(): Promise<string>;
  /** Everything the databases of this world have on the disk, write-ahead logs included. */
  bytesOnDisk(store: Store): Promise<Buffer[]>;
  close(): Promise<void>;
}

/** A key as the settings have it. */
export function newKey(): string {
  return randomBytes(32).toString('base64');
}

export const INDEX_KEY = newKey();

/** Keys nobody else has. */
export function newSealing(): Sealing {
  return new Sealing([newKey()], INDEX_KEY);
}

/** A store on this database, with keys of this run. */
export function openTestStore(
  url: string,
  sealing = newSealing(),
  timers: LaneTimers = { sleep },
): Promise<Store> {
  return openStore(url, sealing, timers, () => uuidIds.next());
}

/** A batch without guards. */
export function batchOf(...writes: readonly Write[]) {
  return { guards: [], writes };
}

/** All rows of one table as the database has them. */
export async function rowsOf(
  store: Store,
  table: TableName,
  orderBy: string,
): Promise<Record<string, unknown>[]> {
  return store.client.$queryRawUnsafe(`SELECT * FROM "${table}" ORDER BY ${orderBy}`);
}

/** SQLite files in a folder of their own. */
export async function sqliteWorld(): Promise<StoreWorld & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-store-'));
  let made = 0;
  const newFile = () => join(folder, `${String(++made)}.db`);
  let original: Promise<string> | null = null;
  return {
    provider: 'sqlite',
    folder,
    newDatabase: async () => `file:${newFile()}`,
    newMigrated: async () => {
      original ??= migrated(newFile(), (file) => `file:${file}`);
      const copy = newFile();
      copyFileSync(await original, copy);
      return `file:${copy}`;
    },
    bytesOnDisk: async () => bytesBelow(folder),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Databases on one real server. */
export async function postgresWorld(): Promise<StoreWorld & { readonly server: Postgres }> {
  const server = await startPostgres();
  let original: Promise<string> | null = null;
  return {
    provider: 'postgresql',
    server,
    newDatabase: () => server.createDatabase(),
    newMigrated: async () => {
      original ??= server.createDatabase().then((url) => migrated(url, (same) => same));
      return server.createDatabase(`TEMPLATE ${new URL(await original).pathname.slice(1)}`);
    },
    bytesOnDisk: async (store) => {
      await store.client.$executeRawUnsafe('CHECKPOINT'); // what is in memory only is not searched
      return bytesBelow(server.dataDir);
    },
    close: () => server.stop(),
  };
}

async function migrated(place: string, urlOf: (place: string) => string): Promise<string> {
  await (await openTestStore(urlOf(place))).close();
  return place;
}

function bytesBelow(folder: string): Buffer[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => bytesOf(join(entry.parentPath, entry.name)));
}

/** PostgreSQL takes a file of its own away now and then, between the listing and the reading. */
function bytesOf(file: string): Buffer[] {
  try {
    return [readFileSync(file)];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
