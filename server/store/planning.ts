import type { LocalDate } from '../domain/local-date.ts';
import { shanghaiInstant } from '../domain/local-date.ts';
import type { PlannedChild, Recipient, Responsibility } from '../jobs/plan-day.ts';
import { update, type Write } from '../services/batch.ts';
import type { ChatAccountRow, PlannedWorkRow } from './generated/tables.ts';
import { directorsOf } from './caseloads.ts';
import { grouped } from './grouped.ts';
import { roleHolders } from './people.ts';
import type { Store } from './store.ts';

/** Children in the order of their ids, for the planner's slices. */
export async function childrenAfter(store: Store, afterId: string, limit: number): Promise<PlannedChild[]> {
  return store.client.child.findMany({
    where: { id: { gt: afterId }, endsOn: null },
    select: { id: true, villageCode: true, cadence: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

/** Who answers for what on a day: read once per run, held as plain maps. */
export async function responsibilityOn(
  store: Store,
  today: LocalDate,
  channel: ChatAccountRow['channel'],
): Promise<Responsibility> {
  const [areas, assignments, accounts] = await Promise.all([
    store.client.area.findMany({ select: { code: true, kind: true, townshipCode: true, countyCode: true } }),
    store.client.assignment.findMany({
      where: { fromOn: { lte: today }, OR: [{ untilOn: null }, { untilOn: { gte: today } }] },
      select: { workerId: true, villageCode: true, childId: true },
      orderBy: { id: 'asc' },
    }),
    store.client.chatAccount.findMany({ where: { channel, personKind: 'worker', personId: { not: null } } }),
  ]);
  const codes = areas.filter((a) => a.kind === 'township' || a.kind === 'county').map((a) => a.code);
  const holders = await holdersByArea(store, codes, today, channel);
  const areaOf = new Map(areas.map((a) => [a.code, a]));
  const byVillage = grouped(assignments, (a) => a.villageCode);
  const accountOf = new Map(accounts.map((a) => [a.personId, a as ChatAccountRow]));
  const recipients = (area: string | null, role: string): Recipient[] =>
    (holders.get(area ?? '') ?? []).flatMap((h) =>
      h.role === role && h.account ? [{ workerId: h.workerId, account: h.account }] : [],
    );
  return {
    directorsOf: (childId, villageCode) =>
      directorsOf(childId, villageCode, byVillage.get(villageCode) ?? []),
    townshipOf: (villageCode) => areaOf.get(villageCode)?.townshipCode ?? null,
    countyOf: (villageCode) => areaOf.get(villageCode)?.countyCode ?? null,
    director: (workerId) => {
      const account = accountOf.get(workerId);
      return account ? { workerId, account } : null;
    },
    supervisorsOf: (township) => {
      const county = areaOf.get(township)?.countyCode ?? null;
      const rungs = [
        recipients(township, 'supervisor'),
        recipients(township, 'deputy'),
        recipients(county, 'county-desk'),
      ];
      return rungs.find((rung) => rung.length > 0) ?? [];
    },
    desks: areas.filter((a) => a.kind === 'county').flatMap((a) => recipients(a.code, 'county-desk')),
  };
}

/** What is planned for these children and not told yet. */
export async function plannedOf(store: Store, childIds: readonly string[]): Promise<PlannedWorkRow[]> {
  const rows = await store.client.plannedWork.findMany({
    where: { childId: { in: [...childIds] }, state: 'planned' },
  });
  return rows as PlannedWorkRow[];
}

/** The write that ends a planned stage: told in a digest, or answered before it was. */
export function plannedEnd(
  key: string,
  state: 'told' | 'answered',
  toldAt: string | null,
  toldIn: string | null,
): Write {
  return update('PlannedWork', key, { state, toldAt, toldIn });
}

/** The instants between which the digests of these days are due. */
export function digestWindow(
  from: LocalDate,
  before: LocalDate,
): { readonly since: string; readonly before: string } {
  return { since: shanghaiInstant(from, 0).toISOString(), before: shanghaiInstant(before, 0).toISOString() };
}

async function holdersByArea(
  store: Store,
  codes: readonly string[],
  today: LocalDate,
  channel: ChatAccountRow['channel'],
) {
  const found: Awaited<ReturnType<typeof roleHolders>> = [];
  for (let first = 0; first < codes.length; first += 500) {
    found.push(...(await roleHolders(store, codes.slice(first, first + 500), today, channel)));
  }
  return grouped(found, (h) => h.areaCode);
}
