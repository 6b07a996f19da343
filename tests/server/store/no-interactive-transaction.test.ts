import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['bot', 'server', 'prisma'];

/** A function handed to `$transaction` makes it interactive; a list of calls does not. */
const INTERACTIVE = /\$transaction\s*(?:<[^>]*>)?\(\s*(?:async\b|function\b|\(|\w+\s*=>)/;
const ANY = /\$transaction\b/;

function sources(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|js)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.includes('/generated/')),
  );
}

describe('docs/decisions/0001', () => {
  it('no interactive transaction exists in the source', () => {
    const found = sources().filter((file) => INTERACTIVE.test(readFileSync(file, 'utf8')));
    expect(found).toEqual([]);
  });

  it('transactions are begun in the store and nowhere else', () => {
    const beginning = sources().filter((file) => ANY.test(readFileSync(file, 'utf8')));
    expect(beginning.length).toBeGreaterThan(0); // the scan does see the ones there are
    expect(beginning.filter((file) => !file.startsWith(join(ROOT, 'server/store/')))).toEqual([]);
  });

  it.each([
    ['client.$transaction(async (tx) => {', true],
    ['client.$transaction(\n  async tx => {', true],
    ['client.$transaction((tx) => tx.child.create())', true],
    ['client.$transaction(tx => tx)', true],
    ['client.$transaction<void>(async function (tx) {', true],
    ['client.$transaction([...lock, ledger])', false],
    ['client.$transaction(calls)', false],
    ['client.$transaction(\n  tables.map((table) => erase(table)),', false],
  ])('the scan tells %j apart', (line, isInteractive) => {
    expect(INTERACTIVE.test(line)).toBe(isInteractive);
  });
});
