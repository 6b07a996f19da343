import type { LocalDate } from '../domain/local-date.ts';
import { marksOn } from './families.ts';
import type { BindingRow, ChatAccountRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A guardian or carer by kind and id. */
export interface PersonRef {
  readonly kind: 'guardian' | 'carer';
  readonly id: string;
}

/**
 * Who is behind these accounts: the person it was linked to first, and whoever else a director confirmed on it. Workers'
 * accounts have nobody here.
 */
export async function personsBehind(
  store: Store,
  accounts: readonly Pick<ChatAccountRow, 'id' | 'personKind' | 'personId'>[],
): Promise<Map<string, readonly PersonRef[]>> {
  const bindings = await rowsIn(
    store,
    'Binding',
    'accountId',
    accounts.map(({ id }) => id),
    { same: { state: 'confirmed' } },
  );
  return new Map(
    accounts.map(({ id, personKind, personId }) => {
      const first =
        personId !== null && (personKind === 'guardian' || personKind === 'carer')
          ? [{ kind: personKind, id: personId }]
          : [];
      const others = bindings
        .filter((row) => row.accountId === id && row.personId !== personId)
        .map((row): PersonRef => ({ kind: row.personKind, id: row.personId }));
      return [id, personKind === 'worker' ? [] : [...first, ...others]];
    }),
  );
}

/** The phones of each of these guardians and carers, unless nobody is reached there any more. */
export async function phonesOf(
  store: Store,
  personIds: readonly string[],
): Promise<Map<string, readonly ChatAccountRow[]>> {
  const [linked, bindings] = await Promise.all([
    rowsIn(store, 'ChatAccount', 'personId', personIds),
    rowsIn(store, 'Binding', 'personId', personIds, { same: { state: 'confirmed' } }),
  ]);
  const shared = await rowsIn(
    store,
    'ChatAccount',
    'id',
    bindings.map((row: BindingRow) => row.accountId),
  );
  const accounts = new Map([...linked, ...shared].map((row) => [row.id, row]));
  return new Map(
    personIds.map((id) => [
      id,
      [...accounts.values()]
        .filter(
          (account) =>
            account.goneAt === null &&
            (account.personId === id ||
              bindings.some((row) => row.personId === id && row.accountId === account.id)),
        )
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ]),
  );
}

/**
 * Whether nobody may write to this phone on a day: 不得联系 stands on whoever is behind it, or on one of those behind it. A
 * phone that such a person reads too gets nothing.
 */
export async function isForbidden(
  store: Store,
  account: Pick<ChatAccountRow, 'id' | 'personKind' | 'personId'>,
  today: LocalDate,
): Promise<boolean> {
  const persons = (await personsBehind(store, [account])).get(account.id) ?? [];
  return (
    (
      await marksOn(
        store,
        persons.map(({ id }) => id),
        today,
      )
    ).size > 0
  );
}
