import type { InboxBody, InboxMessage } from '../services/loaded.ts';
import { insertOnce, update, type Batch, type Write } from '../services/batch.ts';
import { fileFacts } from './files.ts';
import type { InboxRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** The row of a message that arrived; the same external id again changes nothing. */
export function inboxRow(message: NewMessage): Batch {
  const awaits = message.body.awaits === undefined ? null : 'media';
  return { guards: [], writes: [insertOnce('Inbox', { ...rowOf(message), state: 'new', awaits })] };
}

/** The row of a message that is kept and has no turn: it was said to somebody else. */
export function keptRow(message: NewMessage, doneAt: string): Write {
  return insertOnce('Inbox', { ...rowOf(message), state: 'done', doneAt });
}

type NewMessage = Omit<InboxMessage, 'seq' | 'attempts'>;

function rowOf({ body, ...rest }: NewMessage): Omit<InboxRow, 'state'> {
  return { ...rest, body: JSON.stringify(body), attempts: 0, doneAt: null, awaits: null };
}

/**
 * Messages whose turn has not been done, in the order of their arrival. One whose file is still to be fetched holds up
 * what the same person said after it, but only when it came after `patientSince`: words never wait for a picture for long.
 */
export async function pendingMessages(
  store: Store,
  limit: number,
  patientSince: string | null = null,
): Promise<InboxMessage[]> {
  const rows = await store.client.inbox.findMany({
    where: { state: 'new', awaits: null },
    orderBy: { seq: 'asc' },
    take: limit,
  });
  const awaiting = patientSince === null || rows.length === 0 ? [] : await awaitingSince(store, patientSince);
  const ready = rows.filter(
    ({ sessionKey, seq }) => !awaiting.some((a) => a.sessionKey === sessionKey && a.seq < seq),
  );
  return Promise.all(
    ready.map((row) => withFile(store, messageOf(store, row as InboxRow & { seq: number }))),
  );
}

/** Messages of these channels whose file is still to be fetched, oldest first. */
export async function awaitingMessages(
  store: Store,
  limit: number,
  channels: readonly string[],
): Promise<InboxMessage[]> {
  const rows = await store.client.inbox.findMany({
    where: { state: 'new', awaits: 'media', channel: { in: [...channels] } },
    orderBy: { seq: 'asc' },
    take: limit,
  });
  return rows.map((row) => messageOf(store, row as InboxRow & { seq: number }));
}

async function awaitingSince(
  store: Store,
  since: string,
): Promise<readonly { readonly seq: number; readonly sessionKey: string }[]> {
  return store.client.inbox.findMany({
    where: { state: 'new', awaits: 'media', receivedAt: { gt: since } },
    select: { seq: true, sessionKey: true },
  });
}

/** A message that waited for its file, with what the file turned out to be. */
async function withFile(store: Store, message: InboxMessage): Promise<InboxMessage> {
  const { body } = message;
  if (body.awaits === undefined || (body.kind !== 'voice' && body.kind !== 'photo')) return message;
  const file = await fileFacts(store, body.awaits.fileId);
  if (file === null) return message;
  const { id, mime, durationSeconds: seconds } = file;
  return {
    ...message,
    body: { ...body, sent: { kind: body.kind, file: { id, kind: body.kind, mime, seconds } } },
  };
}

/** One message by the id its channel gave it. */
export async function messageByExternalId(
  store: Store,
  channel: string,
  externalId: string,
): Promise<{ seq: number; state: string } | null> {
  return store.client.inbox.findUnique({
    where: { channel_externalId: { channel, externalId } },
    select: { seq: true, state: true },
  });
}

/** What an account said, for the simulator's page. */
export async function messagesOfAccount(
  store: Store,
  accountId: string,
  limit: number,
): Promise<InboxMessage[]> {
  const rows = await store.client.inbox.findMany({
    where: { accountId, body: { not: null } },
    orderBy: { seq: 'desc' },
    take: limit,
  });
  return rows.reverse().map((row) => messageOf(store, row as InboxRow & { seq: number }));
}

/** The age of the oldest message that waits; null when none does. */
export async function oldestPending(store: Store): Promise<string | null> {
  const row = await store.client.inbox.findFirst({
    where: { state: 'new', awaits: null },
    orderBy: { seq: 'asc' },
    select: { receivedAt: true },
  });
  return row?.receivedAt ?? null;
}

/** The write that ends a message's wait. */
export function inboxDone(seq: number, doneAt: string): Write {
  return update('Inbox', seq, { state: 'done', doneAt });
}

/** The write after which a message has its turn: its file is here. */
export function inboxFetched(seq: number): Write {
  return update('Inbox', seq, { awaits: null });
}

/** The write that gives up a message whose file cannot be had. */
export function inboxWithoutFile(seq: number): Write {
  return update('Inbox', seq, { awaits: null, state: 'failed' });
}

/** The write that counts a turn that failed; `given up` takes the message out of the queue. */
export function inboxFailed(message: InboxMessage, givenUp: boolean): Write {
  return update('Inbox', message.seq, { attempts: message.attempts + 1, state: givenUp ? 'failed' : 'new' });
}

function messageOf(store: Store, row: InboxRow & { seq: number }): InboxMessage {
  const opened = store.open('Inbox', row);
  return {
    ...opened,
    seq: row.seq,
    body: JSON.parse(opened.body ?? '{"kind":"text","text":""}') as InboxBody,
  };
}
