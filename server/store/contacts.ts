import type { ChildHistory } from '../services/loaded.ts';
import type { Encounter } from '../domain/cadence/child-facts.ts';
import type { AbsenceRow, ContactRow, ObstacleRow } from './generated/tables.ts';
import { historyFrom } from '../services/away-facts.ts';
import { recentFacts } from '../services/cadence-record.ts';
import type { Store } from './store.ts';

/** The effective encounters of these children: neither superseded nor withdrawn. */
export async function historiesOf(
  store: Store,
  childIds: readonly string[],
): Promise<Map<string, ChildHistory>> {
  const ids = [...new Set(childIds)];
  const [children, contacts, absences, obstacles] = await Promise.all([
    store.client.child.findMany({
      where: { id: { in: ids } },
      select: { id: true, rev: true, cadence: true, recent: true },
    }),
    store.client.contact.findMany({
      // Without anybody met (no `met`, child not seen) a visit was an attempt and counts for nothing.
      where: {
        childId: { in: ids },
        supersededById: null,
        withdrawn: false,
        NOT: { met: null, childSeen: false },
      },
      select: { id: true, childId: true, takenOn: true, mode: true, childSeen: true, filedAt: true },
    }),
    store.client.absence.findMany({ where: { childId: { in: ids } }, orderBy: { id: 'asc' } }),
    store.client.obstacle.findMany({ where: { childId: { in: ids } }, orderBy: { id: 'asc' } }),
  ]);
  const byChild = new Map<string, Encounter[]>();
  for (const c of contacts) {
    const { id, takenOn: on, mode, filedAt } = c;
    const encounter = { id, on, mode, childSeen: c.childSeen ?? false, filedAt } as Encounter;
    byChild.set(c.childId, [...(byChild.get(c.childId) ?? []), encounter]);
  }
  const away = absences.map((row) => store.open('Absence', row as AbsenceRow));
  const kept = obstacles.map((row) => store.open('Obstacle', row as ObstacleRow));
  const ofChild = <T extends { readonly childId: string }>(rows: readonly T[], id: string) =>
    rows.filter((row) => row.childId === id);
  return new Map(
    children.map(({ id, rev, cadence, recent }) => {
      const told = {
        encounters: byChild.get(id) ?? [],
        absences: ofChild(away, id),
        obstacles: ofChild(kept, id),
      };
      return [id, historyFrom({ childId: id, rev, facts: recentFacts(cadence, recent) }, told)];
    }),
  );
}

/** The record that holds in place of this one: itself, or the last of those that superseded it. */
export async function newestContact(store: Store, id: string): Promise<ContactRow | null> {
  const row = await contactById(store, id);
  const later = row?.supersededById ?? null;
  return later === null ? row : newestContact(store, later);
}

/** One record. */
async function contactById(store: Store, id: string): Promise<ContactRow | null> {
  const row = await store.client.contact.findUnique({ where: { id } });
  return row ? store.open('Contact', row as ContactRow) : null;
}
