import type { LocalDate } from '../domain/local-date.ts';
import { heldChildren } from '../store/family-reach.ts';
import { marksOn } from '../store/families.ts';
import type { CampaignPersonRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { World } from './world.ts';

/** So many ids are asked about at a time: a whole county may be. */
const SLICE = 500;

/** Who of these adults must not be contacted on a day. */
export async function markedAmong(
  store: Store,
  personIds: readonly string[],
  today: LocalDate,
): Promise<ReadonlySet<string>> {
  return inSlices(personIds, async (ids) => [...(await marksOn(store, ids, today)).keys()]);
}

/** Of these children those to whose families nothing automatic goes. */
export async function heldAmong(store: Store, childIds: readonly string[]): Promise<ReadonlySet<string>> {
  return inSlices(childIds, async (ids) => [...(await heldChildren(store, ids))]);
}

async function inSlices(
  ids: readonly string[],
  look: (ids: readonly string[]) => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let first = 0; first < ids.length; first += SLICE)
    for (const id of await look(ids.slice(first, first + SLICE))) found.add(id);
  return found;
}

/**
 * Of these people those whom a director may be asked to tell now: nobody marked 不得联系, nobody of a family that is waited
 * with, and nobody whose children have left. Nothing says which of these it was.
 */
export async function stillToTell(
  { store }: Pick<World, 'store'>,
  people: readonly CampaignPersonRow[],
  today: LocalDate,
): Promise<readonly CampaignPersonRow[]> {
  if (people.length === 0) return [];
  const childrenOf = ({ childIds }: CampaignPersonRow): readonly string[] => JSON.parse(childIds) as string[];
  const childIds = [...new Set(people.flatMap(childrenOf))];
  const [marks, held, rows] = await Promise.all([
    markedAmong(
      store,
      people.map(({ personId }) => personId),
      today,
    ),
    heldAmong(store, childIds),
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'endsOn'] }),
  ]);
  const here = new Set(rows.flatMap(({ id, endsOn }) => (endsOn === null || endsOn > today ? [id] : [])));
  return people.filter((person) => {
    const own = childrenOf(person);
    return !marks.has(person.personId) && !own.some((id) => held.has(id)) && own.some((id) => here.has(id));
  });
}
