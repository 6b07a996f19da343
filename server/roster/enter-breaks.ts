import type { SchoolBreak } from '../domain/education/school-break.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { audit, type Acting } from '../services/acting.ts';
import { insert, update, type Batch } from '../services/batch.ts';
import { BREAK_COLUMNS, type BreakColumn } from './break-columns.ts';
import { readBreak, type AreaKinds, type ReadBreak } from './check-break.ts';
import type { EnteredPartners } from './enter-partners.ts';
import { countsOf, noteTwice, takenOf } from './read-roster.ts';
import { openTable } from './read-table.ts';
import type { RosterFile } from './roster-file.ts';
import { layOut, type Findings } from './row.ts';

/** What entering a school calendar needs of the store. */
export interface BreakStore {
  areaKinds(): Promise<AreaKinds>;
  /** Every row that no other has replaced. */
  breaks(): Promise<readonly SchoolBreak[]>;
  digest(text: string): string;
  /** False where somebody was quicker. */
  commit(batch: Batch): Promise<boolean>;
}

export interface EnteringBreaks {
  readonly store: BreakStore;
  readonly at: Date;
  readonly today: LocalDate;
  readonly dryRun: boolean;
  newId(): string;
}

/**
 * Reads a school calendar and keeps it: a break is known by area, stage, kind and year, so that the same file again adds
 * nothing. What a row replaces stays and names it; what the file does not name stays as it is.
 * @throws RosterFileError where the file cannot be processed
 */
export async function enterBreaks(file: RosterFile, entering: EnteringBreaks): Promise<EnteredPartners> {
  const { store, today, dryRun } = entering;
  const { breaks, problems, counts } = await readBreaks(file, await store.areaKinds(), today);
  const known = new Map((await store.breaks()).map((row) => [keyOf(row), row]));
  const rows = breaks.map((row) => ({ row, before: known.get(keyOf(row)) }));
  const fresh = rows.filter(({ row, before }) => before === undefined || !isKnown(row, before));
  const changed = fresh.filter(({ before }) => before !== undefined).length;
  const added = fresh.length - changed;
  const summary = { problems, counts, added, changed, same: rows.length - fresh.length };
  if (dryRun || fresh.length === 0) return { ...summary, written: !dryRun };
  const at = entering.at.toISOString();
  const writes = fresh.flatMap(({ row, before }) => {
    const id = entering.newId();
    return [
      insert('SchoolBreak', { id, ...row, supersededById: null, authorId: null, at }),
      ...(before === undefined ? [] : [update('SchoolBreak', before.id, { supersededById: id })]),
    ];
  });
  const noted = audit(actingFor(entering), 'enter-school-calendar', 'SchoolBreak', { added, changed });
  return { ...summary, written: await store.commit({ guards: [], writes: [...writes, noted] }) };
}

async function readBreaks(file: RosterFile, areas: AreaKinds, today: LocalDate) {
  const table = await openTable(file, BREAK_COLUMNS);
  const read: { readonly row: Findings<BreakColumn>; readonly value: readonly ReadBreak[] | null }[] = [];
  const rowOfKey = new Map<string, number>();
  for await (const record of table.records) {
    const row = layOut(table, record, 'areaCode');
    const value = row.refused() ? [] : readBreak(row, areas, today);
    for (const one of value) noteTwice(row, 'stages', keyOf(one), rowOfKey, 'break-twice');
    read.push({ row: row.findings, value: value.length > 0 ? value : null });
  }
  return {
    breaks: read.flatMap(({ row, value }) => takenOf(row, value).flatMap((taken) => taken.value)),
    problems: [...table.problems, ...read.flatMap(({ row }) => row.problems)],
    counts: countsOf(read.map(({ row }) => row)),
  };
}

function keyOf({ areaCode, stage, kind, year }: ReadBreak): string {
  return [areaCode, stage, kind, year].join(' ');
}

/** The same days of the same source; a file without a day of comparison takes none away. */
function isKnown(row: ReadBreak, before: SchoolBreak): boolean {
  const isSame = (['startsOn', 'endsOn', 'source'] as const).every((name) => row[name] === before[name]);
  const { verifiedOn } = row;
  return isSame && (verifiedOn === null || (before.verifiedOn !== null && before.verifiedOn >= verifiedOn));
}

function actingFor(entering: EnteringBreaks): Acting {
  const { store, at, today } = entering;
  const newId = (): string => entering.newId();
  return { at, today, personId: null, accountId: '', newId, digest: (text) => store.digest(text) };
}
