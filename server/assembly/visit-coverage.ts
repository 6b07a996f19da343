import { coverageOf } from '../domain/family/coverage.ts';
import type { VisitsTold } from '../domain/family/safety-view.ts';
import { addDays, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import type { VisitTellingRow, WorkerRow } from '../store/generated/tables.ts';
import { grouped } from '../store/grouped.ts';
import { villagesOfTownships } from '../store/lookups.ts';
import { rowsIn } from '../store/rows.ts';
import { tellingsSince } from '../store/visit-tellings.ts';
import { markedAmong } from './campaign-held.ts';
import { leftOnes } from './safety-forward.ts';
import type { World } from './world.ts';

/** Changes of visits are counted for so many days (our default). */
export const VISIT_DAYS = 7;

/**
 * For a township's supervisor: how many homes know of the change of their visit, and who is left, by whom. A home counts
 * once, by the last change; it says nothing of why a home is told by hand.
 */
export async function visitsTold(
  world: World,
  { areaCode }: Pick<WorkerRow, 'areaCode'>,
  today: LocalDate,
): Promise<VisitsTold | null> {
  const { store } = world;
  const villages = [...(await villagesOfTownships(store, [areaCode])).values()].flat();
  const [children, workers, assigned] = await Promise.all([
    rowsIn(store, 'Child', 'villageCode', villages, { columns: ['id'] }),
    rowsIn(store, 'Worker', 'areaCode', [areaCode, ...villages], { columns: ['id'] }),
    rowsIn(store, 'Assignment', 'villageCode', villages, { columns: ['workerId'] }),
  ]);
  const goers = new Set([...workers.map(({ id }) => id), ...assigned.map(({ workerId }) => workerId)]);
  const since = shanghaiInstant(addDays(today, 1 - VISIT_DAYS), 0).toISOString();
  const own = new Set(children.map(({ id }) => id));
  const rows = (await tellingsSince(store, [...goers], since)).filter((row) => own.has(firstChild(row)));
  const last = [...grouped(rows, firstChild).values()].flatMap((same) => same.slice(-1));
  if (last.length === 0) return null;
  const asked = last.flatMap((row) =>
    row.state === 'waiting' && row.way === 'director' && row.personId !== null
      ? [{ ...row, personId: row.personId }]
      : [],
  );
  const marks = await markedAmong(
    store,
    asked.map(({ personId }) => personId),
    today,
  );
  return {
    coverage: coverageOf(last.map((row) => ({ ...row, townshipCode: areaCode }))),
    left: await leftOnes(
      world,
      asked.filter(({ personId }) => !marks.has(personId)),
      today,
    ),
  };
}

function firstChild({ childIds }: VisitTellingRow): string {
  return (JSON.parse(childIds) as string[])[0] ?? '';
}
