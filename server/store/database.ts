import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { sleep } from '../platform/waiting.ts';
import { PrismaClient as PostgresClient } from './generated/postgresql/client.ts';
import { PrismaClient as SqliteClient } from './generated/sqlite/client.ts';

/** A lock held elsewhere may stop this process for so long at most; longer waits are asynchronous (commit.ts). */
const BUSY_TIMEOUT_MS = 40;
/** A file that somebody else is opening for the first time is waited for: so often, so long. */
const OPEN_ATTEMPTS = 200;
const OPEN_RETRY_MS = 25;
/** Prisma gives a batch 5 s by default; a large one on a slow disk takes longer and must not be thrown away. */
const BATCH_PATIENCE = { maxWait: 30_000, timeout: 120_000 } as const;

export type Provider = 'sqlite' | 'postgresql';
export type Client = SqliteClient;

/** An open database. Both clients are made from one schema, so they are used under one type. */
export interface Database {
  readonly provider: Provider;
  readonly client: Client;
  /** The SQLite file, for the backup; null on PostgreSQL. */
  readonly file: string | null;
  close(): Promise<void>;
}

/**
 * So many pages (16 MB) of the write-ahead log are kept before SQLite takes them over into the database (our default).
 * SQLite's own 1,000 would be reached by every second group of turns, and a page that is written again and again be
 * copied each time. Nothing is durable later for it: a commit is on disk when it is in the log.
 */
const CHECKPOINT_PAGES = 4_000;

/** Opens `file:…` or `postgresql://…`. Tables are made by `migrate`, not here. */
export async function openDatabase(url: string): Promise<Database> {
  return url.startsWith('file:') ? openSqlite(url) : openPostgres(url);
}

/** The path behind `file:`, without query parameters. */
export function sqliteFileOf(url: string): string {
  return url.slice('file:'.length).split('?')[0] ?? '';
}

async function openSqlite(url: string): Promise<Database> {
  const file = sqliteFileOf(url);
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const client = new SqliteClient({
    adapter: new PrismaBetterSqlite3({ url: `file:${file}`, timeout: BUSY_TIMEOUT_MS }),
    transactionOptions: BATCH_PATIENCE,
  });
  await switchToWal(client);
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe(`PRAGMA wal_autocheckpoint = ${String(CHECKPOINT_PAGES)}`);
  return { provider: 'sqlite', client, file, close: () => client.$disconnect() };
}

/** The first switch needs the file for itself for a moment; two processes that start together take turns. */
async function switchToWal(client: SqliteClient): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!String(error).includes('locked') || attempt >= OPEN_ATTEMPTS) throw error;
      await sleep(OPEN_RETRY_MS);
    }
  }
}

async function openPostgres(url: string): Promise<Database> {
  const client = new PostgresClient({
    adapter: new PrismaPg({ connectionString: url, max: 8 }),
    transactionOptions: BATCH_PATIENCE,
  });
  await client.$queryRawUnsafe('SELECT 1');
  return {
    provider: 'postgresql',
    client: client as unknown as SqliteClient,
    file: null,
    close: () => client.$disconnect(),
  };
}

/**
 * An open database for looking only: the database itself refuses every write, no file and no table is made. Throws where
 * there is no database.
 */
export function openReadOnly(url: string): Database {
  const isFile = url.startsWith('file:');
  const file = isFile ? sqliteFileOf(url) : null;
  const client = file === null ? postgresForLooking(url) : sqliteForLooking(file);
  return { provider: isFile ? 'sqlite' : 'postgresql', client, file, close: () => client.$disconnect() };
}

function sqliteForLooking(file: string): Client {
  const opening = { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true };
  return new SqliteClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}`, ...opening }) });
}

function postgresForLooking(connectionString: string): Client {
  const options = '-c default_transaction_read_only=on';
  const adapter = new PrismaPg({ connectionString, max: 1, options });
  return new PostgresClient({ adapter }) as unknown as SqliteClient;
}
