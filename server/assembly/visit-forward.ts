import type { LocalDate } from '../domain/local-date.ts';
import type { Say } from '../domain/say.ts';
import { visitMessage } from '../services/visit-told.ts';
import { rowsIn } from '../store/rows.ts';
import { tellingsWith } from '../store/visit-tellings.ts';
import { markedAmong } from './campaign-held.ts';
import type { World } from './world.ts';

/** A change of a visit that whoever goes is asked to pass on. */
export interface VisitToPass {
  readonly id: string;
  readonly rev: number;
  readonly personKind: 'guardian' | 'carer';
  readonly personId: string;
  /** JSON, as of a notice. */
  readonly childIds: string;
  readonly words: Say;
}

/** What of visits stands on the list of this person now; nobody who is marked 不得联系 meanwhile. */
export async function visitsToPass(
  world: World,
  workerId: string,
  today: LocalDate,
): Promise<readonly VisitToPass[]> {
  const { store, clock } = world;
  const rows = await tellingsWith(store, workerId, clock.now().toISOString());
  if (rows.length === 0) return [];
  const [visits, workers, marks] = await Promise.all([
    rowsIn(
      store,
      'VisitAppointment',
      'id',
      rows.map(({ visitId }) => visitId),
    ),
    rowsIn(store, 'Worker', 'id', [workerId]),
    markedAmong(
      store,
      rows.flatMap(({ personId }) => personId ?? []),
      today,
    ),
  ]);
  const worker = workers.map((row) => store.open('Worker', row))[0];
  return rows.flatMap(({ id, rev, visitId, step, personKind, personId, childIds }) => {
    const visit = visits.find((one) => one.id === visitId);
    if (visit === undefined || worker === undefined || personKind === null || personId === null) return [];
    if (marks.has(personId)) return [];
    const { options: _buttons, ...words } = visitMessage(step, visit, worker, today);
    return [{ id, rev, personKind, personId, childIds, words }];
  });
}
