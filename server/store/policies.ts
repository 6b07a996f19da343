import { carePolicySchema, FUJIAN_PLAN_POLICY, type CarePolicy } from '../domain/cadence/policy.ts';
import { forCounties } from '../domain/cadence/policy-timeline.ts';
import { parseLocalDate, type LocalDate } from '../domain/local-date.ts';
import type { ChildrenOfCounty, PolicyArea, PolicyStore } from '../policy/policy-store.ts';
import { insert, put, type Batch, type Write } from '../services/batch.ts';
import { StaleBatch } from './commit.ts';
import { readSetting } from './settings.ts';
import type { CarePolicyVersionRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/**
 * Every version of the care policy, the plan's own where none is kept, a city's once for each of its counties. Read
 * anew for every turn and every plan, so that a version entered beside a running service is taken up by itself.
 */
export async function carePolicies(store: Store): Promise<readonly CarePolicy[]> {
  const kept = await keptPolicies(store);
  const codes = kept.flatMap(({ areaCode }) => areaCode ?? []);
  if (codes.length === 0) return kept;
  const counties = await store.client.area.findMany({
    where: { kind: 'county', cityCode: { in: [...new Set(codes)] } },
    select: { code: true, cityCode: true },
  });
  return forCounties(kept, counties);
}

/** The write that keeps one version. */
export function policyWrite(policy: CarePolicy): Write {
  return put('CarePolicyVersion', rowOf(policy));
}

/** The store as the entering of a version sees it. */
export function policyStoreOf(store: Store): PolicyStore {
  return {
    kept: () => keptPolicies(store),
    area: (code) => areaOf(store, code),
    counties: () => countiesOf(store),
    children: (on) => childrenByCounty(store, on),
    lastPlannedOn: async () => parseLocalDate((await readSetting(store, 'last-planned-on')) ?? ''),
    hasNone: async () => (await store.client.carePolicyVersion.count()) === 0,
    write: (policy) => insert('CarePolicyVersion', rowOf(policy)),
    digest: (text) => store.sealing.blindIndex('audit', text),
    commit: (batch) => committed(store, batch),
  };
}

async function keptPolicies(store: Store): Promise<readonly CarePolicy[]> {
  const rows = await store.client.carePolicyVersion.findMany({
    orderBy: [{ validFrom: 'asc' }, { version: 'asc' }],
  });
  const kept = rows.map((row) => carePolicySchema.parse(JSON.parse(row.body)));
  return kept.some(({ areaCode }) => areaCode === null) ? kept : [FUJIAN_PLAN_POLICY, ...kept];
}

function rowOf(policy: CarePolicy): CarePolicyVersionRow {
  const { id, version, validFrom, source, areaCode } = policy;
  return {
    id: `${id}@${String(version)}`,
    areaCode,
    version,
    validFrom,
    source,
    body: JSON.stringify(policy),
  };
}

async function areaOf(store: Store, code: string): Promise<PolicyArea | null> {
  const area = await store.client.area.findUnique({ where: { code }, select: { name: true, kind: true } });
  return area && { name: area.name, kind: area.kind as PolicyArea['kind'] };
}

async function countiesOf(store: Store) {
  return store.client.area.findMany({
    where: { kind: 'county' },
    select: { code: true, name: true, cityCode: true },
    orderBy: { code: 'asc' },
  });
}

async function childrenByCounty(store: Store, on: LocalDate): Promise<readonly ChildrenOfCounty[]> {
  const rows = await store.client.$queryRaw<(Omit<ChildrenOfCounty, 'children'> & { children: bigint })[]>`
    SELECT a."countyCode" AS "countyCode", c."tier" AS "tier", COUNT(*) AS "children"
    FROM "Child" c LEFT JOIN "Area" a ON a."code" = c."villageCode"
    WHERE c."endsOn" IS NULL OR c."endsOn" > ${on}
    GROUP BY a."countyCode", c."tier" ORDER BY a."countyCode", c."tier"`;
  return rows.map((row) => ({ ...row, children: Number(row.children) }));
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
