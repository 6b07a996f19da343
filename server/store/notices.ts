import type { NoticeDesk } from '../domain/notice.ts';
import type { BroadcastCallRow, ChatAccountRow, NoticeRow, OutboxRow } from './generated/tables.ts';
import { accountsOfPersons, type Ways } from './people.ts';
import type { Store } from './store.ts';

/** Whom a notice of this worker would reach on the channel, and the newest one that was not taken back. */
export async function noticeDesk(store: Store, workerId: string, channel: Ways): Promise<NoticeDesk> {
  const worker = await store.client.worker.findUnique({
    where: { id: workerId },
    select: { areaCode: true },
  });
  const accounts = worker === null ? [] : await receiversOf(store, worker.areaCode, channel);
  const latest = await store.client.notice.findFirst({
    where: { authorId: workerId, recallAskedAt: null },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, at: true },
  });
  return { receivers: accounts.length, latest };
}

/** The directors of a county or a township who are reached on the channel, in the order of their accounts. */
export async function receiversOf(
  store: Store,
  areaCode: string,
  channel: Ways,
): Promise<readonly ChatAccountRow[]> {
  const areas = await store.client.area.findMany({
    where: { OR: [{ countyCode: areaCode }, { townshipCode: areaCode }] },
    select: { code: true },
  });
  const workers = await store.client.worker.findMany({
    where: { role: 'director', state: 'active', areaCode: { in: areas.map(({ code }) => code) } },
    select: { id: true },
  });
  const accounts = await accountsOfPersons(
    store,
    workers.map(({ id }) => id),
    channel,
  );
  return [...accounts.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

/** Notices that are not yet in the outbox for everybody. */
export async function noticesToSpread(store: Store): Promise<readonly NoticeRow[]> {
  const rows = await store.client.notice.findMany({
    where: { spreadAt: null, recallAskedAt: null },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => store.open('Notice', row));
}

/** Notices whose authors wait to hear what came of taking them back; the words are not needed. */
export async function noticesToRecall(
  store: Store,
): Promise<readonly Pick<NoticeRow, 'id' | 'at' | 'accountId'>[]> {
  return store.client.notice.findMany({
    where: { recallAskedAt: { not: null }, recallToldAt: null },
    select: { id: true, at: true, accountId: true },
    orderBy: { id: 'asc' },
  });
}

/** Whether an author has asked for a notice back. */
export async function isRecalled(store: Store, noticeId: string): Promise<boolean> {
  const where = { id: noticeId, recallAskedAt: { not: null } };
  return (await store.client.notice.count({ where })) > 0;
}

/** The calls of a notice. */
export async function callsOf(store: Store, noticeId: string): Promise<readonly BroadcastCallRow[]> {
  const rows = await store.client.broadcastCall.findMany({ where: { noticeId }, orderBy: { id: 'asc' } });
  return rows as BroadcastCallRow[];
}

/** The key under which a receiver has a notice: once. */
export function noticeKey(noticeId: string, accountId: string): string {
  return `notice:${noticeId}:${accountId}`;
}

/** Where the rows of a notice stand, without their words. */
export async function rowsOfNotice(
  store: Store,
  noticeId: string,
): Promise<readonly Pick<OutboxRow, 'id' | 'state' | 'callId'>[]> {
  const rows = await store.client.outbox.findMany({
    where: { key: { startsWith: noticeKey(noticeId, '') } },
    select: { id: true, state: true, callId: true },
    orderBy: { id: 'asc' },
  });
  return rows as Pick<OutboxRow, 'id' | 'state' | 'callId'>[];
}

/** The rows of a call that wait for another try. */
export async function rowsOfCall(store: Store, callId: string): Promise<readonly OutboxRow[]> {
  const rows = await store.client.outbox.findMany({
    where: { callId, state: 'queued' },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => store.open('Outbox', row as OutboxRow));
}
