import { ACCOUNT_DEFAULTS } from '../domain/account-settings.ts';
import { insert, insertOnce, update, type Batch, type Guard, type Write } from '../services/batch.ts';
import type { ChatAccountRow, KfAccountRow, KfReachRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A guardian of 微信客服; the account and the standing may be new, and are then not stored yet. */
export interface KfGuest {
  readonly account: ChatAccountRow;
  readonly isNew: boolean;
  readonly reach: KfReachRow | null;
}

/** How far an account of 微信客服 has been read; of one that was never read, a row with revision 0. */
export async function kfAccount(store: Store, openKfId: string): Promise<KfAccountRow> {
  const row = await store.client.kfAccount.findUnique({ where: { openKfId } });
  return row === null ? { openKfId, cursor: null, token: null, rev: 0 } : store.open('KfAccount', row);
}

/** There is something to read, and the token to read it with. It does not touch the revision: reading goes on. */
export function wokenWrites(openKfId: string, token: string): readonly Write[] {
  return [
    insertOnce('KfAccount', { openKfId, cursor: null, token: null, rev: 1 }),
    update('KfAccount', openKfId, { token }),
  ];
}

/** The next reading begins here; refused where somebody else has read meanwhile. */
export function cursorBatch({ openKfId, rev }: KfAccountRow, cursor: string): Batch {
  if (rev === 0)
    return { guards: [], writes: [insert('KfAccount', { openKfId, cursor, token: null, rev: 1 })] };
  return {
    guards: [{ table: 'KfAccount', id: openKfId, rev }],
    writes: [update('KfAccount', openKfId, { cursor, rev: rev + 1 })],
  };
}

/** Guardians by their external_userids, with how they stand; strangers get an account without a person. */
export async function kfGuests(
  store: Store,
  externalIds: readonly string[],
  newId: () => string,
): Promise<Map<string, KfGuest>> {
  const ids = [...new Set(externalIds)];
  const accounts = await rowsIn(store, 'ChatAccount', 'externalId', ids, { same: { channel: 'kf' } });
  const known = new Map(accounts.map((account) => [account.externalId, account]));
  const reaches = await rowsIn(
    store,
    'KfReach',
    'accountId',
    accounts.map(({ id }) => id),
  );
  const reachOf = new Map(reaches.map((row) => [row.accountId, store.open('KfReach', row)]));
  return new Map(
    ids.map((externalId) => {
      const account = known.get(externalId);
      return [
        externalId,
        account === undefined
          ? { account: strangerOf(externalId, newId()), isNew: true, reach: null }
          : { account, isNew: false, reach: reachOf.get(account.id) ?? null },
      ];
    }),
  );
}

/** How a guardian stands; null where nothing was ever heard of them. */
export async function kfReachOf(store: Store, externalId: string): Promise<KfReachRow | null> {
  const where = { channel_externalId: { channel: 'kf', externalId } };
  const account = await store.client.chatAccount.findUnique({ where, select: { id: true } });
  if (account === null) return null;
  const row = await store.client.kfReach.findUnique({ where: { accountId: account.id } });
  return row === null ? null : store.open('KfReach', row as KfReachRow);
}

/** A guardian's standing, changed; refused where it changed meanwhile. */
export function reachBatch(before: KfReachRow | null, after: Omit<KfReachRow, 'rev'>): Batch {
  if (before === null) return { guards: [], writes: [insert('KfReach', { ...after, rev: 1 })] };
  const { accountId, ...set } = after;
  const guard: Guard = { table: 'KfReach', id: accountId, rev: before.rev };
  return { guards: [guard], writes: [update('KfReach', accountId, { ...set, rev: before.rev + 1 })] };
}

function strangerOf(externalId: string, id: string): ChatAccountRow {
  const nobody = { personKind: null, personId: null, linkedAt: null };
  return { ...ACCOUNT_DEFAULTS, id, channel: 'kf', externalId, ...nobody };
}
