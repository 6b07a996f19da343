import type { KnownMember, Rename } from '../domain/contacts/member.ts';
import type { MemberChange } from '../domain/contacts/members-diff.ts';
import type { KeptAccount, RosterPerson } from '../domain/contacts/people-diff.ts';
import { insertOnce, put, update, type Write } from '../services/batch.ts';
import type { WecomChangeRow, WecomMemberRow } from './generated/tables.ts';
import type { Store } from './store.ts';

const PAGE = 1_000;

/** Everybody WeCom has ever shown. */
export async function knownMembers(store: Store, breathe: () => Promise<void>): Promise<KnownMember[]> {
  return inPages(
    (after) =>
      store.client.wecomMember.findMany({
        where: { userid: { gt: after } },
        orderBy: { userid: 'asc' },
        take: PAGE,
      }) as Promise<WecomMemberRow[]>,
    ({ userid }) => userid,
    breathe,
    (row): KnownMember => ({
      userid: row.userid,
      departments: JSON.parse(row.departments) as number[],
      state: row.state,
      since: new Date(row.since),
      knownAs: row.knownAs,
    }),
  );
}

/** The rows of a change: the person's own, and those of the userids they gave up. */
export function memberWrites(change: MemberChange, at: Date): readonly Write[] {
  const { member, knownAs } = change;
  const since = at.toISOString();
  const row: WecomMemberRow = {
    userid: member.userid,
    departments: JSON.stringify(member.departments),
    state: change.kind === 'left' ? 'gone' : 'here',
    since,
    knownAs,
  };
  const over = change.kind === 'renamed' ? change.from : [];
  return [
    put('WecomMember', row),
    ...over.map((userid) =>
      put('WecomMember', { ...row, userid, state: 'renamed', knownAs: null } satisfies WecomMemberRow),
    ),
  ];
}

/** What WeCom has told and nobody has looked at yet, in the order in which it came. */
export async function pendingChanges(
  store: Store,
): Promise<readonly { readonly id: string; readonly rename: Rename | null }[]> {
  const rows = await store.client.wecomChange.findMany({
    where: { doneAt: null },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, userid, newUserid }) => ({
    id,
    rename: userid === null || newUserid === null ? null : { from: userid, to: newUserid },
  }));
}

/** A change that WeCom told: the same words again are the same change. */
export function changeTold(row: Omit<WecomChangeRow, 'doneAt'>): Write {
  return insertOnce('WecomChange', { ...row, doneAt: null });
}

export function changeDone(id: string, at: Date): Write {
  return update('WecomChange', id, { doneAt: at.toISOString() });
}

/** Everybody of the roster who has a WeCom account. */
export async function rosterPeople(
  store: Store,
  breathe: () => Promise<void>,
): Promise<(RosterPerson & { readonly areaCode: string })[]> {
  return inPages(
    (after) =>
      store.client.worker.findMany({
        where: { id: { gt: after }, state: 'active', account: { not: null } },
        select: { id: true, account: true, areaCode: true },
        orderBy: { id: 'asc' },
        take: PAGE,
      }),
    ({ id }) => id,
    breathe,
    ({ id, account, areaCode }) => ({ id, account: account?.toLowerCase() ?? '', areaCode }),
  );
}

/** The areas with their place in the tree. */
export async function placedAreas(
  store: Store,
): Promise<readonly { code: string; name: string; kind: string; parentCode: string | null }[]> {
  return store.client.area.findMany({
    select: { code: true, name: true, kind: true, parentCode: true },
    orderBy: { code: 'asc' },
  });
}

/** Every chat account on WeCom. */
export async function wecomAccounts(store: Store, breathe: () => Promise<void>): Promise<KeptAccount[]> {
  return inPages(
    (after) =>
      store.client.chatAccount.findMany({
        where: { id: { gt: after }, channel: 'wecom' },
        select: { id: true, externalId: true, personId: true, goneAt: true },
        orderBy: { id: 'asc' },
        take: PAGE,
      }),
    ({ id }) => id,
    breathe,
    ({ id, externalId, personId, goneAt }) => ({ id, externalId, personId, isGone: goneAt !== null }),
  );
}

/** Userids that are not the roster's own words, by the word of the roster. */
export async function renamedUserids(store: Store): Promise<readonly KnownMember[]> {
  const rows = await store.client.wecomMember.findMany({ where: { knownAs: { not: null } } });
  const names = rows.flatMap((row) => row.knownAs ?? []);
  const own = await store.client.wecomMember.findMany({ where: { userid: { in: names } } });
  return ([...rows, ...own] as WecomMemberRow[]).map((row) => ({
    ...row,
    departments: [],
    since: new Date(row.since),
  }));
}

/** The ids of what waits to be sent to an account. */
export async function queuedFor(store: Store, accountId: string): Promise<readonly string[]> {
  const rows = await store.client.outbox.findMany({
    where: { accountId, state: 'queued' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

async function inPages<Row, Value>(
  after: (key: string) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  breathe: () => Promise<void>,
  valueOf: (row: Row) => Value,
): Promise<Value[]> {
  const all: Value[] = [];
  for (let key = ''; ;) {
    const rows = await after(key);
    const last = rows.at(-1);
    if (last === undefined) return all;
    for (const row of rows) all.push(valueOf(row));
    key = keyOf(last);
    await breathe();
  }
}
