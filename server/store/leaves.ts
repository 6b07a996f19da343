import type { Leave, LeftForGood } from '../domain/leave.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { workerNames } from './worker-names.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** The leaves in force on a day, and whoever has left for good: few rows, whatever the size of the county. */
export async function leavesOn(store: Store, today: LocalDate): Promise<readonly (Leave | LeftForGood)[]> {
  const [rows, left] = await Promise.all([
    store.client.workerLeave.findMany({
      where: { fromOn: { lte: today }, untilOn: { gte: today } },
      select: { id: true, workerId: true, substituteId: true, fromOn: true, untilOn: true },
      orderBy: { id: 'asc' },
    }),
    store.client.departure.findMany({
      where: { openFor: { not: null } },
      select: { id: true, workerId: true, fromOn: true },
      orderBy: { id: 'asc' },
    }),
  ]);
  const forGood = left.map((one) => {
    const fromOn = one.fromOn as LocalDate;
    return { ...one, fromOn, untilOn: fromOn, substituteId: null, hasLeft: true } as const;
  });
  return [...forGood, ...(rows as Leave[])];
}

/** A leave with the name of whoever stands in. */
export interface NamedLeave extends Leave {
  readonly substitute: string | null;
}

/** The present or next leave of each of these directors. */
export async function leavesOf(
  store: Store,
  workerIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlyMap<string, NamedLeave>> {
  const all = (await rowsIn(store, 'WorkerLeave', 'workerId', workerIds)) as Leave[];
  // The earliest one is written last.
  const rows = all
    .filter((leave) => leave.untilOn >= today)
    .sort((a, b) => (a.fromOn < b.fromOn ? 1 : a.fromOn > b.fromOn ? -1 : 0));
  const names = await workerNames(
    store,
    rows.flatMap((row) => row.substituteId ?? []),
  );
  return new Map(
    rows
      .filter((leave) => leave.fromOn <= leave.untilOn)
      .map((leave) => [
        leave.workerId,
        { ...leave, substitute: names.get(leave.substituteId ?? '') ?? null },
      ]),
  );
}

/** The other directors of a director's township. */
export async function colleaguesOf(
  store: Store,
  workerId: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly village: string }[]> {
  const { client } = store;
  const worker = await client.worker.findUnique({ where: { id: workerId }, select: { areaCode: true } });
  const home = worker && (await client.area.findUnique({ where: { code: worker.areaCode } }));
  if (!home) return [];
  const areas = await client.area.findMany({
    where: { townshipCode: home.townshipCode ?? home.code },
    select: { code: true, name: true },
  });
  const villageOf = new Map(areas.map((area) => [area.code, area.name]));
  const rows = await client.worker.findMany({
    where: {
      areaCode: { in: [...villageOf.keys()] },
      role: 'director',
      state: 'active',
      id: { not: workerId },
    },
    select: { id: true, name: true, areaCode: true },
    orderBy: { code: 'asc' },
  });
  return rows.map((row) => ({
    id: row.id,
    name: store.openText('Worker', 'name', row.id, row.name),
    village: villageOf.get(row.areaCode) ?? '',
  }));
}
