import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const filled = new Map<object, Promise<string>>();

/**
 * A folder of the test's own that holds what `fill` puts into it. A process fills one folder for each `plan` and copies it
 * from then on, because a migrated and seeded database costs a hundred times a copy of its file.
 */
export async function seededFolder(
  name: string,
  plan: object,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const original = filled.get(plan) ?? fillOnce(name, fill);
  filled.set(plan, original);
  const own = mkdtempSync(join(tmpdir(), `${name}-`));
  cpSync(await original, own, { recursive: true });
  return own;
}

async function fillOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-original-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await fill(folder);
  return folder;
}
