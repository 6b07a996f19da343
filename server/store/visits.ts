import { VISIT_POLICY, type Appointment, type VisitReach } from '../domain/family/visit.ts';
import { daysBetween, type LocalDate } from '../domain/local-date.ts';
import type { ChatAccountRow, ChildRow, VisitAppointmentRow } from './generated/tables.ts';
import { isForbidden } from './family-phones.ts';
import { adultsOfChildren, heldChildren, type FamilyAdult } from './family-reach.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Visits that are still to come, and those of which nothing is on record yet. */
export const SHOWN = ['planned', 'told', 'missed'] as const;

/** The rows of these children that are planned, told or missed, in the order of their days. */
export async function openVisits(
  store: Store,
  childIds: readonly string[],
): Promise<readonly VisitAppointmentRow[]> {
  const rows = await rowsIn(store, 'VisitAppointment', 'childId', childIds);
  return rows
    .filter(({ state }) => SHOWN.some((shown) => shown === state))
    .map((row) => store.open('VisitAppointment', row))
    .sort((a, b) => (a.onDay !== b.onDay ? (a.onDay < b.onDay ? -1 : 1) : a.id < b.id ? -1 : 1));
}

/** What these records ended. */
export async function visitsEndedBy(
  store: Store,
  contactIds: readonly string[],
): Promise<readonly VisitAppointmentRow[]> {
  const rows = await rowsIn(store, 'VisitAppointment', 'doneById', contactIds);
  return rows.map((row) => store.open('VisitAppointment', row));
}

/** A row as conversations read it. */
export function appointmentOf(row: VisitAppointmentRow): Appointment {
  const { id, childId, tripId, directorId, onDay, daypart, told, atHome, wishOn, wishPart, rev } = row;
  return {
    ...{ id, childId, tripId, directorId, told, atHome, rev },
    state: row.state as Appointment['state'],
    on: onDay as LocalDate,
    part: daypart,
    wish: wishOn === null ? null : { on: wishOn as LocalDate, part: wishPart },
  };
}

/** The appointments of these children, missed ones for some days only. */
async function appointmentsOf(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<readonly Appointment[]> {
  return (await openVisits(store, childIds))
    .map(appointmentOf)
    .filter(({ state, on }) => state !== 'missed' || daysBetween(on, today) <= VISIT_POLICY.missedShownDays);
}

/** The appointments of these children, and of the homes that are asked for, or that an appointment is about, how they are told. */
export async function visitDesk(
  store: Store,
  childIds: readonly string[],
  asked: { readonly homes: readonly string[]; readonly of: string | null },
  today: LocalDate,
): Promise<{
  readonly appointments: readonly Appointment[];
  readonly reach: ReadonlyMap<string, VisitReach>;
}> {
  const appointments = await appointmentsOf(store, childIds, today);
  const one = appointments.find(({ id }) => id === asked.of);
  const about = appointments.filter(
    ({ id, tripId }) => asked.of === 'all' || id === one?.id || (tripId !== null && tripId === one?.tripId),
  );
  const homes = [...new Set([...asked.homes, ...about.map(({ childId }) => childId)])];
  const found = await visitHomes(store, homes, today);
  const reach = [...found].map(
    ([id, { phones: _phones, householdId: _household, ...rest }]) => [id, rest] as const,
  );
  return { appointments, reach: new Map(reach) };
}

/** A child's home with the phones that are told of a visit. */
export interface VisitHome extends VisitReach {
  readonly householdId: string | null;
  readonly phones: readonly ChatAccountRow[];
}

/** Whether and how the homes of these children may be told: guardians who are not away, and carers. */
export async function visitHomes(
  store: Store,
  childIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, VisitHome>> {
  if (childIds.length === 0) return new Map();
  const [children, adults, held] = await Promise.all([
    rowsIn(store, 'Child', 'id', childIds, { columns: ['id', 'tier', 'householdId'] }),
    adultsOfChildren(store, childIds, today),
    heldChildren(store, childIds),
  ]);
  const unannounced = await childrenBesideHigh(store, children);
  const accounts = new Map(adults.flatMap((adult) => adult.accounts).map((row) => [row.id, row]));
  const forbidden = new Set<string>();
  for (const account of accounts.values())
    if (await isForbidden(store, account, today)) forbidden.add(account.id);
  return new Map(
    children.map(({ id, householdId }) => {
      const mayBeTold = (adult: FamilyAdult): boolean => !adult.noContact && isAtHome(adult, id);
      const near = adults.filter(mayBeTold);
      const all = near.flatMap((adult) => adult.accounts).filter((account) => !forbidden.has(account.id));
      const phones = [...new Map(all.map((account) => [account.id, account])).values()];
      const home = {
        ...{ childId: id, householdId, phones, bound: phones.length > 0 },
        ...{ high: unannounced.has(id), held: held.has(id), call: callOf([...near, ...adults], id) },
      };
      return [id, home];
    }),
  );
}

/** HIGH children, and those who live with one: who is told of a visit to the brother knows of a visit to this home. */
async function childrenBesideHigh(
  store: Store,
  children: readonly Pick<ChildRow, 'id' | 'tier' | 'householdId'>[],
): Promise<ReadonlySet<string>> {
  const homes = children.flatMap(({ householdId }) => householdId ?? []);
  const there = await rowsIn(store, 'Child', 'householdId', homes, { columns: ['tier', 'householdId'] });
  const high = new Set(there.filter(({ tier }) => tier === 'high').map(({ householdId }) => householdId));
  const isBeside = (home: string | null): boolean => home !== null && high.has(home);
  return new Set(children.filter((c) => c.tier === 'high' || isBeside(c.householdId)).map(({ id }) => id));
}

function isAtHome({ bonds }: FamilyAdult, childId: string): boolean {
  return bonds.some((bond) => bond.childId === childId && bond.awaySince === null);
}

/** Carers come first of those who are at home: they open the door. */
function callOf(adults: readonly FamilyAdult[], childId: string): VisitReach['call'] {
  const order = [...adults].sort((a, b) => Number(b.kind === 'carer') - Number(a.kind === 'carer'));
  for (const { bonds, name, phone, noContact } of order) {
    const relation = bonds.find((bond) => bond.childId === childId)?.relation;
    if (relation !== undefined && phone !== null && !noContact) return { relation, name, phone };
  }
  return null;
}

/** What became of the messages to these phones that named one of these appointments, made at or after an instant. */
export async function visitMessageStates(
  { client }: Store,
  visitIds: readonly string[],
  phones: readonly Pick<ChatAccountRow, 'id' | 'personId'>[],
  since: string,
): Promise<readonly string[]> {
  const rows = await client.outbox.findMany({
    where: {
      sessionKey: { in: phones.flatMap(({ personId }) => personId ?? []) },
      createdAt: { gte: since },
      refs: { contains: '"visits":' },
    },
    select: { state: true, refs: true },
  });
  return rows.flatMap(({ state, refs }) => {
    const { visits } = JSON.parse(refs) as { readonly visits: string };
    return visits.split(',').some((id) => visitIds.includes(id)) ? [state] : [];
  });
}

/** Whether any of these appointments still stands: neither moved nor dropped nor made. */
export async function isVisitAhead(store: Store, visitIds: readonly string[]): Promise<boolean> {
  const rows = await rowsIn(store, 'VisitAppointment', 'id', visitIds, { columns: ['state'] });
  return rows.some(({ state }) => state === 'planned' || state === 'told');
}

/** Appointments about which something is to be done now, the longest waiting first. */
export async function visitsToLookAt(
  store: Store,
  now: string,
  limit: number,
): Promise<readonly VisitAppointmentRow[]> {
  const rows = await store.client.visitAppointment.findMany({
    where: { nextAt: { lte: now } },
    orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map((row) => store.open('VisitAppointment', row as VisitAppointmentRow));
}

/** When something is next to be done about any of them. */
export async function nextVisitAt(store: Store, now: string): Promise<string | null> {
  const row = await store.client.visitAppointment.findFirst({
    where: { nextAt: { gt: now } },
    orderBy: { nextAt: 'asc' },
    select: { nextAt: true },
  });
  return row?.nextAt ?? null;
}
