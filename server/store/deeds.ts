import type { Store } from './store.ts';

const DEEDS_LIMIT = 50;

/** What happened without anyone asking, newest last: what went out, to which account, in which lane. */
export async function deedsOf(store: Store): Promise<{ at: string; what: string }[]> {
  const rows = await store.client.outbox.findMany({
    where: { lane: { not: 'reply' }, state: { not: 'queued' } },
    select: { lane: true, kind: true, state: true, accountId: true, notBefore: true },
    orderBy: [{ notBefore: 'desc' }, { id: 'desc' }],
    take: DEEDS_LIMIT,
  });
  const accounts = await store.client.chatAccount.findMany({
    where: { id: { in: rows.map((r) => r.accountId) } },
    select: { id: true, externalId: true },
  });
  const nameOf = new Map(accounts.map((a) => [a.id, a.externalId]));
  return rows.reverse().map((row) => ({
    at: row.notBefore,
    what: `${row.kind === 'says' ? row.lane : row.kind} → ${nameOf.get(row.accountId) ?? ''} (${row.state})`,
  }));
}
