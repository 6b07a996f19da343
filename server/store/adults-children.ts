import type { LocalDate } from '../domain/local-date.ts';
import type { ChildOfAdult } from '../services/no-contact.ts';
import { assignmentsOfVillages, directorsOf } from './caseloads.ts';
import type { Store } from './store.ts';

/** The children in the system whom these adults are guardians or carers of, by adult. */
export async function childrenOfAdults(
  store: Store,
  adultIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, readonly ChildOfAdult[]>> {
  if (adultIds.length === 0) return new Map();
  const [guarded, cared] = await Promise.all([
    store.client.guardianship.findMany({ where: { guardianId: { in: [...adultIds] } } }),
    store.client.careArrangement.findMany({ where: { carerId: { in: [...adultIds] } } }),
  ]);
  const bonds = [
    ...guarded.map((g) => ({ adultId: g.guardianId, childId: g.childId })),
    ...cared.map((c) => ({ adultId: c.carerId, childId: c.childId })),
  ];
  const children = await store.client.child.findMany({
    where: {
      id: { in: bonds.map(({ childId }) => childId) },
      OR: [{ endsOn: null }, { endsOn: { gt: today } }],
    },
    select: { id: true, villageCode: true },
    orderBy: { id: 'asc' },
  });
  const villages = [...new Set(children.map((c) => c.villageCode))];
  const assignments = await assignmentsOfVillages(store, villages, today);
  return new Map(
    adultIds.map((adultId) => [
      adultId,
      children
        .filter(({ id }) => bonds.some((bond) => bond.adultId === adultId && bond.childId === id))
        .map(({ id, villageCode }) => ({
          childId: id,
          directorIds: directorsOf(id, villageCode, assignments),
        })),
    ]),
  );
}
