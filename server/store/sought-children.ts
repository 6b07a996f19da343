import type { SoughtChild } from '../domain/family/family.ts';
import { ageOn, type LocalDate } from '../domain/local-date.ts';
import { assignmentsOfVillages, directorsOf } from './caseloads.ts';
import type { Store } from './store.ts';

/** So many children may bear one name; more are not told apart here. */
const SOUGHT_LIMIT = 8;
/** A name shorter than this says too little. */
const SHORTEST_NAME = 2;

/**
 * The children of a county whose whole name stands in these words, and those with these ids. A desk sees nobody it did
 * not name: there is no list to leaf through. Names are sealed, so all of the county are opened; it is asked rarely.
 */
export async function soughtChildren(
  store: Store,
  countyCode: string,
  { words, ids }: { readonly words: string | null; readonly ids: readonly string[] },
  today: LocalDate,
): Promise<readonly SoughtChild[]> {
  const villages = await store.client.area.findMany({ where: { countyCode, kind: 'village' } });
  const nameOf = new Map(villages.map((v) => [v.code, v.name]));
  const rows = await store.client.child.findMany({
    where: {
      villageCode: { in: [...nameOf.keys()] },
      AND: [{ OR: [{ endsOn: null }, { endsOn: { gt: today } }] }],
      ...(words === null ? { id: { in: [...ids] } } : {}),
    },
    select: { id: true, name: true, bornOn: true, villageCode: true },
    orderBy: { id: 'asc' },
  });
  const found = rows
    .map((row) => ({ ...row, name: store.openText('Child', 'name', row.id, row.name) }))
    .filter(({ id, name }) => ids.includes(id) || (words !== null && isNamed(name, words)))
    .slice(0, SOUGHT_LIMIT);
  const codes = [...new Set(found.map((row) => row.villageCode))];
  const assignments = codes.length === 0 ? [] : await assignmentsOfVillages(store, codes, today);
  return found.map(({ id, name, bornOn, villageCode }) => ({
    id,
    name,
    ageYears: ageOn(bornOn as LocalDate, today),
    village: nameOf.get(villageCode) ?? '',
    directorIds: directorsOf(id, villageCode, assignments),
  }));
}

function isNamed(name: string, words: string): boolean {
  return Array.from(name).length >= SHORTEST_NAME && words.normalize('NFKC').includes(name);
}
