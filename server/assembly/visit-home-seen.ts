import { shanghaiDate } from '../domain/local-date.ts';
import { adultsOfChildren, type FamilyAdult } from '../store/family-reach.ts';
import type { ChatAccountRow, VisitTellingRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import { visitHomes } from '../store/visits.ts';
import { openFamilyPhones } from './family-open.ts';
import type { World } from './world.ts';

/** Who of a home can be told of a change, looked at anew every time. */
export interface HomeToTell {
  readonly children: readonly { readonly id: string; readonly name: string }[];
  /** The telephones at home that take a message now. */
  readonly phones: readonly ChatAccountRow[];
  readonly held: boolean;
  readonly gone: boolean;
  /** Everybody at home is marked 不得联系. */
  readonly noContact: boolean;
  /** Who is at home and may be told, who looks after the child first; without a number that somebody marked 不得联系 has too. */
  readonly atHome: readonly FamilyAdult[];
  /** Whom to ring or to go to: those at home first. */
  readonly whom: FamilyAdult | null;
}

export async function lookAtHome(world: World, row: Pick<VisitTellingRow, 'childIds'>): Promise<HomeToTell> {
  const { store, clock } = world;
  const today = shanghaiDate(clock.now());
  const childIds = JSON.parse(row.childIds) as string[];
  const [children, adults, found] = await Promise.all([
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'name', 'endsOn'] }),
    adultsOfChildren(store, childIds, today),
    visitHomes(store, childIds, today),
  ]);
  const homes = [...found.values()];
  const all = [...new Map(homes.flatMap(({ phones }) => phones).map((phone) => [phone.id, phone])).values()];
  const barred = await withBarredNumbers(world, adults);
  const near = adults.filter(({ bonds }) => bonds.some(({ awaySince }) => awaySince === null));
  return {
    children: children.map(({ id, name }) => ({ id, name: store.openName('Child', 'name', id, name) })),
    phones: await openFamilyPhones(world, all),
    held: homes.some(({ held }) => held),
    gone: children.every(({ endsOn }) => endsOn !== null && endsOn <= today),
    noContact: near.length > 0 && near.every(({ noContact }) => noContact),
    atHome: inOrder(near.filter(({ noContact }) => !noContact)).map((one) =>
      barred.has(one.id) ? { ...one, phone: null } : one,
    ),
    whom: inOrder(adults.filter(({ noContact }) => !noContact))[0] ?? null,
  };
}

/** Those whose number is also the number of somebody who must not be contacted: what is written to it is read there. */
async function withBarredNumbers(
  { store }: World,
  adults: readonly FamilyAdult[],
): Promise<ReadonlySet<string>> {
  if (!adults.some(({ noContact }) => noContact)) return new Set();
  const ids = adults.map(({ id }) => id);
  const columns = { columns: ['id', 'phoneIndex'] } as const;
  const rows = [
    ...(await rowsIn(store, 'Guardian', 'id', ids, columns)),
    ...(await rowsIn(store, 'Carer', 'id', ids, columns)),
  ];
  const marked = new Set(adults.flatMap(({ id, noContact }) => (noContact ? [id] : [])));
  const numbers = new Set(rows.flatMap(({ id, phoneIndex }) => (marked.has(id) ? (phoneIndex ?? []) : [])));
  return new Set(rows.flatMap(({ id, phoneIndex }) => (numbers.has(phoneIndex ?? '') ? [id] : [])));
}

function inOrder(adults: readonly FamilyAdult[]): readonly FamilyAdult[] {
  const isNear = ({ bonds }: FamilyAdult): boolean => bonds.some(({ awaySince }) => awaySince === null);
  const rank = (one: FamilyAdult): number =>
    (one.phone === null ? 4 : 0) + (isNear(one) ? 0 : 2) + (one.kind === 'carer' ? 0 : 1);
  return [...adults].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
