import type { Store } from './store.ts';

/** Names by worker id. */
export async function workerNames(store: Store, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await store.client.worker.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map((row) => [row.id, store.openText('Worker', 'name', row.id, row.name)]));
}
