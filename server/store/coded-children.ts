import type { LocalDate } from '../domain/local-date.ts';
import type { ChatAccountRow } from './generated/tables.ts';
import { villagesOfDirectors, villagesOfTownships } from './lookups.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A name that means one child of its reader, the child's code, and the name of their village. */
export interface CodedChild {
  readonly name: string;
  readonly code: string;
  readonly village: string;
}

/** A shorter name stands in too many other words. */
const NAME_LENGTH = 2;

/** The children a director or a township's supervisor answers for; a name that two of them have is left out. */
export async function codedChildren(
  store: Store,
  account: ChatAccountRow | null,
  today: LocalDate,
): Promise<readonly CodedChild[]> {
  const [worker] =
    account?.personKind === 'worker' && account.personId !== null
      ? await rowsIn(store, 'Worker', 'id', [account.personId], { columns: ['id', 'role', 'areaCode'] })
      : [];
  if (worker === undefined) return [];
  const villages =
    worker.role === 'director'
      ? await villagesOfDirectors(store, [worker.id], today)
      : await villagesOfTownships(store, [worker.areaCode]);
  const codes = [...new Set([...villages.values()].flat())];
  const [rows, areas] = await Promise.all([
    rowsIn(store, 'Child', 'villageCode', codes, {
      columns: ['id', 'code', 'name', 'nickname', 'villageCode'],
    }),
    rowsIn(store, 'Area', 'code', codes, { columns: ['code', 'name'] }),
  ]);
  const villageOf = new Map(areas.map((area) => [area.code, area.name]));
  const named = rows.flatMap(({ id, code, name, nickname, villageCode }) => {
    const own = [
      store.openText('Child', 'name', id, name),
      nickname === null ? '' : store.openText('Child', 'nickname', id, nickname),
    ];
    return [...new Set(own)]
      .filter(({ length }) => length >= NAME_LENGTH)
      .map((one) => ({ name: one, code, village: villageOf.get(villageCode) ?? '' }));
  });
  return named.filter(({ name }) => named.filter((other) => other.name === name).length === 1);
}
