import type { FiledRecord, Replaced } from '../domain/filed-record.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { workerNames } from './worker-names.ts';
import type { ContactRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** So many records are looked at, the latest first: years of one child, or some months of one person. */
const CHILD_LIMIT = 200;
const AUTHOR_LIMIT = 60;

/** Every record of a child by its day, the latest first, those that were replaced among them. */
export async function recordsOfChild(store: Store, childId: string): Promise<readonly FiledRecord[]> {
  const rows = await store.client.contact.findMany({
    where: { childId },
    orderBy: [{ takenOn: 'desc' }, { filedAt: 'desc' }],
    take: CHILD_LIMIT,
  });
  return filed(store, rows as ContactRow[]);
}

/** The records of a person that hold, in the order in which they were filed, the latest first. */
export async function recordsOfAuthor(store: Store, authorId: string): Promise<readonly FiledRecord[]> {
  const rows = await store.client.contact.findMany({
    where: { authorId, supersededById: null, withdrawn: false },
    orderBy: { filedAt: 'desc' },
    take: AUTHOR_LIMIT,
  });
  return filed(store, rows as ContactRow[]);
}

async function filed(store: Store, sealed: readonly ContactRow[]): Promise<readonly FiledRecord[]> {
  const rows = sealed.map((row) => store.open('Contact', row));
  const names = await workerNames(store, [
    ...new Set(rows.flatMap((row) => [row.authorId, row.correctedById ?? row.authorId])),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return rows
    .filter((row) => !row.withdrawn) // a withdrawal repeats what it takes back
    .map((row) => ({
      id: row.id,
      childId: row.childId,
      authorId: row.authorId,
      author: names.get(row.authorId) ?? '',
      mode: row.mode,
      takenOn: row.takenOn as LocalDate,
      childSeen: row.childSeen,
      met: JSON.parse(row.met ?? '[]') as string[],
      nobodyMet: row.met === null && row.childSeen === false,
      note: row.note,
      outcome: row.outcome,
      replaced: replacedBy(byId.get(row.supersededById ?? ''), names),
    }));
}

function replacedBy(later: ContactRow | undefined, names: ReadonlyMap<string, string>): Replaced | null {
  if (!later) return null;
  return {
    how: later.withdrawn ? 'withdrawn' : 'corrected',
    byId: later.id,
    reason: later.reason,
    by: names.get(later.correctedById ?? later.authorId) ?? '',
  };
}
