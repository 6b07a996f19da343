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
  /** Whom to ring or to go to: those at home first, and who looks after the child before the others. */
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
  const near = adults.filter(({ bonds }) => bonds.some(({ awaySince }) => awaySince === null));
  return {
    children: children.map(({ id, name }) => ({ id, name: store.openName('Child', 'name', id, name) })),
    phones: await openFamilyPhones(world, all),
    held: homes.some(({ held }) => held),
    gone: children.every(({ endsOn }) => endsOn !== null && endsOn <= today),
    noContact: near.length > 0 && near.every(({ noContact }) => noContact),
    whom: whomOf(adults),
  };
}

function whomOf(adults: readonly FamilyAdult[]): FamilyAdult | null {
  const isNear = ({ bonds }: FamilyAdult): boolean => bonds.some(({ awaySince }) => awaySince === null);
  const rank = (one: FamilyAdult): number =>
    (one.phone === null ? 4 : 0) + (isNear(one) ? 0 : 2) + (one.kind === 'carer' ? 0 : 1);
  const may = adults.filter(({ noContact }) => !noContact);
  return [...may].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0] ?? null;
}
