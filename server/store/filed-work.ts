import type { FiledPromise, FiledEntry, FiledWork } from '../domain/filed-work.ts';
import { addDays, shanghaiDate, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import type { ContactRow, FollowUpRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** A month of somebody with many children; what lies beyond is for the console. */
const LIMIT = 400;

/** What this person filed from one day to another, both included: standing records, and promises made or kept. */
export async function filedWork(
  store: Store,
  workerId: string,
  from: LocalDate,
  until: LocalDate,
): Promise<FiledWork> {
  const time = {
    gte: shanghaiInstant(from, 0).toISOString(),
    lt: shanghaiInstant(addDays(until, 1), 0).toISOString(),
  };
  const [contacts, followUps] = await Promise.all([
    store.client.contact.findMany({
      where: { authorId: workerId, filedAt: time, supersededById: null, withdrawn: false },
      orderBy: [{ filedAt: 'desc' }, { id: 'desc' }],
      take: LIMIT,
    }),
    store.client.followUp.findMany({
      where: {
        concernId: null,
        OR: [
          { openedBy: workerId, openedAt: time, state: 'open' },
          { closedBy: workerId, closedAt: time, state: 'done' },
        ],
      },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      take: LIMIT,
    }),
  ]);
  const names = await childNames(
    store,
    [...contacts, ...followUps].map((row) => row.childId),
  );
  const nameOf = (id: string): string => names.get(id) ?? '';
  return {
    records: contacts.map((row) => recordOf(store.open('Contact', row as ContactRow), nameOf)).toReversed(),
    promises: followUps.map((row) => promiseOf(store.open('FollowUp', row as FollowUpRow), nameOf)),
  };
}

async function childNames(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await store.client.child.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, store.openText('Child', 'name', row.id, row.name)]));
}

function recordOf(row: ContactRow, nameOf: (id: string) => string): FiledEntry {
  const { id, childId, mode, childSeen, note, outcome } = row;
  return {
    id,
    childId,
    childName: nameOf(childId),
    mode,
    takenOn: row.takenOn as LocalDate,
    filedOn: shanghaiDate(new Date(row.filedAt)),
    childSeen,
    met: row.met === null ? null : (JSON.parse(row.met) as string[]),
    note,
    outcome,
  };
}

function promiseOf(
  { childId, text, dueOn, state }: FollowUpRow,
  nameOf: (id: string) => string,
): FiledPromise {
  return {
    childId,
    childName: nameOf(childId),
    text: text ?? '',
    dueOn: dueOn as LocalDate,
    state: state === 'done' ? 'done' : 'open',
  };
}
