import type { StoredSession } from '../services/loaded.ts';
import { insert, update, type Batch } from '../services/batch.ts';
import { accountsOfPersons, type Ways } from './people.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The sessions of these keys; people who never spoke have an empty one. */
export async function sessionsOf(store: Store, keys: readonly string[]): Promise<Map<string, StoredSession>> {
  const rows = await rowsIn(store, 'DialogSession', 'key', keys);
  const found = new Map(
    rows.map((row) => [row.key, { key: row.key, rev: row.rev, body: store.open('DialogSession', row).body }]),
  );
  return new Map(keys.map((key) => [key, found.get(key) ?? { key, rev: 0, body: null }]));
}

/** The batch that stores a session, guarded by the revision it was read with. */
export function sessionWrite(
  session: StoredSession,
  body: string,
  updatedAt: string,
  wakeAt: string | null,
): Batch {
  const next = { rev: session.rev + 1, body, updatedAt, wakeAt };
  if (session.rev === 0)
    return { guards: [], writes: [insert('DialogSession', { key: session.key, ...next })] };
  const guard = { table: 'DialogSession', id: session.key, rev: session.rev } as const;
  return { guards: [guard], writes: [update('DialogSession', session.key, next)] };
}

/** Sessions that asked to be woken by now. */
export async function sessionsToWake(
  store: Store,
  nowText: string,
  limit: number,
): Promise<{ key: string; wakeAt: string }[]> {
  const rows = await store.client.dialogSession.findMany({
    where: { wakeAt: { lte: nowText } },
    select: { key: true, wakeAt: true },
    orderBy: { wakeAt: 'asc' },
    take: limit,
  });
  return rows.flatMap((row) => (row.wakeAt === null ? [] : [{ key: row.key, wakeAt: row.wakeAt }]));
}

/** Through which account a session is woken: its own, the one on the primary channel, or the one the person was linked with last. */
export async function accountToWake(
  store: Store,
  key: string,
  primary: Ways,
): Promise<{ readonly id: string } | null> {
  const select = { id: true } as const;
  if (key.startsWith('account:'))
    return store.client.chatAccount.findFirst({ where: { id: key.slice('account:'.length) }, select });
  const best = (await accountsOfPersons(store, [key], primary)).get(key);
  if (best !== undefined) return { id: best.id };
  return store.client.chatAccount.findFirst({
    where: { personId: key },
    select,
    orderBy: { linkedAt: 'desc' },
  });
}

/** The next instant at which a session wants to be woken. */
export async function nextWakeAt(store: Store): Promise<string | null> {
  const row = await store.client.dialogSession.findFirst({
    where: { wakeAt: { not: null } },
    orderBy: { wakeAt: 'asc' },
    select: { wakeAt: true },
  });
  return row?.wakeAt ?? null;
}
