import { standingIn } from '../domain/leave.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { shanghaiInstant } from '../domain/local-date.ts';
import type { Desk, PlannedChild, Recipient, Responsibility } from '../jobs/planner-ports.ts';
import type { Cadence } from '../services/cadence-record.ts';
import { update, type Write } from '../services/batch.ts';
import type { AreaRow, AssignmentRow, PlannedWorkRow } from './generated/tables.ts';
import { directorsOf } from './caseloads.ts';
import { leavesOn } from './leaves.ts';
import { grouped } from './grouped.ts';
import type { RoleHolder } from '../services/loaded.ts';
import { roleHolders, type Ways } from './people.ts';
import type { Store } from './store.ts';

/** Rows a page, and areas a query: small enough to leave the event loop free for urgent work in between. */
const PAGE = 1000;
const CODES = 250;

type PlannedArea = Pick<AreaRow, 'code' | 'kind' | 'townshipCode' | 'countyCode'>;
type AssignedDirector = Pick<AssignmentRow, 'workerId' | 'villageCode' | 'childId'>;

/**
 * The children to whom something may be owed on a day, in the order of their ids, for the planner's slices: a child who
 * leaves on a later day is owed until then. A slice comes as one text: taking its rows apart one by one, and each child's
 * cadence for itself, costs more than reading them.
 */
export async function childrenAfter(
  store: Store,
  today: LocalDate,
  afterId: string,
  limit: number,
): Promise<PlannedChild[]> {
  const { provider } = store.database;
  const quoted =
    provider === 'sqlite'
      ? (name: string) => `json_quote("${name}")`
      : (name: string) => `to_json("${name}")::text`;
  const row = `'[' || ${quoted('id')} || ',' || ${quoted('villageCode')} || ',' || "cadence" || ']'`;
  const [a, b, c] = provider === 'sqlite' ? ['?', '?', '?'] : ['$1', '$2', '$3'];
  const found = await store.client.$queryRawUnsafe<{ readonly rows: string | null }[]>(
    `SELECT string_agg(${row}, ',' ORDER BY "id") AS "rows" FROM (
       SELECT "id", "villageCode", "cadence" FROM "Child"
       WHERE "id" > ${a} AND ("endsOn" IS NULL OR "endsOn" > ${b}) ORDER BY "id" LIMIT ${c}) AS slice`,
    afterId,
    today,
    limit,
  );
  const rows = JSON.parse(`[${found[0]?.rows ?? ''}]`) as [string, string, Cadence][];
  return rows.map(([id, villageCode, cadence]) => ({ id, villageCode, cadence }));
}

/** Who answers for what on a day: read once per run, held as plain maps; others have their turn in between. */
export async function responsibilityOn(
  store: Store,
  today: LocalDate,
  channel: Ways,
  breathe: () => Promise<void>,
): Promise<Responsibility> {
  const areas = await inPages((after) => areasAfter(store, after), breathe);
  const assigned = await inPages((after) => assignmentsAfter(store, after, today), breathe);
  const assignments = standingIn(assigned, await leavesOn(store, today));
  const accounts = await inPages((after) => workerAccountsAfter(store, after), breathe);
  const codes = areas.filter((a) => a.kind === 'township' || a.kind === 'county').map((a) => a.code);
  const holders = await holdersByArea(store, codes, today, channel, breathe);
  const areaOf = new Map(areas.map((a) => [a.code, a]));
  const byVillage = grouped(assignments, (a) => a.villageCode);
  const worstFirst = [channel].flat().reverse();
  const reached = worstFirst.flatMap((way) => accounts.filter((a) => a.channel === way));
  const accountOf = new Map(reached.map((a) => [a.personId, a]));
  const recipients = (area: string | null, role: string): Desk[] =>
    (holders.get(area ?? '') ?? []).flatMap((h) =>
      h.role === role && h.account ? [{ workerId: h.workerId, account: h.account }] : [],
    );
  return {
    placeOf: (villageCode) => {
      const { townshipCode = null, countyCode = null } = areaOf.get(villageCode) ?? {};
      const own = byVillage.get(villageCode) ?? [];
      const everybodys = own.every((a) => a.childId === null) ? directorsOf('', villageCode, own) : null;
      return {
        townshipCode,
        countyCode,
        directorsOf: (childId) => everybodys ?? directorsOf(childId, villageCode, own),
      };
    },
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

/** Every row of a table, read in pages, as SQL like the children. */
async function inPages<T>(
  after: (key: string) => Promise<readonly (T & { readonly key: string })[]>,
  breathe: () => Promise<void>,
): Promise<T[]> {
  const all: T[] = [];
  for (let key = ''; ;) {
    const rows = await after(key);
    const last = rows.at(-1);
    if (!last) return all;
    for (const row of rows) all.push(row);
    key = last.key;
    await breathe();
  }
}

async function areasAfter(store: Store, code: string) {
  return store.client.$queryRaw<(PlannedArea & { key: string })[]>`
    SELECT "code" AS "key", "code", "kind", "townshipCode", "countyCode" FROM "Area"
    WHERE "code" > ${code} ORDER BY "code" LIMIT ${PAGE}`;
}

async function assignmentsAfter(store: Store, id: string, today: LocalDate) {
  return store.client.$queryRaw<(AssignedDirector & { key: string })[]>`
    SELECT "id" AS "key", "workerId", "villageCode", "childId" FROM "Assignment"
    WHERE "id" > ${id} AND "fromOn" <= ${today} AND ("untilOn" IS NULL OR "untilOn" >= ${today})
    ORDER BY "id" LIMIT ${PAGE}`;
}

async function workerAccountsAfter(store: Store, id: string) {
  return store.client.$queryRaw<
    (Recipient['account'] & { key: string; personId: string; channel: string })[]
  >`
    SELECT "id" AS "key", "id", "personId", "channel", "digestMinutes", "quietFromMinutes", "quietUntilMinutes" FROM "ChatAccount"
    WHERE "id" > ${id} AND "personKind" = 'worker' AND "personId" IS NOT NULL
      AND "goneAt" IS NULL
    ORDER BY "id" LIMIT ${PAGE}`;
}

async function holdersByArea(
  store: Store,
  codes: readonly string[],
  today: LocalDate,
  channel: Ways,
  breathe: () => Promise<void>,
) {
  const found: RoleHolder[] = [];
  for (let first = 0; first < codes.length; first += CODES) {
    found.push(...(await roleHolders(store, codes.slice(first, first + CODES), today, channel)));
    await breathe();
  }
  return grouped(found, (h) => h.areaCode);
}
