import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../config.ts';
import { sqliteFileOf } from './database.ts';
import { codeOf, publishFile } from './publish-file.ts';
import { Sealing } from './sealing.ts';

const KEY_BYTES = 32;

const key = z.string().refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES);
const keyFile = z.object({ dataKeys: z.array(key).min(1), indexKey: key });
type Keys = z.infer<typeof keyFile>;

/** A key file that is there and cannot be used. */
export class KeyFileError extends Error {}

/**
 * The sealing of this environment: keys from the settings or, outside production, from `keys.json` beside the SQLite
 * file (`data/` for PostgreSQL), which is made on first use. Throws KeyFileError when that file is damaged.
 */
export function loadSealing(settings: Settings): Sealing {
  const existing = existingSealing(settings);
  if (existing) return existing;
  if (settings.production)
    throw new KeyFileError('DATA_KEY, INDEX_KEY: 生产环境必须设置 / required in production');
  const file = keyFileOf(settings);
  if (file === null) return sealingWith(newKeys()); // a database in memory forgets its keys as well
  create(file);
  return sealingWith(readKeys(file));
}

/** The same without making keys: null where this environment has none. */
export function existingSealing(settings: Settings): Sealing | null {
  if (settings.keys) return new Sealing(settings.keys.dataKeys, settings.keys.indexKey);
  const file = keyFileOf(settings);
  if (settings.production || file === null) return null;
  try {
    return sealingWith(readKeys(file));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Where the keys lie when the settings bring none; null for a database in memory. */
export function keyFileOf({ database }: Settings): string | null {
  if (database.provider === 'postgresql') return join('data', 'keys.json');
  const file = sqliteFileOf(database.databaseUrl);
  return file === ':memory:' ? null : join(dirname(file), 'keys.json');
}

function sealingWith({ dataKeys, indexKey }: Keys): Sealing {
  return new Sealing(dataKeys, indexKey);
}

function newKeys(): Keys {
  const make = () => randomBytes(KEY_BYTES).toString('base64');
  return { dataKeys: [make()], indexKey: make() };
}

function readKeys(file: string): Keys {
  const text = readFileSync(file, 'utf8');
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    throw new KeyFileError(
      `${file}: 钥匙文件坏了,请用备份的那一份换回来 / the key file is damaged, put back the copy you kept`,
    );
  }
}

/** Two processes that start together end up with the keys of the one that was first. */
function create(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(temporary, `${JSON.stringify(newKeys())}\n`, { mode: 0o600, flag: 'wx' });
    publishFile(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
