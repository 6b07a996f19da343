import {
  DEFAULT_INVITATION_POLICY,
  digestedAs,
  type BoundPhone,
  type CodeFound,
  type WaitingBinding,
} from '../domain/family/invitation.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { assignmentsOfVillages, directorsOf } from './caseloads.ts';
import { marksOn } from './families.ts';
import { adultsOfChildren } from './family-reach.ts';
import { personsBehind, phonesOf } from './family-phones.ts';
import type { BindingRow, ChatAccountRow, InvitationRow } from './generated/tables.ts';
import { accountsByIds } from './people.ts';
import { rowsIn } from './rows.ts';
import type { LoadedBinding } from '../services/loaded.ts';
import { readSetting } from './settings.ts';
import type { Store } from './store.ts';

/** What a code is worth to an account now. Too many wrong ones lock it, whatever the next one is. */
async function codeFound(
  store: Store,
  account: ChatAccountRow,
  code: string,
  now: Date,
  today: LocalDate,
): Promise<CodeFound> {
  if ((await triesLeft(store, account.id, now)) <= 0) return { state: 'locked' };
  const row = await invitationBy(store, code);
  if (row === undefined) return { state: 'unusable' };
  if (row.usedBy === account.id) return standingOf(store, account, row);
  const isOver = row.usedAt !== null || row.expiresAt <= now.toISOString();
  if (isOver || (await marksOn(store, [row.personId], today)).size > 0) return { state: 'unusable' };
  const before = await standingOf(store, account, row);
  if (before.state !== 'unusable') return before;
  const { id, rev, personKind, personId, childId, madeBy } = row;
  return { state: 'good', invitationId: id, rev, personKind, personId, childId, madeBy };
}

/** The same, with the directors who can say whose code it is, and how often the account may still be wrong. */
export async function invitedBy(
  store: Store,
  account: ChatAccountRow,
  code: string,
  now: Date,
  today: LocalDate,
): Promise<{
  readonly found: CodeFound;
  readonly directorIds: readonly string[];
  readonly triesLeft: number;
}> {
  const [found, left] = await Promise.all([
    codeFound(store, account, code, now, today),
    triesLeft(store, account.id, now),
  ]);
  const childId = found.state === 'good' ? found.childId : null;
  const directorIds = childId === null ? [] : await directorsOfChild(store, childId, today);
  return { found, directorIds, triesLeft: left };
}

/** The directors who answer for a child on a day. */
export async function directorsOfChild(
  store: Store,
  childId: string,
  today: LocalDate,
): Promise<readonly string[]> {
  const [child] = await rowsIn(store, 'Child', 'id', [childId], { columns: ['villageCode'] });
  if (child === undefined) return [];
  return directorsOf(
    childId,
    child.villageCode,
    await assignmentsOfVillages(store, [child.villageCode], today),
  );
}

/** The link by which families come to 微信客服, as it was made; null where there is none. */
export async function inviteLink(store: Store): Promise<string | null> {
  const value = await readSetting(store, 'kf-link');
  return value === null ? null : (JSON.parse(value) as { readonly url: string }).url;
}

/** The phones of a child's guardians and carers that a director confirmed. */
export async function phonesOfChild(
  store: Store,
  childId: string,
  today: LocalDate,
): Promise<readonly BoundPhone[]> {
  const adults = await adultsOfChildren(store, [childId], today);
  return adults.flatMap(({ id, accounts }) =>
    accounts.map((account) => ({ accountId: account.id, personId: id, linkedAt: account.linkedAt })),
  );
}

/** An invitation by its code, whatever has become of it. */
export async function invitationBy(store: Store, code: string): Promise<InvitationRow | undefined> {
  const codeIndex = store.sealing.blindIndex('audit', digestedAs(code));
  return (await rowsIn(store, 'Invitation', 'codeIndex', [codeIndex]))[0];
}

/** How often an account may still be wrong within the hour, whoever's code it looks for; 0 or less: not at all. */
export async function triesLeft(store: Store, accountId: string, now: Date): Promise<number> {
  const { lockMs, wrongCodes } = DEFAULT_INVITATION_POLICY;
  const since = new Date(now.getTime() - lockMs).toISOString();
  return wrongCodes - (await store.client.wrongCode.count({ where: { accountId, at: { gt: since } } }));
}

/** Whoever is bound already is told so, and whoever waits is told to wait; otherwise `unusable`. */
async function standingOf(
  store: Store,
  account: ChatAccountRow,
  { personId }: Pick<InvitationRow, 'personId'>,
): Promise<{ readonly state: 'already' | 'waiting' | 'unusable' }> {
  const persons = (await personsBehind(store, [account])).get(account.id) ?? [];
  if (persons.some(({ id }) => id === personId)) return { state: 'already' };
  const where = { accountId: account.id, personId, state: 'asked' } as const;
  return { state: (await store.client.binding.count({ where })) > 0 ? 'waiting' : 'unusable' };
}

/** Of these children, who bound and waits for somebody to say that it is them; the longest waiting first. */
export async function waitingBindings(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly WaitingBinding[]> {
  const rows = await rowsIn(store, 'Binding', 'childId', childIds, { same: { state: 'asked' } });
  const ids = rows.map(({ personId }) => personId);
  const [guardians, carers, guarded, cared, children, accounts, marks] = await Promise.all([
    rowsIn(store, 'Guardian', 'id', ids),
    rowsIn(store, 'Carer', 'id', ids),
    rowsIn(store, 'Guardianship', 'guardianId', ids, { columns: ['guardianId', 'childId', 'relation'] }),
    rowsIn(store, 'CareArrangement', 'carerId', ids, { columns: ['carerId', 'childId', 'relation'] }),
    rowsIn(
      store,
      'Child',
      'id',
      rows.map(({ childId }) => childId),
      { columns: ['id', 'name'] },
    ),
    accountsByIds(
      store,
      rows.map(({ accountId }) => accountId),
    ),
    marksOn(store, ids, today),
  ]);
  const people = new Map([
    ...guardians.map((row) => [row.id, store.open('Guardian', row)] as const),
    ...carers.map((row) => [row.id, store.open('Carer', row)] as const),
  ]);
  const nameOf = new Map(children.map(({ id, name }) => [id, store.openText('Child', 'name', id, name)]));
  const relationOf = ({ personId, childId }: BindingRow): string =>
    guarded.find((bond) => bond.guardianId === personId && bond.childId === childId)?.relation ??
    cared.find((bond) => bond.carerId === personId && bond.childId === childId)?.relation ??
    '';
  return rows
    .map((row): WaitingBinding => ({
      id: row.id,
      childId: row.childId,
      childName: nameOf.get(row.childId) ?? '',
      kind: row.personKind,
      relation: relationOf(row),
      name: people.get(row.personId)?.name ?? '',
      phone: marks.has(row.personId) ? null : (people.get(row.personId)?.phone ?? null),
      noContact: marks.has(row.personId),
      askedAt: row.askedAt,
      channel: accounts.get(row.accountId)?.channel ?? 'simulator',
    }))
    .sort((a, b) => (a.askedAt < b.askedAt ? -1 : a.askedAt > b.askedAt ? 1 : a.id < b.id ? -1 : 1));
}

/** The phones of these people that a director confirmed. */
export async function boundPhones(
  store: Store,
  personIds: readonly string[],
): Promise<readonly BoundPhone[]> {
  const phones = await phonesOf(store, personIds);
  return [...phones].flatMap(([personId, accounts]) =>
    accounts.map(({ id, linkedAt }) => ({ accountId: id, personId, linkedAt })),
  );
}

/** Bindings with the phones they are of. */
export async function loadBindings(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LoadedBinding>> {
  const rows = await rowsIn(store, 'Binding', 'id', ids);
  const accounts = await accountsByIds(
    store,
    rows.map(({ accountId }) => accountId),
  );
  return new Map(
    rows.flatMap((binding) => {
      const account = accounts.get(binding.accountId);
      return account ? [[binding.id, { binding, account }] as const] : [];
    }),
  );
}

/** The invitations of these people that are still good. */
export async function openInvitations(
  store: Store,
  personIds: readonly string[],
): Promise<readonly InvitationRow[]> {
  const rows = await rowsIn(store, 'Invitation', 'personId', personIds);
  return rows.filter(({ usedAt }) => usedAt === null);
}

/** The bindings, confirmed or waiting, of these people and accounts. */
export async function bindingsOf(store: Store, personIds: readonly string[]): Promise<readonly BindingRow[]> {
  const rows = await rowsIn(store, 'Binding', 'personId', personIds);
  return rows.filter(({ state }) => state === 'asked' || state === 'confirmed');
}

/** Bindings of which the directors are to be asked again by now. */
export async function bindingsToAsk(store: Store, nowText: string): Promise<readonly BindingRow[]> {
  const rows = await store.client.binding.findMany({
    where: { state: 'asked', nextAskAt: { lte: nowText } },
    orderBy: { nextAskAt: 'asc' },
  });
  return rows as BindingRow[];
}

/** The next instant at which somebody is asked again. */
export async function nextBindingAskAt(store: Store): Promise<string | null> {
  const row = await store.client.binding.findFirst({
    where: { state: 'asked', nextAskAt: { not: null } },
    orderBy: { nextAskAt: 'asc' },
    select: { nextAskAt: true },
  });
  return row?.nextAskAt ?? null;
}
