import { changeTellsUntil } from '../domain/family/visit-change.ts';
import type { VisitTime } from '../domain/family/visit.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { insert, update, type Guard, type Write } from '../services/batch.ts';
import type { VisitStep } from '../services/visit-told.ts';
import type { VisitAppointmentRow, VisitTellingRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import { openTellings } from '../store/visit-tellings.ts';
import { visitMessageStates, type VisitHome } from '../store/visits.ts';
import type { World } from './world.ts';

/** What has to reach a home that waits for somebody: followed until it has, by the job of the tellings. */
export type ChangeStep = VisitTellingRow['step'];

export function isChange(step: VisitStep): step is ChangeStep {
  return step === 'change' || step === 'kept' || step === 'cancel';
}

/** Until when a home is told of this; a day that was moved ends with the time the family waits for. */
export async function tellsUntil(
  { store }: World,
  row: VisitAppointmentRow,
  step: ChangeStep,
): Promise<Date> {
  const ids = step === 'change' && row.supersedesId !== null ? [row.supersedesId] : [];
  const [before] = await rowsIn(store, 'VisitAppointment', 'id', ids, { columns: ['onDay', 'daypart'] });
  return changeTellsUntil(timeOf(row), before === undefined ? null : timeOf(before));
}

/** The telling of a change, in place of any that is still open for the same visit. */
export async function tellingOf(
  world: World,
  rows: readonly VisitAppointmentRow[],
  step: ChangeStep,
  until: Date,
): Promise<{ readonly guards: readonly Guard[]; readonly writes: readonly Write[] }> {
  const [first] = rows;
  if (first === undefined) return { guards: [], writes: [] };
  const at = world.clock.now().toISOString();
  const about = rows.flatMap(({ id, supersedesId }) => [
    id,
    ...(supersedesId === null ? [] : [supersedesId]),
  ]);
  const before = await openTellings(world.store, about);
  const known = step === 'cancel' ? await asKnown(world, first) : first;
  const telling: VisitTellingRow = {
    ...{ id: world.ids.next(), visitId: known.id, directorId: first.directorId, step },
    childIds: JSON.stringify([...new Set(rows.map(({ childId }) => childId))].sort()),
    ...{
      until: (known === first ? until : changeTellsUntil(timeOf(known), null)).toISOString(),
      state: 'waiting',
      way: null,
      tried: '[]',
      reason: null,
      outboxIds: '[]',
    },
    ...{ personKind: null, personId: null, nextAt: at, at, byId: null, rev: 1 },
  };
  return {
    guards: before.map(({ id, rev }) => ({ table: 'VisitTelling', id, rev })),
    writes: [
      ...before.map(({ id, rev }) =>
        update('VisitTelling', id, {
          ...{ state: 'unreachable', reason: 'not-reached', nextAt: null, at, rev: rev + 1 },
        }),
      ),
      insert('VisitTelling', telling),
    ],
  };
}

/** So many moves of one visit are looked back over. */
const MOVES = 8;
const ARRIVED: readonly string[] = ['accepted', 'confirmed', 'told'];

/** Messages in these states have come to somebody, or may have. */
const GONE_OUT: readonly string[] = ['sending', 'accepted', 'unknown'];

/**
 * Whether a home that stands as told has read of these visits. What was announced in the night waits for the morning: until
 * then nobody knows of it, and what is said in its place is news to them. Where nothing is found of it, it was told.
 */
export async function homeKnows(
  { store }: World,
  rows: readonly VisitAppointmentRow[],
  homes: ReadonlyMap<string, VisitHome>,
): Promise<boolean> {
  const chain = [...rows];
  for (let move = 0, last = rows; move < MOVES && last.length > 0; move += 1) {
    const before = last.flatMap(({ supersedesId }) => supersedesId ?? []);
    last = await rowsIn(store, 'VisitAppointment', 'id', before);
    chain.push(...last);
  }
  const ids = chain.map(({ id }) => id);
  // Only a home that knew was ever told of a change.
  if ((await rowsIn(store, 'VisitTelling', 'visitId', ids, { columns: ['id'] })).length > 0) return true;
  const phones = rows.flatMap(({ childId }) => homes.get(childId)?.phones ?? []);
  const states = await visitMessageStates(
    store,
    ids,
    phones,
    chain.map(({ createdAt }) => createdAt).sort()[0] ?? '',
  );
  return states.length === 0 || states.some((state) => GONE_OUT.includes(state));
}

/** The appointment as the home knows it: a move that has not arrived is none to them, and they wait on the day before it. */
async function asKnown({ store }: World, row: VisitAppointmentRow): Promise<VisitAppointmentRow> {
  let known = row;
  for (let move = 0; move < MOVES && known.supersedesId !== null; move += 1) {
    const told = await rowsIn(store, 'VisitTelling', 'visitId', [known.id], { same: { step: 'change' } });
    if (told.length === 0 || told.some(({ state }) => ARRIVED.includes(state))) break;
    const [before] = await rowsIn(store, 'VisitAppointment', 'id', [known.supersedesId]);
    if (before === undefined) break;
    known = before;
  }
  return known;
}

export function timeOf({ onDay, daypart }: Pick<VisitAppointmentRow, 'onDay' | 'daypart'>): VisitTime {
  return { on: onDay as LocalDate, part: daypart };
}
