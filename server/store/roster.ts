import type { AdultKind, RosterStore, StoredLink } from '../roster/roster-store.ts';
import type { Batch } from '../services/batch.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { FUJIAN_PLAN_POLICY } from '../domain/cadence/policy.ts';
import { StaleBatch } from './commit.ts';
import { historiesOf } from './contacts.ts';
import type {
  AreaRow,
  AssignmentRow,
  ChatAccountRow,
  ChildRow,
  DutyRosterEntryRow,
  WorkerRow,
} from './generated/tables.ts';
import { policyWrite } from './policies.ts';
import type { Store } from './store.ts';

/** So many values one query is asked for at most; SQLite bounds the parameters of a statement. */
const QUERY_LIMIT = 500;

/** The store as the import of a roster sees it. */
export function rosterStoreOf(store: Store): RosterStore {
  return {
    areas: () => areasOf(store),
    workers: () => workersOf(store),
    openTerms: (today) => openTermsOf(store, today),
    accounts: (externalIds) => accountsOf(store, externalIds),
    children: (codes) => childrenOfCodes(store, codes),
    facts: async (childIds) =>
      new Map([...(await historiesOf(store, childIds))].map(([id, { facts }]) => [id, facts])),
    households: (indexes) => householdsOf(store, indexes),
    adults: (kind, indexes) => adultsOf(store, kind, indexes),
    links: (kind, childIds) => linksOf(store, kind, childIds),
    childrenOf: (kind, adultIds) => childrenOfAdults(store, kind, adultIds),
    staffNumbersByAccount: (accounts) => staffNumbersOf(store, accounts),
    codesByIdentityNumber: (numbers) => codesOfNumbers(store, numbers),
    identityNumbersByCode: (codes) => numbersOfCodes(store, codes),
    confirmedTiersByCode: (codes) => confirmedTiersOf(store, codes),
    index: (purpose, text) => store.sealing.blindIndex(purpose, text),
    digest: (text) => store.sealing.blindIndex('audit', text),
    commit: (batch) => committed(store, batch),
    keepPolicies: () => keepPolicies(store),
  };
}

async function committed(store: Store, batch: Batch): Promise<boolean> {
  try {
    await store.commit(batch);
    return true;
  } catch (error) {
    if (error instanceof StaleBatch) return false;
    throw error;
  }
}

async function keepPolicies(store: Store): Promise<void> {
  if ((await store.client.carePolicyVersion.count()) > 0) return;
  await committed(store, { guards: [], writes: [policyWrite(FUJIAN_PLAN_POLICY)] });
}

/** Every row of a table in pages, with room for other work in between: a province has 20,000 areas and people. */
async function inPages<Row>(
  keyOf: (row: Row) => string,
  read: (after: string, take: number) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ;) {
    const page = await read(after, QUERY_LIMIT);
    for (const row of page) rows.push(row);
    const last = page.at(-1);
    if (!last || page.length < QUERY_LIMIT) return rows;
    after = keyOf(last);
    await new Promise(setImmediate);
  }
}

async function areasOf({ client }: Store): Promise<AreaRow[]> {
  return inPages(
    ({ code }) => code,
    async (after, take) => {
      const where = { code: { gt: after } };
      return (await client.area.findMany({ where, orderBy: { code: 'asc' }, take })) as AreaRow[];
    },
  );
}

async function workersOf(store: Store): Promise<WorkerRow[]> {
  return inPages(
    ({ id }) => id,
    async (after, take) => {
      const where = { id: { gt: after } };
      const page = await store.client.worker.findMany({ where, orderBy: { id: 'asc' }, take });
      return page.map((row) => store.open('Worker', row as WorkerRow));
    },
  );
}

async function openTermsOf(store: Store, today: LocalDate): ReturnType<RosterStore['openTerms']> {
  const open = { OR: [{ untilOn: null }, { untilOn: { gte: today } }] };
  const { client } = store;
  const assignments = await inPages<AssignmentRow>(
    ({ id }) => id,
    (after, take) => {
      const where = { id: { gt: after }, childId: null, ...open };
      return client.assignment.findMany({ where, orderBy: { id: 'asc' }, take });
    },
  );
  const duties = await inPages<DutyRosterEntryRow>(
    ({ id }) => id,
    async (after, take) => {
      const where = { id: { gt: after }, ...open };
      return (await client.dutyRosterEntry.findMany({
        where,
        orderBy: { id: 'asc' },
        take,
      })) as DutyRosterEntryRow[];
    },
  );
  return { assignments, duties };
}

async function accountsOf(store: Store, externalIds: readonly string[]): Promise<ChatAccountRow[]> {
  return inParts(externalIds, async (part) => {
    const where = { externalId: { in: part }, channel: { in: ['simulator', 'wecom'] } };
    return (await store.client.chatAccount.findMany({ where })) as ChatAccountRow[];
  });
}

async function childrenOfCodes(store: Store, codes: readonly string[]): Promise<Map<string, ChildRow>> {
  const rows = await inParts(codes, (part) => store.client.child.findMany({ where: { code: { in: part } } }));
  return new Map(rows.map((row) => [row.code, store.open('Child', row as ChildRow)]));
}

async function householdsOf(store: Store, indexes: readonly string[]): Promise<Map<string, string>> {
  const rows = await inParts(indexes, (part) =>
    store.client.household.findMany({
      where: { addressIndex: { in: part } },
      select: { id: true, addressIndex: true },
    }),
  );
  return new Map(rows.map((row) => [row.addressIndex, row.id]));
}

async function adultsOf(
  store: Store,
  kind: AdultKind,
  indexes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await inParts(indexes, (part) => {
    const query = { where: { mergeIndex: { in: part } }, select: { id: true, mergeIndex: true } };
    return kind === 'guardian' ? store.client.guardian.findMany(query) : store.client.carer.findMany(query);
  });
  return new Map(rows.map((row) => [row.mergeIndex, row.id]));
}

async function linksOf(
  store: Store,
  kind: AdultKind,
  childIds: readonly string[],
): Promise<readonly StoredLink[]> {
  const links = kind === 'guardian' ? await guardianships(store, childIds) : await care(store, childIds);
  const names = await namesOf(
    store,
    kind,
    links.map((link) => link.adultId),
  );
  return links.map((link) => ({ ...link, adultName: names.get(link.adultId) ?? '' }));
}

async function guardianships(
  store: Store,
  childIds: readonly string[],
): Promise<Omit<StoredLink, 'adultName'>[]> {
  const rows = await inParts(childIds, (part) =>
    store.client.guardianship.findMany({ where: { childId: { in: part } }, orderBy: { id: 'asc' } }),
  );
  return rows.map(({ id, childId, relation, guardianId, workplace, awaySince }) => ({
    id,
    childId,
    relation,
    adultId: guardianId,
    first: workplace === null ? null : store.openText('Guardianship', 'workplace', id, workplace),
    second: awaySince,
  }));
}

async function care(store: Store, childIds: readonly string[]): Promise<Omit<StoredLink, 'adultName'>[]> {
  const rows = await inParts(childIds, (part) =>
    store.client.careArrangement.findMany({ where: { childId: { in: part } }, orderBy: { id: 'asc' } }),
  );
  return rows.map(({ id, childId, relation, carerId, fromOn, untilOn }) => ({
    id,
    childId,
    relation,
    adultId: carerId,
    first: fromOn,
    second: untilOn,
  }));
}

async function namesOf(
  store: Store,
  kind: AdultKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await inParts(ids, (part) => {
    const query = { where: { id: { in: part } }, select: { id: true, name: true } };
    return kind === 'guardian' ? store.client.guardian.findMany(query) : store.client.carer.findMany(query);
  });
  const table = kind === 'guardian' ? 'Guardian' : 'Carer';
  return new Map(rows.map((row) => [row.id, store.openText(table, 'name', row.id, row.name)]));
}

async function childrenOfAdults(
  store: Store,
  kind: AdultKind,
  adultIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const pairs = await inParts(adultIds, async (part) => {
    if (kind === 'carer') {
      const rows = await store.client.careArrangement.findMany({ where: { carerId: { in: part } } });
      return rows.map((row) => [row.carerId, row.childId] as const);
    }
    const rows = await store.client.guardianship.findMany({ where: { guardianId: { in: part } } });
    return rows.map((row) => [row.guardianId, row.childId] as const);
  });
  const children = new Map<string, readonly string[]>();
  for (const [adultId, childId] of pairs) children.set(adultId, [...(children.get(adultId) ?? []), childId]);
  return children;
}

async function staffNumbersOf(store: Store, accounts: readonly string[]): Promise<Map<string, string>> {
  const rows = await inParts(accounts, (part) =>
    store.client.worker.findMany({ where: { account: { in: part } }, select: { account: true, code: true } }),
  );
  return new Map(rows.map((row) => [row.account ?? '', row.code]));
}

async function codesOfNumbers(store: Store, numbers: readonly string[]): Promise<Map<string, string>> {
  const numberOf = new Map(numbers.map((number) => [store.sealing.blindIndex('identity', number), number]));
  const rows = await inParts([...numberOf.keys()], (part) =>
    store.client.child.findMany({
      where: { identityIndex: { in: part } },
      select: { identityIndex: true, code: true },
    }),
  );
  return new Map(rows.map((row) => [numberOf.get(row.identityIndex ?? '') ?? '', row.code]));
}

async function numbersOfCodes(store: Store, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await inParts(codes, (part) =>
    store.client.child.findMany({
      where: { code: { in: part } },
      select: { id: true, code: true, identityNumber: true },
    }),
  );
  return new Map(
    rows.flatMap(({ id, code, identityNumber }) =>
      identityNumber === null
        ? []
        : [[code, store.openText('Child', 'identityNumber', id, identityNumber)] as const],
    ),
  );
}

async function confirmedTiersOf(
  store: Store,
  codes: readonly string[],
): Promise<Map<string, ChildRow['tier']>> {
  const rows = await inParts(codes, (part) =>
    store.client.child.findMany({
      where: { code: { in: part } },
      select: { id: true, code: true, tier: true },
    }),
  );
  const changes = await inParts(
    rows.map((row) => row.id),
    (part) =>
      store.client.tierChange.findMany({
        where: { childId: { in: part } },
        select: { childId: true, confirmedBy: true },
        orderBy: [{ confirmedOn: 'asc' }, { id: 'asc' }],
      }),
  );
  const lastBy = new Map(changes.map((change) => [change.childId, change.confirmedBy]));
  return new Map(
    rows.flatMap(({ id, code, tier }) =>
      (lastBy.get(id) ?? null) === null ? [] : [[code, tier as ChildRow['tier']] as const],
    ),
  );
}

async function inParts<Value, Row>(
  values: readonly Value[],
  read: (part: Value[]) => Promise<Row[]>,
): Promise<Row[]> {
  const unique = [...new Set(values)];
  const rows: Row[] = [];
  for (let at = 0; at < unique.length; at += QUERY_LIMIT)
    rows.push(...(await read(unique.slice(at, at + QUERY_LIMIT))));
  return rows;
}
