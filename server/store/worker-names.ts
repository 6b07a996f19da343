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
  const columns = ['id', 'name', 'phone'] as const;
  const [workers, guardians, carers] = await Promise.all([
    rowsIn(store, 'Worker', 'id', ids, { columns: [...columns, 'role'] }),
    rowsIn(store, 'Guardian', 'id', ids, { columns }),
    rowsIn(store, 'Carer', 'id', ids, { columns }),
  ]);
  const phoneOf = (
    table: 'Worker' | 'Guardian' | 'Carer',
    id: string,
    phone: string | null,
  ): string | null => (phone === null ? null : store.openText(table, 'phone', id, phone));
  const families = [
    ...guardians.map((row) => ({ ...row, table: 'Guardian' as const, role: 'guardian' as const })),
    ...carers.map((row) => ({ ...row, table: 'Carer' as const, role: 'carer' as const })),
  ];
  const all = [...workers.map((row) => ({ ...row, table: 'Worker' as const })), ...families];
  return new Map(
    all.map(({ id, name, phone, role, table }) => [
      id,
      { name: store.openName(table, 'name', id, name), phone: phoneOf(table, id, phone), role },
    ]),
  );
}
