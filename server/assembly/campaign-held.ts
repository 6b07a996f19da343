import type { LocalDate } from '../domain/local-date.ts';
import { heldChildren } from '../store/family-reach.ts';
import { marksOn } from '../store/families.ts';
import type { CampaignPersonRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import type { World } from './world.ts';

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
    marksOn(
      store,
      people.map(({ personId }) => personId),
      today,
    ),
    heldChildren(store, childIds),
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'endsOn'] }),
  ]);
  const here = new Set(rows.flatMap(({ id, endsOn }) => (endsOn === null || endsOn > today ? [id] : [])));
  return people.filter((person) => {
    const own = childrenOf(person);
    return !marks.has(person.personId) && !own.some((id) => held.has(id)) && own.some((id) => here.has(id));
  });
}
