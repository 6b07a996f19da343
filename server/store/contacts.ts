import type { ChildHistory } from '../services/loaded.ts';
import type { Encounter } from '../domain/cadence/child-facts.ts';
import type { ContactRow } from './generated/tables.ts';
import { historyFrom } from '../services/away-facts.ts';
import { readCadence, recentFacts } from '../services/cadence-record.ts';
import { grouped } from './grouped.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

const ENCOUNTER_COLUMNS = [
  'id',
  'childId',
  'takenOn',
  'mode',
  'met',
  'childSeen',
  'filedAt',
  'supersededById',
  'withdrawn',
] as const;

/** The effective encounters of these children: neither superseded nor withdrawn. */
export async function historiesOf(
  store: Store,
  childIds: readonly string[],
): Promise<Map<string, ChildHistory>> {
  const ids = [...new Set(childIds)];
  const [children, contacts, absences, obstacles] = await Promise.all([
    rowsIn(store, 'Child', 'id', ids, { columns: ['id', 'rev', 'cadence', 'recent'] }),
    rowsIn(store, 'Contact', 'childId', ids, { columns: ENCOUNTER_COLUMNS }),
    rowsIn(store, 'Absence', 'childId', ids),
    rowsIn(store, 'Obstacle', 'childId', ids),
  ]);
  const holding = contacts.filter((c) => c.supersededById === null && !c.withdrawn && !isAttempt(c));
  const byChild = grouped(holding, (c) => c.childId);
  const away = grouped(absences, (row) => row.childId);
  const kept = grouped(obstacles, (row) => row.childId);
  return new Map(
    children.map(({ id, rev, cadence, recent }) => {
      const told = {
        encounters: (byChild.get(id) ?? []).map(encounterOf),
        absences: (away.get(id) ?? []).map((row) => store.open('Absence', row)),
        obstacles: (kept.get(id) ?? []).map((row) => store.open('Obstacle', row)),
      };
      return [
        id,
        historyFrom({ childId: id, rev, facts: recentFacts(readCadence(cadence).child, recent) }, told),
      ];
    }),
  );
}

/** Without anybody met (no `met`, child not seen) a visit was an attempt and counts for nothing. */
function isAttempt({ met, childSeen }: Pick<ContactRow, 'met' | 'childSeen'>): boolean {
  return met === null && childSeen === false;
}

function encounterOf(c: Pick<ContactRow, 'id' | 'takenOn' | 'mode' | 'childSeen' | 'filedAt'>): Encounter {
  const { id, takenOn: on, mode, filedAt } = c;
  return { id, on, mode, childSeen: c.childSeen ?? false, filedAt } as Encounter;
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
