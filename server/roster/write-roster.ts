import type { CheckedRoster, ImportWatch, RosterFiles } from './check-roster.ts';
import { severityOf } from './problems.ts';
import { readChildren } from './read-children.ts';
import type { RosterFile } from './roster-file.ts';
import { writeAreas } from './write-areas.ts';
import type { Writing } from './write-batches.ts';
import { writeChildren } from './write-children.ts';
import { storedStaff, writeStaff } from './write-staff.ts';

/**
 * Stores what was checked: areas, people, children, in commits of at most 80 rows. Running it again with the same files
 * changes nothing, so a run that was stopped in the middle is simply repeated.
 * Returns how many children were left out because the store had changed since the check.
 */
export async function writeRoster(
  files: RosterFiles,
  checked: CheckedRoster,
  writing: Writing,
  watch: ImportWatch,
): Promise<number> {
  await writing.store.keepPolicies();
  await writeAreas(
    writing,
    checked.areas.rows.map(({ value }) => value),
  );
  await writeStaff(
    writing,
    checked.staff.rows.map(({ value }) => value),
    await storedStaff(writing),
  );
  return writeAllChildren(files.children, checked, writing, watch);
}

async function writeAllChildren(
  file: RosterFile,
  checked: CheckedRoster,
  writing: Writing,
  watch: ImportWatch,
): Promise<number> {
  const { store, today } = writing;
  const counties = new Map<string, string>();
  for (const { code, countyCode } of await store.areas())
    if (countyCode !== null) counties.set(code, countyCode);
  const total = checked.childRows.size;
  let written = 0;
  for await (const chunk of readChildren(file, { today, villages: checked.villages, existing: store })) {
    const rows = chunk.rows.filter(({ row }) => checked.childRows.has(row)).map(({ value }) => value);
    await watch.problems(
      chunk.problems.filter(
        ({ row, code }) => severityOf(code) === 'refused' && checked.childRows.has(row ?? 0),
      ),
    );
    await writeChildren(writing, rows, counties);
    written += rows.length;
    watch.written(written, total);
  }
  return total - written;
}
