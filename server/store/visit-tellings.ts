import type { LocalDate } from '../domain/local-date.ts';
import { marksOn } from './families.ts';
import type { VisitTellingRow } from './generated/tables.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Those whose messages are on their way, and those whose time has come to be looked at. */
export async function tellingsToLookAt(
  { client }: Store,
  now: string,
  limit: number,
): Promise<readonly VisitTellingRow[]> {
  // Messages that wait for the morning must not hide a home whose time has come.
  const [due, queued] = await Promise.all([
    client.visitTelling.findMany({
      where: { nextAt: { lte: now } },
      orderBy: { nextAt: 'asc' },
      take: limit,
    }),
    client.visitTelling.findMany({ where: { state: 'queued' }, orderBy: { at: 'asc' }, take: limit }),
  ]);
  return [...new Map([...due, ...queued].map((row) => [row.id, row as VisitTellingRow])).values()];
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

/** What these workers' homes had to learn since an instant, or have still to. */
export async function tellingsSince(
  { client }: Store,
  directorIds: readonly string[],
  since: string,
): Promise<readonly VisitTellingRow[]> {
  const rows = await client.visitTelling.findMany({
    where: {
      directorId: { in: [...directorIds] },
      OR: [{ state: { in: ['waiting', 'queued'] } }, { at: { gte: since } }],
    },
    orderBy: { id: 'asc' },
  });
  return rows as VisitTellingRow[];
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

/** Whether a director is still to pass it on, and to somebody whom nobody has marked 不得联系 since. */
export async function isToBePassedOn(store: Store, id: string, today: LocalDate): Promise<boolean> {
  const row = await store.client.visitTelling.findUnique({ where: { id } });
  if (row?.state !== 'waiting' || row.way !== 'director') return false;
  return row.personId === null || (await marksOn(store, [row.personId], today)).size === 0;
}
