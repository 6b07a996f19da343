import { hamletOf } from '../domain/family/hamlet.ts';
import type { Adult, Family, NoContact, NoContactReason } from '../domain/family/family.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type {
  CareArrangementRow,
  CarerRow,
  GuardianRow,
  GuardianshipRow,
  HouseholdRow,
  NoContactRow,
} from './generated/tables.ts';
import { grouped } from './grouped.ts';
import type { Store } from './store.ts';

/** These children at home. Two things never leave the store here: what is sealed, and a number nobody may call. */
export async function familiesOf(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, Family>> {
  if (childIds.length === 0) return new Map();
  const children = await store.client.child.findMany({
    where: { id: { in: [...childIds] } },
    select: {
      id: true,
      villageCode: true,
      householdId: true,
      health: true,
      schooling: true,
      school: true,
      grade: true,
      boarder: true,
    },
  });
  const householdIds = children.flatMap((c) => c.householdId ?? []);
  const [households, siblings, villages, adults] = await Promise.all([
    store.client.household.findMany({ where: { id: { in: householdIds } } }),
    store.client.child.findMany({
      where: { householdId: { in: householdIds }, OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
      select: { id: true, householdId: true },
      orderBy: { id: 'asc' },
    }),
    store.client.area.findMany({ where: { code: { in: children.map((c) => c.villageCode) } } }),
    adultsOf(store, childIds, today),
  ]);
  const homes = new Map(households.map((h) => [h.id, store.open('Household', h as HouseholdRow)]));
  const villageOf = new Map(villages.map((v) => [v.code, v.name]));
  return new Map(
    children.map((c): [string, Family] => {
      const address = homes.get(c.householdId ?? '')?.address ?? null;
      const text = (column: 'health' | 'school'): string | null => {
        const sealed = c[column];
        return sealed === null ? null : store.openText('Child', column, c.id, sealed);
      };
      return [
        c.id,
        {
          address,
          hamlet: address === null ? null : hamletOf(address, villageOf.get(c.villageCode) ?? ''),
          siblingIds: siblings
            .filter((s) => s.id !== c.id && s.householdId === c.householdId)
            .map((s) => s.id),
          adults: adults.get(c.id) ?? [],
          health: text('health'),
          schooling: c.schooling,
          school: text('school'),
          grade: c.grade,
          boarder: c.boarder,
        },
      ];
    }),
  );
}

/** The hamlet of each of these children; a child without one is not in the map. */
export async function hamletsOf(store: Store, childIds: readonly string[]): Promise<Map<string, string>> {
  const children = await store.client.child.findMany({
    where: { id: { in: [...childIds] } },
    select: { id: true, villageCode: true, householdId: true },
  });
  const [households, villages] = await Promise.all([
    store.client.household.findMany({ where: { id: { in: children.flatMap((c) => c.householdId ?? []) } } }),
    store.client.area.findMany({ where: { code: { in: [...new Set(children.map((c) => c.villageCode))] } } }),
  ]);
  const homes = new Map(households.map((h) => [h.id, store.open('Household', h as HouseholdRow).address]));
  const villageOf = new Map(villages.map((v) => [v.code, v.name]));
  return new Map(
    children.flatMap((c) => {
      const address = homes.get(c.householdId ?? '');
      const hamlet = address === undefined ? null : hamletOf(address, villageOf.get(c.villageCode) ?? '');
      return hamlet === null ? [] : [[c.id, hamlet] as const];
    }),
  );
}

/** Whether nobody may write to this adult on this day: asked again at the moment of sending. */
export async function isNoContact(store: Store, personId: string, today: LocalDate): Promise<boolean> {
  return (await marksOn(store, [personId], today)).has(personId);
}

/** The marks in force on a day on these adults, by adult. */
export async function marksOn(
  store: Store,
  personIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, NoContact>> {
  const rows = await store.client.noContact.findMany({
    where: { personId: { in: [...personIds] }, liftedAt: null, fromOn: { lte: today } },
    orderBy: { setAt: 'asc' },
  });
  return new Map(
    rows.map((row) => {
      const { id, reason, fromOn, source, personId } = store.open('NoContact', row as NoContactRow);
      return [
        personId,
        { markId: id, reason: reason as NoContactReason, fromOn: fromOn as LocalDate, source },
      ];
    }),
  );
}

async function adultsOf(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, Adult[]>> {
  const where = { childId: { in: [...childIds] } };
  const [guardianships, arrangements] = await Promise.all([
    store.client.guardianship.findMany({ where, orderBy: { id: 'asc' } }),
    store.client.careArrangement.findMany({
      where: { ...where, OR: [{ untilOn: null }, { untilOn: { gte: today } }] },
      orderBy: { id: 'asc' },
    }),
  ]);
  const guardianIds = guardianships.map((g) => g.guardianId);
  const carerIds = arrangements.map((a) => a.carerId);
  const [guardians, carers, marks] = await Promise.all([
    store.client.guardian.findMany({ where: { id: { in: guardianIds } } }),
    store.client.carer.findMany({ where: { id: { in: carerIds } } }),
    marksOn(store, [...guardianIds, ...carerIds], today),
  ]);
  const guardianOf = new Map(guardians.map((g) => [g.id, store.open('Guardian', g as GuardianRow)]));
  const carerOf = new Map(carers.map((c) => [c.id, store.open('Carer', c as CarerRow)]));
  const found = [
    ...arrangements.flatMap((row) => {
      const carer = carerOf.get(row.carerId);
      return carer ? [carerAdult(row, carer, marks.get(carer.id) ?? null)] : [];
    }),
    ...guardianships.flatMap((row) => {
      const guardian = guardianOf.get(row.guardianId);
      if (!guardian) return [];
      const link = store.open('Guardianship', row);
      return [guardianAdult(link, guardian, marks.get(guardian.id) ?? null)];
    }),
  ];
  const byChild = grouped(found, ([childId]) => childId);
  return new Map([...byChild].map(([childId, pairs]) => [childId, pairs.map(([, adult]) => adult)]));
}

function carerAdult(
  { childId, relation }: CareArrangementRow,
  { id, name, phone }: CarerRow,
  noContact: NoContact | null,
): readonly [string, Adult] {
  const reached = noContact === null ? phone : null;
  return [
    childId,
    { kind: 'carer', id, relation, name, phone: reached, workplace: null, awaySince: null, noContact },
  ];
}

function guardianAdult(
  { childId, relation, workplace, awaySince }: GuardianshipRow,
  { id, name, phone }: GuardianRow,
  noContact: NoContact | null,
): readonly [string, Adult] {
  const reached = noContact === null ? phone : null;
  const since = awaySince as LocalDate | null;
  return [
    childId,
    { kind: 'guardian', id, relation, name, phone: reached, workplace, awaySince: since, noContact },
  ];
}
