import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The files of a folder by name; kept in memory, so that nothing is left behind when a process ends. */
type Files = ReadonlyMap<string, Buffer>;

const filled = new Map<object, Promise<Files>>();

/**
 * A folder of the test's own that holds what `fill` puts into it. A process fills one folder for each `plan` and copies
 * its files from then on: a database that is migrated and seeded costs many times a copy of its file.
 */
export async function seededFolder(
  name: string,
  plan: object,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const original = filled.get(plan) ?? fillOnce(name, fill);
  filled.set(plan, original);
  const files = await original;
  const own = mkdtempSync(join(tmpdir(), `${name}-`));
  for (const [file, bytes] of files) writeFileSync(join(own, file), bytes, { mode: 0o600 });
  return own;
}

async function fillOnce(name: string, fill: (folder: string) => Promise<void>): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-original-`));
  try {
    await fill(folder);
    return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
