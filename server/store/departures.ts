import { addDays, type LocalDate } from '../domain/local-date.ts';
import { directorsOf } from './caseloads.ts';
import type { DepartureRow } from './generated/tables.ts';
import { grouped } from './grouped.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Everybody who has left and is not back. */
export async function departures(store: Store): Promise<DepartureRow[]> {
  const rows = await store.client.departure.findMany({
    where: { openFor: { not: null } },
    orderBy: { id: 'asc' },
  });
  return rows as DepartureRow[];
}

/** When somebody is asked next about children who wait to be handed over. */
export async function nextHandOverAskAt(store: Store, now: string): Promise<string | null> {
  const row = await store.client.departure.findFirst({
    where: { state: 'open', nextAskAt: { gt: now } },
    orderBy: { nextAskAt: 'asc' },
    select: { nextAskAt: true },
  });
  return row?.nextAskAt ?? null;
}

/** Somebody who has left, and the first day on which they do not answer any more. */
export type Leaver = Pick<DepartureRow, 'workerId' | 'fromOn'>;

/**
 * How many children of each of these people have nobody now: they were theirs when they left, and of those who are
 * assigned today nobody is still here. A substitute for some days is no new director.
 */
export async function childrenWaiting(
  store: Store,
  leavers: readonly Leaver[],
  today: LocalDate,
): Promise<ReadonlyMap<string, number>> {
  const fromOn = new Map(leavers.map((one) => [one.workerId, one.fromOn as LocalDate]));
  const theirs = (await rowsIn(store, 'Assignment', 'workerId', [...fromOn.keys()])).filter((a) => {
    const left = fromOn.get(a.workerId);
    return left !== undefined && a.fromOn <= left && (a.untilOn === null || a.untilOn >= addDays(left, -1));
  });
  const villages = [...new Set(theirs.map((a) => a.villageCode))];
  const [assigned, kept, everybodyLeft] = await Promise.all([
    rowsIn(store, 'Assignment', 'villageCode', villages),
    rowsIn(store, 'Child', 'villageCode', villages, { columns: ['id', 'villageCode', 'endsOn'] }),
    departures(store),
  ]);
  const left = new Set([...everybodyLeft.map((one) => one.workerId), ...fromOn.keys()]);
  const here = grouped(
    assigned.filter(
      (a) => !left.has(a.workerId) && a.fromOn <= today && (a.untilOn === null || a.untilOn >= today),
    ),
    (a) => a.villageCode,
  );
  const before = grouped(theirs, (a) => a.villageCode);
  const waiting = new Map([...fromOn.keys()].map((id) => [id, 0]));
  for (const child of kept) {
    if (child.endsOn !== null && child.endsOn <= today) continue;
    const { id, villageCode } = child;
    if (directorsOf(id, villageCode, here.get(villageCode) ?? []).length > 0) continue;
    for (const workerId of directorsOf(id, villageCode, before.get(villageCode) ?? []))
      waiting.set(workerId, (waiting.get(workerId) ?? 0) + 1);
  }
  return waiting;
}
