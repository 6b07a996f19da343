import type { LocalDate } from '../domain/local-date.ts';
import type { NoticeChild } from '../domain/report/notice.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The children that reports are about, as those who were told of the report may read them, by id. */
export async function reportChildren(
  store: Store,
  childIds: readonly string[],
): Promise<Map<string, NoticeChild>> {
  const rows = await rowsIn(store, 'Child', 'id', childIds);
  const [areas, households] = await Promise.all([
    rowsIn(
      store,
      'Area',
      'code',
      rows.map((row) => row.villageCode),
      { columns: ['code', 'name'] },
    ),
    rowsIn(
      store,
      'Household',
      'id',
      rows.flatMap((row) => row.householdId ?? []),
    ),
  ]);
  return new Map(
    rows.map((sealed) => {
      const row = store.open('Child', sealed);
      const household = households.find(({ id }) => id === row.householdId);
      return [
        row.id,
        {
          name: row.name,
          sex: row.sex,
          bornOn: row.bornOn as LocalDate,
          village: areas.find(({ code }) => code === row.villageCode)?.name ?? null,
          address: household ? store.open('Household', household).address : null,
          school: row.school,
        },
      ];
    }),
  );
}
