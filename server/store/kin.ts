import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/**
 * Whoever of these areas' ladder has the telephone of somebody at home with one of these children: a guardian or carer
 * of the child, or of another child of the household. Compared by the keyed digest; mostly there is nobody.
 */
export async function kinOnTheLadder(
  store: Store,
  areaCodes: readonly string[],
  childIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const columns = ['id', 'role', 'state', 'phoneIndex'] as const;
  const staff = (await rowsIn(store, 'Worker', 'areaCode', areaCodes, { columns })).flatMap(
    ({ id, role, state, phoneIndex }) =>
      role === 'director' || state !== 'active' || phoneIndex === null ? [] : [{ id, phoneIndex }],
  );
  const phones = staff.map(({ phoneIndex }) => phoneIndex);
  const [guardians, carers] = await Promise.all([
    rowsIn(store, 'Guardian', 'phoneIndex', phones, { columns: ['id', 'phoneIndex'] }),
    rowsIn(store, 'Carer', 'phoneIndex', phones, { columns: ['id', 'phoneIndex'] }),
  ]);
  if (guardians.length + carers.length === 0) return new Map();
  const bonds = await bondsOf(store, guardians, carers);
  const children = await rowsIn(store, 'Child', 'id', [...childIds, ...bonds.map(({ childId }) => childId)], {
    columns: ['id', 'householdId'],
  });
  const homeOf = new Map(children.map(({ id, householdId }) => [id, householdId ?? id]));
  return new Map(
    childIds.flatMap((childId) => {
      const home = homeOf.get(childId) ?? childId;
      const shared = bonds.filter((bond) => (homeOf.get(bond.childId) ?? bond.childId) === home);
      const kin = staff.filter((worker) => shared.some(({ phoneIndex }) => phoneIndex === worker.phoneIndex));
      return kin.length === 0 ? [] : [[childId, kin.map(({ id }) => id)] as const];
    }),
  );
}

interface Adult {
  readonly id: string;
  readonly phoneIndex: string | null;
}

async function bondsOf(store: Store, guardians: readonly Adult[], carers: readonly Adult[]) {
  const [guarded, cared] = await Promise.all([
    rowsIn(
      store,
      'Guardianship',
      'guardianId',
      guardians.map(({ id }) => id),
      { columns: ['childId', 'guardianId'] },
    ),
    rowsIn(
      store,
      'CareArrangement',
      'carerId',
      carers.map(({ id }) => id),
      { columns: ['childId', 'carerId'] },
    ),
  ]);
  const phoneOf = new Map([...guardians, ...carers].map(({ id, phoneIndex }) => [id, phoneIndex]));
  return [
    ...guarded.map(({ childId, guardianId }) => ({ childId, phoneIndex: phoneOf.get(guardianId) ?? null })),
    ...cared.map(({ childId, carerId }) => ({ childId, phoneIndex: phoneOf.get(carerId) ?? null })),
  ];
}
