import type { VisitTellingRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Those whose messages are on their way, and those whose time has come to be looked at. */
export async function tellingsToLookAt(
  { client }: Store,
  now: string,
  limit: number,
): Promise<readonly VisitTellingRow[]> {
  const rows = await client.visitTelling.findMany({
    where: { OR: [{ state: 'queued' }, { nextAt: { lte: now } }] },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows as VisitTellingRow[];
}

export async function nextTellingAt({ client }: Store, now: string): Promise<string | null> {
  const row = await client.visitTelling.findFirst({
    where: { nextAt: { gt: now } },
    orderBy: { nextAt: 'asc' },
    select: { nextAt: true },
  });
  return row?.nextAt ?? null;
}

/** What these appointments' homes have still to learn. */
export async function openTellings(
  store: Store,
  visitIds: readonly string[],
): Promise<readonly VisitTellingRow[]> {
  const rows = await rowsIn(store, 'VisitTelling', 'visitId', visitIds);
  return rows.filter(({ state }) => state === 'waiting' || state === 'queued');
}

/** What was told of these appointments and may still be confirmed by those at home. */
export async function tellingsOf(
  store: Store,
  visitIds: readonly string[],
): Promise<readonly VisitTellingRow[]> {
  const rows = await rowsIn(store, 'VisitTelling', 'visitId', visitIds);
  return rows.filter(({ state }) => state !== 'confirmed' && state !== 'unreachable');
}

/** What a director is asked to pass on, while it is of use. */
export async function tellingsWith(
  store: Store,
  directorId: string,
  now: string,
): Promise<readonly VisitTellingRow[]> {
  const rows = await rowsIn(store, 'VisitTelling', 'directorId', [directorId], {
    same: { state: 'waiting', way: 'director' },
  });
  return rows.filter(({ until }) => until > now);
}

/** Whether its messages may still go: another change of the same visit ends it. */
export async function isTellingOnItsWay({ client }: Store, id: string): Promise<boolean> {
  const row = await client.visitTelling.findUnique({ where: { id }, select: { state: true } });
  return row?.state === 'queued';
}
