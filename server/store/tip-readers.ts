import { addDays, shanghaiDate, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import type { TipMoment } from '../domain/family/tip-moment.ts';
import { familyMessagesIn } from './family-sent.ts';
import { heldChildren } from './family-reach.ts';
import { marksOn } from './families.ts';
import type { ChatAccountRow, ConsentRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';
import { tipReaders, type TipReader } from './tips.ts';

/** A phone that may get a tip, as it stands. */
export interface TipCandidate {
  readonly account: ChatAccountRow;
  readonly reader: TipReader;
  readonly moment: TipMoment;
}

/** So many phones of families, in the order of their ids, after one of them. */
export function familyAccounts(store: Store, after: string, limit: number): Promise<ChatAccountRow[]> {
  return store.client.chatAccount.findMany({
    where: { personKind: { in: ['guardian', 'carer'] }, goneAt: null, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
  }) as Promise<ChatAccountRow[]>;
}

/**
 * Of these phones those to which nothing forbids an automatic message today: nobody behind them is marked 不得联系, and no
 * report or concern of a child of theirs is open.
 */
export async function tipCandidates(
  store: Store,
  accounts: readonly ChatAccountRow[],
  today: LocalDate,
  restDays: number,
): Promise<readonly TipCandidate[]> {
  const readers = await tipReaders(store, accounts, today);
  const all = [...readers.values()];
  const personIds = all.flatMap(({ persons }) => persons.map(({ id }) => id));
  const accountIds = accounts.map(({ id }) => id);
  const [marks, held, consents, sent, last] = await Promise.all([
    marksOn(store, personIds, today),
    heldChildren(store, [...new Set(all.flatMap(({ childIds }) => childIds))]),
    rowsIn(store, 'Consent', 'personId', personIds, { same: { kind: 'tips' } }),
    familyMessagesIn(store, accountIds, today),
    lastMessages(store, accountIds, addDays(today, -restDays)),
  ]);
  return accounts.flatMap((account) => {
    const reader = readers.get(account.id);
    if (reader === undefined || reader.childIds.length === 0) return [];
    if (reader.persons.some(({ id }) => marks.has(id))) return [];
    if (reader.childIds.some((id) => held.has(id))) return [];
    const moment: TipMoment = {
      wanted: isWanted(reader, consents),
      isAway: reader.isAway,
      lastTipOn: reader.pushedAt === null ? null : shanghaiDate(new Date(reader.pushedAt)),
      lastMessageOn: last.get(account.id) ?? null,
      sentThisMonth: sent.get(account.id) ?? 0,
    };
    return [{ account, reader, moment }];
  });
}

/** Of a phone that several share one word against it is enough. */
function isWanted({ persons }: TipReader, consents: readonly ConsentRow[]): boolean {
  const newest = persons.flatMap(({ id }) => {
    const own = consents.filter(({ personId }) => personId === id);
    const last = own.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1)).at(-1);
    return last === undefined ? [] : [last.given];
  });
  return newest.length > 0 && newest.every(Boolean);
}

/** The day of the last automatic message to each of these phones, as far as it is not before a day. */
async function lastMessages(
  store: Store,
  accountIds: readonly string[],
  from: LocalDate,
): Promise<ReadonlyMap<string, LocalDate>> {
  const rows = await store.client.outbox.findMany({
    where: {
      accountId: { in: [...accountIds] },
      createdAt: { gte: shanghaiInstant(from, 0).toISOString() },
      state: { notIn: ['dropped', 'failed'] },
      refs: { contains: '"family":' },
    },
    select: { accountId: true, createdAt: true },
    orderBy: { createdAt: 'asc' },
  });
  return new Map(rows.map(({ accountId, createdAt }) => [accountId, shanghaiDate(new Date(createdAt))]));
}
