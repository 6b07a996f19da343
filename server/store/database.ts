import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient as PostgresClient } from './generated/postgresql/client.ts';
import { PrismaClient as SqliteClient } from './generated/sqlite/client.ts';

/** A lock held elsewhere may stop this process for so long at most; longer waits are asynchronous (commit.ts). */
const BUSY_TIMEOUT_MS = 40;

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
  });
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  return { provider: 'sqlite', client, file, close: () => client.$disconnect() };
}

async function openPostgres(url: string): Promise<Database> {
  const client = new PostgresClient({ adapter: new PrismaPg({ connectionString: url, max: 8 }) });
  await client.$queryRawUnsafe('SELECT 1');
  return {
    provider: 'postgresql',
    client: client as unknown as SqliteClient,
    file: null,
    close: () => client.$disconnect(),
  };
}
