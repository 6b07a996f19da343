import type { AccountHolder, DutyRole, DutyToday, RoleHolder } from '../services/loaded.ts';
import type { AreaRow, ChatAccountRow, WorkerRow } from './generated/tables.ts';
import {
  type DutyDesk,
  dutySpans,
  fillersOn,
  onDuty,
  type DutySpan,
  type Filler,
} from '../domain/escalation/duty-roster.ts';
import {
  keptFillersOn,
  namedInRosters,
  snapshotOf,
  type RosterSnapshot,
} from '../domain/escalation/roster-snapshot.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

const LADDER_ROLES: ReadonlySet<string> = new Set<DutyRole>([
  'supervisor',
  'deputy',
  'county-desk',
  'county-leader',
]);

/** An account by the identity its channel knows. */
export async function accountByExternalId(
  store: Store,
  channel: ChatAccountRow['channel'],
  externalId: string,
): Promise<ChatAccountRow | null> {
  const row = await store.client.chatAccount.findUnique({
    where: { channel_externalId: { channel, externalId } },
  });
  return row as ChatAccountRow | null;
}

/** The accounts of these ids, each with its holder. */
export async function holdersOf(
  store: Store,
  accountIds: readonly string[],
): Promise<Map<string, AccountHolder>> {
  const accounts = await rowsIn(store, 'ChatAccount', 'id', accountIds);
  const workerIds = accounts.flatMap((a) =>
    a.personKind === 'worker' && a.personId !== null ? [a.personId] : [],
  );
  const workers = await workersById(store, workerIds);
  const areas = await areasByCode(
    store,
    [...workers.values()].map((w) => w.areaCode),
  );
  const families = await familyVillages(store, accounts);
  return new Map(
    accounts.map((account) => {
      const worker = account.personId === null ? null : (workers.get(account.personId) ?? null);
      return [
        account.id,
        {
          account,
          worker,
          area: worker ? (areas.get(worker.areaCode) ?? null) : null,
          familyVillage: families.get(account.id) ?? null,
        },
      ];
    }),
  );
}

/** Active workers by id. */
export async function workersById(store: Store, ids: readonly string[]): Promise<Map<string, WorkerRow>> {
  const rows = await rowsIn(store, 'Worker', 'id', ids);
  return new Map(
    rows.filter((row) => row.state === 'active').map((row) => [row.id, store.open('Worker', row)]),
  );
}

/** Areas by code. */
export async function areasByCode(store: Store, codes: readonly string[]): Promise<Map<string, AreaRow>> {
  return new Map((await rowsIn(store, 'Area', 'code', codes)).map((row) => [row.code, row]));
}

/**
 * Who fills the roles of these areas on a day: those on the duty roster, otherwise everybody who holds the role there.
 * The account is the one on `channel`.
 */
export async function roleHolders(
  store: Store,
  areaCodes: readonly string[],
  today: LocalDate,
  channel: ChatAccountRow['channel'],
): Promise<readonly RoleHolder[]> {
  return (await dutyToday(store, areaCodes, today, channel)).holders;
}

/** The same, with the roster it was read from, as a report keeps it. */
export async function dutyToday(
  store: Store,
  areaCodes: readonly string[],
  today: LocalDate,
  channel: ChatAccountRow['channel'],
): Promise<DutyToday> {
  if (areaCodes.length === 0) return { holders: [], roster: { areas: [], terms: [], standing: [] } };
  const [entries, workers] = await Promise.all([
    rowsIn(store, 'DutyRosterEntry', 'areaCode', areaCodes),
    rowsIn(store, 'Worker', 'areaCode', areaCodes),
  ]);
  const all = workers.filter((w) => w.state === 'active' && LADDER_ROLES.has(w.role));
  const rostered = await workersById(
    store,
    onDuty(entries, today).map((term) => term.workerId),
  );
  const byId = new Map(all.map((w) => [w.id, w]));
  const standing = all.map(standingIn);
  const fillers = fillersOn({ terms: entries, standing, working: new Set(rostered.keys()) }, today);
  const workerOf = (id: string) => rostered.get(id) ?? opened(store, byId.get(id));
  return {
    holders: await holdersAmong(store, fillers, workerOf, channel),
    roster: snapshotOf({ terms: entries, standing }, areaCodes, today),
  };
}

/** Who fills the roles on a day by the rosters a report kept: whoever left since is none of them. */
export async function holdersByRosters(
  store: Store,
  rosters: readonly RosterSnapshot[],
  today: LocalDate,
  channel: ChatAccountRow['channel'],
): Promise<readonly RoleHolder[]> {
  const workers = await workersById(store, namedInRosters(rosters));
  const fillers = keptFillersOn(rosters, new Set(workers.keys()), today);
  return holdersAmong(store, fillers, (id) => workers.get(id), channel);
}

async function holdersAmong(
  store: Store,
  fillers: readonly Filler[],
  workerOf: (id: string) => WorkerRow | undefined,
  channel: ChatAccountRow['channel'],
): Promise<readonly RoleHolder[]> {
  const holders = fillers.flatMap(({ workerId, role, areaCode }) => {
    const worker = workerOf(workerId);
    return worker ? [{ worker, role: role as DutyRole, areaCode }] : [];
  });
  const accounts = await accountsOfPersons(
    store,
    holders.map((h) => h.worker.id),
    channel,
  );
  return holders.map(({ worker, role, areaCode }) => ({
    workerId: worker.id,
    role,
    areaCode,
    name: worker.name,
    phone: worker.phone,
    account: accounts.get(worker.id) ?? null,
  }));
}

/** Who fills the roles of these areas between two days. */
export async function dutyAhead(
  store: Store,
  areaCodes: readonly string[],
  fromOn: LocalDate,
  untilOn: LocalDate,
): Promise<readonly NamedDuty[]> {
  const [terms, workers] = await Promise.all([
    rowsIn(store, 'DutyRosterEntry', 'areaCode', areaCodes),
    rowsIn(store, 'Worker', 'areaCode', areaCodes),
  ]);
  const standing = workers.filter((w) => w.state === 'active' && LADDER_ROLES.has(w.role)).map(standingIn);
  const named = await workersById(
    store,
    [...standing, ...terms].map(({ workerId }) => workerId),
  );
  const spans = dutySpans({ terms, standing, working: new Set(named.keys()) }, fromOn, untilOn);
  return spans.flatMap((span) => {
    const worker = named.get(span.workerId);
    const replaces = named.get(span.replacesId ?? '')?.name ?? null;
    return worker ? [{ ...span, name: worker.name, phone: worker.phone, replaces }] : [];
  });
}

/** Everybody of a county who may stand on the duty roster, and the roster as it stands. */
export async function dutyDesk(store: Store, areaCode: string): Promise<DutyDesk> {
  const own = (await areasByCode(store, [areaCode])).get(areaCode);
  const countyCode = own?.countyCode ?? areaCode;
  const areas = (await rowsIn(store, 'Area', 'countyCode', [countyCode])).filter(
    ({ kind }) => kind === 'township',
  );
  const codes = [...new Set([countyCode, ...areas.map(({ code }) => code)])];
  const [terms, rows] = await Promise.all([
    rowsIn(store, 'DutyRosterEntry', 'areaCode', codes),
    rowsIn(store, 'Worker', 'areaCode', codes),
  ]);
  const workers = rows.filter((w) => w.state === 'active' && LADDER_ROLES.has(w.role));
  const named = await workersById(store, [
    ...workers.map(({ id }) => id),
    ...terms.map((term) => term.workerId),
  ]);
  return {
    people: [...named.values()].map(({ id, name, role, areaCode: area }) => ({
      workerId: id,
      name,
      role,
      areaCode: area,
    })),
    facts: { terms, standing: workers.map(standingIn), working: new Set(named.keys()) },
  };
}

/** A span of the roster with its person, and the name of whoever is replaced. */
export interface NamedDuty extends DutySpan {
  readonly name: string;
  readonly phone: string | null;
  readonly replaces: string | null;
}

function standingIn({ id, role, areaCode }: WorkerRow): Filler {
  return { workerId: id, role, areaCode };
}

function opened(store: Store, row: WorkerRow | undefined): WorkerRow | undefined {
  return row && store.open('Worker', row);
}

/** The account of each person on a channel, unless nobody is reached there any more. */
export async function accountsOfPersons(
  store: Store,
  personIds: readonly string[],
  channel: ChatAccountRow['channel'],
): Promise<Map<string, ChatAccountRow>> {
  const rows = await rowsIn(store, 'ChatAccount', 'personId', personIds, { same: { channel } });
  const reached = rows.filter((row) => row.goneAt === null);
  return new Map(reached.flatMap((row) => (row.personId === null ? [] : [[row.personId, row]])));
}

/** The village of the first child of a bound guardian or carer: it decides who is called. */
async function familyVillages(
  store: Store,
  accounts: readonly ChatAccountRow[],
): Promise<Map<string, AreaRow>> {
  const found = new Map<string, AreaRow>();
  for (const account of accounts) {
    if (account.personId === null || account.personKind === 'worker') continue;
    const villageCode = await villageOfFamily(store, account.personKind, account.personId);
    const area =
      villageCode === null ? null : await store.client.area.findUnique({ where: { code: villageCode } });
    if (area) found.set(account.id, area as AreaRow);
  }
  return found;
}

export async function villageOfFamily(
  store: Store,
  kind: ChatAccountRow['personKind'],
  personId: string,
): Promise<string | null> {
  const link =
    kind === 'guardian'
      ? await store.client.guardianship.findFirst({
          where: { guardianId: personId },
          select: { childId: true },
        })
      : await store.client.careArrangement.findFirst({
          where: { carerId: personId },
          select: { childId: true },
        });
  if (!link) return null;
  const child = await store.client.child.findUnique({
    where: { id: link.childId },
    select: { villageCode: true },
  });
  return child?.villageCode ?? null;
}

/** Accounts by id. */
export async function accountsByIds(
  store: Store,
  ids: readonly string[],
): Promise<Map<string, ChatAccountRow>> {
  return new Map((await rowsIn(store, 'ChatAccount', 'id', ids)).map((row) => [row.id, row]));
}
