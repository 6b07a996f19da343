import type { Callable } from '../services/loaded.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Names by worker id. */
export async function workerNames(store: Store, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsIn(store, 'Worker', 'id', ids, { columns: ['id', 'name'] });
  return new Map(rows.map((row) => [row.id, store.openName('Worker', 'name', row.id, row.name)]));
}

/** Names and phones of workers, guardians and carers by their ids. */
export async function peopleByIds(store: Store, ids: readonly string[]): Promise<Map<string, Callable>> {
  const tables = ['Worker', 'Guardian', 'Carer'] as const;
  const found = await Promise.all(
    tables.map(async (table) => {
      const rows = await rowsIn(store, table, 'id', ids, { columns: ['id', 'name', 'phone'] });
      return rows.map(({ id, name, phone }) => {
        const opened = phone === null ? null : store.openText(table, 'phone', id, phone);
        return [id, { name: store.openName(table, 'name', id, name), phone: opened }] as const;
      });
    }),
  );
  return new Map(found.flat());
}
