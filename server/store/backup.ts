import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, publishFile } from './publish-file.ts';

/** So many pages (4 KB each) are copied before other work of the process has its turn. */
const PAGES_PER_STEP = 512;

/** A backup that cannot be made, said in a sentence for the administrator. */
export class BackupError extends Error {}

/**
 * Copies the SQLite database as it is at this instant, while the service goes on writing. `target` appears only when it
 * is complete and on the disk, readable by its owner only; it is never replaced. Throws BackupError.
 */
export async function backupSqlite(
  file: string,
  target: string,
): Promise<{ readonly pages: number; readonly bytes: number }> {
  if (!existsSync(file)) throw new BackupError(`没有这个数据库 / there is no database here: ${file}`);
  refuseTaken(target);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const temporary = `${target}.${randomBytes(6).toString('hex')}.part`;
  closeSync(openSync(temporary, 'wx', 0o600)); // SQLite would let others read it
  try {
    const pages = await copySnapshot(file, temporary);
    publishFile(temporary, target);
    return { pages, bytes: statSync(target).size };
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? taken(target) : error;
  } finally {
    for (const left of [temporary, `${temporary}-journal`]) rmSync(left, { force: true });
  }
}

/** Also what a former database of this name left behind: SQLite would take it for a part of the new one. */
function refuseTaken(target: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    if (existsSync(`${target}${suffix}`)) throw taken(`${target}${suffix}`);
}

function taken(target: string): BackupError {
  return new BackupError(`文件已经在了,请换个名字 / the file exists already, choose another name: ${target}`);
}

/**
 * Reads within one open read transaction: without it every commit of the service would start the copy anew, and a
 * busy service would never be backed up. Returns the pages copied.
 */
async function copySnapshot(file: string, target: string): Promise<number> {
  const source = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get(); // the snapshot begins with the first read
    const { totalPages } = await source.backup(target, { progress: () => PAGES_PER_STEP });
    return totalPages;
  } finally {
    source.close();
  }
}
