import type { LoadedCall } from '../services/loaded.ts';
import { newestContact } from './contacts.ts';
import type { CallRequestRow, ConcernRow, WorkerRow } from './generated/tables.ts';
import type { Store } from './store.ts';
import { workerNames } from './worker-names.ts';

const NOT_CLOSED = { in: ['open', 'made'] };

/** Calls about which somebody is to be asked now, the longest waiting first. */
export async function callsToAsk(store: Store, nowText: string, limit: number): Promise<CallRequestRow[]> {
  const rows = await store.client.callRequest.findMany({
    where: { state: NOT_CLOSED, nextAskAt: { lte: nowText } },
    orderBy: [{ nextAskAt: 'asc' }, { askedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map((row) => opened(store, row));
}

/** The next instant after this one at which somebody is to be asked about a call. */
export async function nextCallAskAt(store: Store, afterText: string): Promise<string | null> {
  const row = await store.client.callRequest.findFirst({
    where: { state: NOT_CLOSED, nextAskAt: { gt: afterText } },
    orderBy: { nextAskAt: 'asc' },
    select: { nextAskAt: true },
  });
  return row?.nextAskAt ?? null;
}

/** The calls under way about these worries, and all to these people; by what they are about. */
export async function callsUnderWay(
  store: Store,
  wanted: readonly string[],
): Promise<Map<string, CallRequestRow>> {
  if (wanted.length === 0) return new Map();
  const rows = await store.client.callRequest.findMany({
    where: {
      openFor: { not: null },
      OR: [{ openFor: { in: [...wanted] } }, { directorId: { in: [...wanted] } }],
    },
  });
  return new Map(rows.map((row) => [row.openFor ?? '', opened(store, row)]));
}

/** Name and number of people who are to be called; somebody who left keeps both. */
export async function calledPeople(
  store: Store,
  workerIds: readonly string[],
): Promise<Map<string, { readonly name: string; readonly phone: string | null }>> {
  if (workerIds.length === 0) return new Map();
  const rows = await store.client.worker.findMany({ where: { id: { in: [...new Set(workerIds)] } } });
  return new Map(
    rows.map((row) => {
      const { id, name, phone } = store.open('Worker', row as WorkerRow);
      return [id, { name, phone }];
    }),
  );
}

/** The calls that are not closed, of which these workers were told; by worker, the longest waiting first. */
export async function callsToldTo(
  store: Store,
  workerIds: readonly string[],
): Promise<Map<string, LoadedCall[]>> {
  if (workerIds.length === 0) return new Map();
  const waiting = await store.client.callRequest.findMany({
    where: { state: NOT_CLOSED },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
  });
  if (waiting.length === 0) return new Map();
  const told = await store.client.callRecipient.findMany({
    where: { callId: { in: waiting.map((row) => row.id) } },
  });
  const theirs = new Set(told.filter((t) => workerIds.includes(t.workerId)).map((t) => t.callId));
  const rows = waiting.filter((row) => theirs.has(row.id)).map((row) => opened(store, row));
  const loaded = await withPeople(store, rows, told);
  return new Map(workerIds.map((id) => [id, loaded.filter(({ recipientIds }) => recipientIds.includes(id))]));
}

async function withPeople(
  store: Store,
  rows: readonly CallRequestRow[],
  told: readonly { readonly callId: string; readonly workerId: string }[],
): Promise<LoadedCall[]> {
  const concerns = await store.client.concern.findMany({
    where: { id: { in: rows.flatMap((row) => row.concernId ?? []) } },
    select: { id: true, childId: true, contactId: true, words: true },
  });
  const [people, callers, children, notes, voices] = await Promise.all([
    calledPeople(
      store,
      rows.map((row) => row.directorId),
    ),
    workerNames(
      store,
      rows.flatMap((row) => row.answeredBy ?? []),
    ),
    store.client.child.findMany({
      where: { id: { in: concerns.map((c) => c.childId) } },
      select: { id: true, name: true },
    }),
    Promise.all(concerns.map((c) => wordsOf(store, c))),
    unheardVoices(
      store,
      concerns.flatMap((c) => c.contactId ?? []),
    ),
  ]);
  const childOf = new Map(concerns.map((c) => [c.id, children.find((child) => child.id === c.childId)]));
  return rows.map((call): LoadedCall => {
    const child = childOf.get(call.concernId ?? '');
    const record = concerns.find((c) => c.id === call.concernId)?.contactId ?? '';
    return {
      call,
      director: people.get(call.directorId) ?? { name: '', phone: null },
      madeBy: call.state === 'made' ? (callers.get(call.answeredBy ?? '') ?? '') : '',
      childId: child?.id ?? '',
      childName: child ? store.openText('Child', 'name', child.id, child.name) : '',
      note: notes[concerns.findIndex((c) => c.id === call.concernId)] ?? null,
      voices: voices.get(record) ?? 0,
      recipientIds: told.filter((t) => t.callId === call.id).map((t) => t.workerId),
    };
  });
}

/** How many voice messages came with each of these records and wait for somebody to listen. */
async function unheardVoices(store: Store, contactIds: readonly string[]): Promise<Map<string, number>> {
  if (contactIds.length === 0) return new Map();
  const sent = await store.client.attachment.findMany({
    where: { contactId: { in: [...contactIds] }, fileId: { not: null } },
    select: { contactId: true, fileId: true },
  });
  const waiting = await store.client.listening.findMany({
    where: { fileId: { in: sent.flatMap(({ fileId }) => fileId ?? []) }, playedAt: null },
    select: { fileId: true },
  });
  const ids = new Set(waiting.map(({ fileId }) => fileId));
  const unheard = sent.filter(({ fileId }) => fileId !== null && ids.has(fileId));
  return new Map(contactIds.map((id) => [id, unheard.filter(({ contactId }) => contactId === id).length]));
}

/** The words a worry stands in, as they hold today: what was taken back is quoted to nobody. */
async function wordsOf(
  store: Store,
  { id, contactId, words }: Pick<ConcernRow, 'id' | 'contactId' | 'words'>,
): Promise<string | null> {
  if (words !== null) return store.openText('Concern', 'words', id, words);
  const record = contactId === null ? null : await newestContact(store, contactId);
  return record === null || record.withdrawn ? null : record.note;
}

function opened(store: Store, row: object): CallRequestRow {
  return store.open('CallRequest', row as CallRequestRow);
}
