import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Names by worker id. */
export async function workerNames(store: Store, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsIn(store, 'Worker', 'id', ids, { columns: ['id', 'name'] });
  return new Map(rows.map((row) => [row.id, store.openName('Worker', 'name', row.id, row.name)]));
}
