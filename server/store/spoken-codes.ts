import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** A worker by the code and the role the roster knows them by. */
export interface CodedWorker {
  readonly code: string;
  readonly role: string;
}

/** Whom calls are to be made to, by the call. */
export async function codedCalls(
  store: Store,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, CodedWorker>> {
  const calls = await rowsIn(store, 'CallRequest', 'id', callIds, { columns: ['id', 'directorId'] });
  const ids = calls.map(({ directorId }) => directorId);
  const workers = await rowsIn(store, 'Worker', 'id', ids, { columns: ['id', 'code', 'role'] });
  const workerOf = new Map(workers.map((row) => [row.id, { code: row.code, role: row.role }]));
  return new Map(
    calls.flatMap(({ id, directorId }) => {
      const worker = workerOf.get(directorId);
      return worker === undefined ? [] : [[id, worker] as const];
    }),
  );
}

/** Of each of these requests of a family the code of its child; null where nobody knows whose it is. */
export async function codedRequests(
  store: Store,
  requestIds: readonly string[],
): Promise<readonly (string | null)[]> {
  const rows = await rowsIn(store, 'FamilyRequest', 'id', requestIds, { columns: ['childId'] });
  const childIds = rows.flatMap(({ childId }) => childId ?? []);
  const children = await rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'code'] });
  const codeOf = new Map(children.map(({ id, code }) => [id, code]));
  return rows.map(({ childId }) => codeOf.get(childId ?? '') ?? null);
}

/** The requests of families that wait and of which this worker was asked, the oldest first. */
export async function requestsAskedOf(store: Store, workerId: string): Promise<readonly string[]> {
  const rows = await store.client.familyRequest.findMany({
    where: { state: 'open', askedIds: { contains: `"${workerId}"` } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: 8,
  });
  return rows.map(({ id }) => id);
}
