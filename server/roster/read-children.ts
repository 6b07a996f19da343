import { createHash } from 'node:crypto';
import { readChild, type ChildKnowledge, type ChildRow } from './check-child.ts';
import type { Tier } from './choices.ts';
import { CHILD_COLUMNS, type ChildColumn } from './columns.ts';
import type { RosterProblem, RowCounts } from './problems.ts';
import { countsOf, noteTwice, takenOf, type Taken } from './read-roster.ts';
import { openTable } from './read-table.ts';
import type { RosterFile } from './roster-file.ts';
import { layOut, type Row } from './row.ts';

/** Small enough that writing one chunk leaves room for urgent work in between. */
const CHUNK_ROWS = 500;

/** What the store knows of the children in a chunk. */
export interface ExistingChildren {
  /** Child code by identity number, for those of the numbers that are known. */
  codesByIdentityNumber(identityNumbers: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Identity number by child code in upper case, for those of the codes that are known and have a number. */
  identityNumbersByCode(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Tier by child code in upper case, for those whose present tier a person confirmed in the service. */
  confirmedTiersByCode(codes: readonly string[]): Promise<ReadonlyMap<string, Tier>>;
}

interface Known {
  readonly codes: ReadonlyMap<string, string>;
  readonly identityNumbers: ReadonlyMap<string, string>;
  readonly confirmedTiers: ReadonlyMap<string, Tier>;
}

export interface ChildrenContext extends ChildKnowledge {
  readonly existing: ExistingChildren;
}

/** Up to 500 rows of the table of children. */
export interface CheckedChunk<Value> {
  readonly rows: readonly Taken<Value>[];
  readonly problems: readonly RosterProblem[];
  readonly counts: RowCounts;
}

interface Read {
  readonly row: Row<ChildColumn>;
  readonly value: ChildRow | null;
}

/** What is remembered of the rows already taken: digests and row numbers, no names. */
interface Seen {
  readonly codes: Map<string, number>;
  readonly identities: Map<string, number>;
  readonly likenesses: Map<string, number>;
}

/**
 * Reads and checks the table of children chunk by chunk, in bounded memory. Reading it twice gives the same
 * answer, so a caller can look at the whole file before it writes the first row.
 * @throws RosterFileError where the file cannot be processed, also in the middle of it
 */
export async function* readChildren(
  file: RosterFile,
  context: ChildrenContext,
): AsyncGenerator<CheckedChunk<ChildRow>> {
  const table = await openTable(file, CHILD_COLUMNS);
  const seen: Seen = { codes: new Map(), identities: new Map(), likenesses: new Map() };
  let tableProblems = table.problems;
  let read: Read[] = [];
  for await (const record of table.records) {
    const row = layOut(table, record, 'code');
    read.push({ row, value: readChild(row, context) });
    if (read.length < CHUNK_ROWS) continue;
    yield await chunkOf(read, seen, context.existing, tableProblems);
    tableProblems = [];
    read = [];
  }
  if (read.length > 0 || tableProblems.length > 0)
    yield await chunkOf(read, seen, context.existing, tableProblems);
}

async function chunkOf(
  read: readonly Read[],
  seen: Seen,
  existing: ExistingChildren,
  tableProblems: readonly RosterProblem[],
): Promise<CheckedChunk<ChildRow>> {
  const numbers = read.flatMap(({ value }) => value?.identityNumber ?? []);
  const codes = read.flatMap(({ value }) => value?.code.toUpperCase() ?? []);
  const known: Known = {
    codes: await existing.codesByIdentityNumber(numbers),
    identityNumbers: await existing.identityNumbersByCode(codes),
    confirmedTiers: await existing.confirmedTiersByCode(codes),
  };
  for (const { row, value } of read) if (value) noteDoubles(row, value, known, seen);
  return {
    rows: read.flatMap(({ row, value }) => takenOf(row, value)),
    problems: [...tableProblems, ...read.flatMap(({ row }) => row.problems)],
    counts: countsOf(read.map(({ row }) => row)),
  };
}

function noteDoubles(row: Row<ChildColumn>, child: ChildRow, known: Known, seen: Seen): void {
  const code = child.code.toUpperCase();
  const identity = child.identityNumber;
  noteStored(row, code, identity, known);
  const confirmed = known.confirmedTiers.get(code);
  if (child.tierGiven && confirmed !== undefined && confirmed !== child.tier) row.note('tier', 'tier-kept');
  const earlier = identity === null ? undefined : seen.identities.get(digest(identity));
  if (earlier !== undefined) row.note('identityNumber', 'identity-twice', String(earlier));
  noteTwice(row, 'code', code, seen.codes, 'code-twice');
  if (row.refused()) return;
  if (identity !== null) seen.identities.set(digest(identity), row.row);
  const likeness = digest(`${child.name}\n${child.bornOn}\n${child.villageCode}`);
  noteTwice(row, 'name', likeness, seen.likenesses, 'perhaps-twice');
}

function noteStored(row: Row<ChildColumn>, code: string, identity: string | null, known: Known): void {
  if (identity === null) return;
  const holder = known.codes.get(identity);
  if (holder !== undefined && holder.toUpperCase() !== code) row.note('identityNumber', 'identity-known');
  // another number with the same birthday is a correction; another birthday would overwrite another child's file
  const stored = known.identityNumbers.get(code);
  if (stored !== undefined && birthdayIn(stored) !== birthdayIn(identity))
    row.note('code', 'code-other-child');
}

const birthdayIn = (identityNumber: string): string => identityNumber.slice(6, 14);

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 22);
}
