import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/** What file systems without hard links answer. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Gives a finished file its name, durably, and only if nothing has that name yet; a half-written file is never seen
 * under it. Throws with code EEXIST where the name is taken; `temporary` is then still there.
 */
export function publishFile(temporary: string, target: string): void {
  flush(temporary);
  try {
    linkSync(temporary, target); // unlike a rename, this cannot replace what somebody else just made
    unlinkSync(temporary);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error) ?? '') || existsSync(target)) throw error;
    renameSync(temporary, target);
  }
  if (process.platform !== 'win32') flush(dirname(target)); // Windows opens no folders
}

/** The system's code of an exception, such as EEXIST. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
