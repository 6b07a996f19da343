import { insertOnce, update, type Write } from '../services/batch.ts';
import type { ChatAccountRow, OutboxRow } from './generated/tables.ts';
import type { Store } from './store.ts';

export type Lane = OutboxRow['lane'];

/** The lanes in the order they are served. */
const LANES: readonly Lane[] = ['urgent', 'reply', 'reminder', 'broadcast'];

/** A row of the outbox; the same key again is nothing new. */
export function outboxRow(row: OutboxRow): Write {
  return insertOnce('Outbox', row);
}

/** Rows of these lanes whose time has come, most urgent lane first; `nowText` is business time, `realNowText` paces retries. */
export async function dueRows(
  store: Store,
  nowText: string,
  realNowText: string,
  limit: number,
  lanes: readonly Lane[] = LANES,
): Promise<OutboxRow[]> {
  const isDue = {
    state: 'queued',
    notBefore: { lte: nowText },
    OR: [{ retryAt: null }, { retryAt: { lte: realNowText } }],
  };
  // Mostly nothing is due in any lane, and one look tells so.
  const groups =
    lanes.length < 2
      ? lanes.map((lane) => ({ lane }))
      : await store.client.outbox.groupBy({ by: ['lane'], where: { ...isDue, lane: { in: [...lanes] } } });
  const waiting = lanes.filter((lane) => groups.some((group) => group.lane === lane));
  const found: OutboxRow[] = [];
  for (const lane of waiting) {
    if (found.length >= limit) break;
    const rows = await store.client.outbox.findMany({
      where: { ...isDue, lane },
      orderBy: [{ notBefore: 'asc' }, { id: 'asc' }],
      take: limit - found.length,
    });
    found.push(...rows.map((row) => store.open('Outbox', row as OutboxRow)));
  }
  return found;
}

/** The next business instant at which a queued row may go. */
export async function nextOutboxAt(store: Store): Promise<string | null> {
  const row = await store.client.outbox.findFirst({
    where: { state: 'queued' },
    orderBy: { notBefore: 'asc' },
    select: { notBefore: true },
  });
  return row?.notBefore ?? null;
}

/** Rows that were claimed by a process that is no more: nobody knows whether they arrived. */
export async function orphanedRows(store: Store): Promise<OutboxRow[]> {
  const rows = await store.client.outbox.findMany({ where: { state: 'sending' }, orderBy: { id: 'asc' } });
  return rows.map((row) => store.open('Outbox', row as OutboxRow));
}

/** How many rows wait, by lane. */
export async function depthByLane(store: Store): Promise<ReadonlyMap<Lane, number>> {
  const groups = await store.client.outbox.groupBy({
    by: ['lane'],
    where: { state: { in: ['queued', 'sending'] } },
    _count: { _all: true },
  });
  return new Map(LANES.map((lane) => [lane, groups.find((g) => g.lane === lane)?._count._all ?? 0]));
}

/** The rows of these ids, opened. */
export async function rowsById(store: Store, ids: readonly string[]): Promise<OutboxRow[]> {
  const rows = await store.client.outbox.findMany({ where: { id: { in: [...ids] } } });
  return rows.map((row) => store.open('Outbox', row as OutboxRow));
}

/** How many digests each person was sent in a month, not counting `exceptKeySuffix` (today's own). */
export async function digestsSince(
  store: Store,
  sinceText: string,
  beforeText: string,
): Promise<ReadonlyMap<string, number>> {
  const groups = await store.client.outbox.groupBy({
    by: ['sessionKey'],
    where: {
      kind: { in: ['digest', 'supervisor-digest'] },
      dueAt: { gte: sinceText, lt: beforeText },
      state: { not: 'dropped' },
    },
    _count: { _all: true },
  });
  return new Map(groups.map((g) => [g.sessionKey, g._count._all]));
}

/** Older rows are not looked through for what was sent within the hour (our default). */
const STILL_SENT_MS = 86_400_000;

/** The rows of an account that were handed over since, on the real clock, whatever came of it, oldest first. */
export async function rowsSentSince(
  store: Store,
  account: Pick<ChatAccountRow, 'id' | 'personId'>,
  since: Date,
): Promise<OutboxRow[]> {
  const rows = await store.client.outbox.findMany({
    where: {
      sessionKey: account.personId ?? `account:${account.id}`,
      createdAt: { gte: new Date(since.getTime() - STILL_SENT_MS).toISOString() },
      accountId: account.id,
      claimedAt: { gte: since.toISOString() },
      OR: [
        { state: { in: ['accepted', 'unknown', 'failed'] } },
        { state: 'queued', error: { in: ['fault', 'interrupted'] } },
      ],
    },
    orderBy: { claimedAt: 'asc' },
  });
  return rows.map((row) => store.open('Outbox', row as OutboxRow));
}

/** The write that claims a row; `joined`: its page goes in one message with others. */
export function claimWrite(
  { id, attempts, refs }: Pick<OutboxRow, 'id' | 'attempts' | 'refs'>,
  body: string,
  realNowText: string,
  joined = false,
): Write {
  const about = JSON.parse(refs) as { readonly joined?: boolean };
  const isNew = (about.joined ?? false) !== joined;
  return update('Outbox', id, {
    state: 'sending',
    body,
    claimedAt: realNowText,
    attempts: attempts + 1,
    ...(isNew ? { refs: JSON.stringify({ ...about, joined }) } : {}),
  });
}

/** The write that ends a row's way. */
export function outcomeWrite(
  id: string,
  state: OutboxRow['state'],
  atText: string,
  error: string | null,
): Write {
  return update('Outbox', id, { state, acceptedAt: state === 'accepted' ? atText : null, error });
}

/** What a message of an account was answered with. */
export async function outboxIdsCausedBy(store: Store, seq: number, accountId: string): Promise<string[]> {
  const rows = await store.client.outbox.findMany({
    where: { causeSeq: seq, accountId },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** So many digests back is more than a week: there is at most one a day. */
const DIGESTS_BACK = 10;

/** The supervisor digests that reached this person, newest first; `exceptId` is the one being written. */
export async function supervisorDigestsOf(
  store: Store,
  sessionKey: string,
  exceptId: string,
): Promise<readonly { readonly acceptedAt: Date; readonly refs: string }[]> {
  const rows = await store.client.outbox.findMany({
    where: { sessionKey, kind: 'supervisor-digest', state: 'accepted', id: { not: exceptId } },
    orderBy: { acceptedAt: 'desc' },
    take: DIGESTS_BACK,
    select: { acceptedAt: true, refs: true },
  });
  return rows.flatMap(({ acceptedAt, refs }) =>
    acceptedAt === null ? [] : [{ acceptedAt: new Date(acceptedAt), refs }],
  );
}

/** A call for help is never given up: its row waits on although the platform said that its reader is not there. */
const READER_IS_NOT_THERE = ['unreachable', 'refused', 'closed'];

/**
 * Whose last messages, so many of them, all failed. Rows that wait, were dropped or of which nobody knows tell nothing. A look
 * at the end of each person's rows by the index, however many there are.
 */
export async function whoseLastFailed(
  { database }: Store,
  personIds: readonly string[],
  lastMessages: number,
): Promise<ReadonlySet<string>> {
  const from =
    database.provider === 'sqlite' ? 'json_each(?) AS p' : 'jsonb_array_elements_text($1::jsonb) AS p(value)';
  const n = String(Math.trunc(lastMessages));
  const reasons = READER_IS_NOT_THERE.map((reason) => `'${reason}'`).join(', ');
  const rows = await database.client.$queryRawUnsafe<{ readonly id: string }[]>(
    `SELECT p.value AS "id" FROM ${from} WHERE (
       SELECT COUNT(*) FROM (
         SELECT "state" FROM "Outbox" WHERE "sessionKey" = p.value
           AND ("state" IN ('accepted', 'failed') OR ("state" = 'queued' AND "error" IN (${reasons})))
         ORDER BY "createdAt" DESC, "id" DESC LIMIT ${n}) AS latest
       WHERE latest."state" <> 'accepted') = ${n}`,
    JSON.stringify(personIds),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Before the id of the report in the key of the answer its reporter is written. */
export const ANSWER_KEY = 'outcome:';
export const AFTER_ANSWER_KEY = 'outcome;';

/** The reports whose reporters were written an answer that did not arrive. */
export async function reportsWithLostAnswers({ client }: Store): Promise<readonly string[]> {
  const rows = await client.outbox.findMany({
    where: { key: { gte: ANSWER_KEY, lt: AFTER_ANSWER_KEY }, state: 'failed' },
    select: { key: true },
  });
  return [...new Set(rows.flatMap(({ key }) => key.split(':')[1] ?? []))];
}
