import { ACCOUNT_DEFAULTS } from '../domain/account-settings.ts';
import { currentUserids } from '../domain/contacts/people-diff.ts';
import { insertOnce } from '../services/batch.ts';
import type { Database } from './database.ts';
import type { ChatAccountRow, WorkerRow } from './generated/tables.ts';
import { accountByExternalId, workersById } from './people.ts';
import type { Store } from './store.ts';
import { renamedUserids } from './wecom-contacts.ts';

const PAGE = 500;

/** The account of a member of the company, linked where the import knows who it is. Not stored yet. */
export async function wecomAccount(
  store: Store,
  externalId: string,
  id: string,
  at: Date,
): Promise<ChatAccountRow> {
  const useridOf = currentUserids(await renamedUserids(store));
  const member = await store.client.wecomMember.findUnique({ where: { userid: externalId } });
  const knownAs = member?.knownAs ?? null;
  const names = knownAs === null ? [externalId] : [externalId, knownAs];
  const workers = await store.client.worker.findMany({
    where: { account: { in: names }, state: 'active' },
    select: { id: true, account: true },
  });
  const worker = workers.find(({ account }) => account !== null && useridOf(account) === externalId);
  return rowOf(externalId, worker?.id ?? null, id, at);
}

/**
 * Everybody whose WeCom account the import knows can be reached on WeCom, before they ever said a word. Answers with how
 * many were new.
 */
export async function linkWorkers(
  store: Store,
  at: Date,
  newId: () => string,
  breathe: () => Promise<void>,
): Promise<number> {
  const useridOf = currentUserids(await renamedUserids(store));
  let linked = 0;
  for (let cursor = ''; ;) {
    const page = await store.client.worker.findMany({
      where: { id: { gt: cursor }, state: 'active', account: { not: null } },
      select: { id: true, account: true },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    const last = page.at(-1);
    if (!last) return linked;
    cursor = last.id;
    const people = page.map(({ id, account }) => ({ id, userid: useridOf(account ?? '') }));
    const known = await store.client.chatAccount.findMany({
      where: { channel: 'wecom', externalId: { in: people.map(({ userid }) => userid) } },
      select: { externalId: true },
    });
    const there = new Set(known.map((a) => a.externalId));
    const fresh = people.filter(({ userid }) => !there.has(userid));
    const writes = fresh.map((w) => insertOnce('ChatAccount', rowOf(w.userid, w.id, newId(), at)));
    if (writes.length > 0) await store.commit({ guards: [], writes });
    linked += writes.length;
    await breathe();
  }
}

/** The colleague behind a userid; null where no import knows the member, or the colleague has left. */
export async function workerOfMember(store: Store, userid: string): Promise<WorkerRow | null> {
  const account = await accountByExternalId(store, 'wecom', userid);
  const linked = account?.personKind === 'worker' ? account.personId : null;
  const imported = { where: { account: userid, state: 'active' }, select: { id: true } } as const;
  const id = linked ?? (await store.client.worker.findFirst(imported))?.id ?? null;
  return id === null ? null : ((await workersById(store, [id])).get(id) ?? null);
}

/** The WeCom accounts of everybody an import has brought and who has not left. */
export async function importedAccounts({ client }: Pick<Database, 'client'>): Promise<readonly string[]> {
  const workers = await client.worker.findMany({
    where: { state: 'active', account: { not: null } },
    select: { account: true },
    orderBy: { id: 'asc' },
  });
  return workers.flatMap(({ account }) => (account === null ? [] : [account]));
}

function rowOf(externalId: string, personId: string | null, id: string, at: Date): ChatAccountRow {
  return {
    ...ACCOUNT_DEFAULTS,
    id,
    channel: 'wecom',
    externalId,
    personKind: personId === null ? null : 'worker',
    personId,
    linkedAt: personId === null ? null : at.toISOString(),
  };
}
