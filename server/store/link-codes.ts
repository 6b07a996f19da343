import type { ChatAccountRow, LinkCodeRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A code by the digest that is kept of it. */
export async function linkCodeBy({ client }: Store, codeIndex: string): Promise<LinkCodeRow | null> {
  return client.linkCode.findUnique({ where: { codeIndex } });
}

/** Every account of a person, the newest first. */
export async function accountsOfPerson(store: Store, personId: string): Promise<readonly ChatAccountRow[]> {
  const rows = await rowsIn(store, 'ChatAccount', 'personId', [personId]);
  return [...rows].sort((a, b) => ((a.linkedAt ?? '') < (b.linkedAt ?? '') ? 1 : -1));
}

/** The messages of an account that wait for their turn. */
export async function waitingOf({ client }: Store, accountId: string): Promise<readonly number[]> {
  const rows = await client.inbox.findMany({ where: { accountId, state: 'new' }, select: { seq: true } });
  return rows.map(({ seq }) => seq);
}

/** What still waits to be told to a person on these accounts. */
export async function untoldOn(
  { client }: Store,
  personId: string,
  accountIds: readonly string[],
): Promise<readonly string[]> {
  if (accountIds.length === 0) return [];
  const where = { state: 'queued', sessionKey: personId, accountId: { in: [...accountIds] } };
  const rows = await client.outbox.findMany({ where, select: { id: true } });
  return rows.map(({ id }) => id);
}
