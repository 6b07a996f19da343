import { carePolicySchema, FUJIAN_PLAN_POLICY, type CarePolicy } from '../domain/cadence/policy.ts';
import { put, type Write } from '../services/batch.ts';
import type { Store } from './store.ts';

/** Every version of the care policy that is kept; the plan's own when none is. */
export async function carePolicies(store: Store): Promise<readonly CarePolicy[]> {
  const rows = await store.client.carePolicyVersion.findMany({
    orderBy: [{ validFrom: 'asc' }, { version: 'asc' }],
  });
  return rows.length === 0
    ? [FUJIAN_PLAN_POLICY]
    : rows.map((row) => carePolicySchema.parse(JSON.parse(row.body)));
}

/** The write that keeps one version. */
export function policyWrite(policy: CarePolicy): Write {
  const { id, version, validFrom, source, areaCode } = policy;
  return put('CarePolicyVersion', {
    id: `${id}@${String(version)}`,
    areaCode,
    version,
    validFrom,
    source,
    body: JSON.stringify(policy),
  });
}
