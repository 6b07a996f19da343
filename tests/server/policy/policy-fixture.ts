import type { CarePolicy } from '../../../server/domain/cadence/policy.ts';
import { FUJIAN_PLAN_POLICY } from '../../../server/domain/cadence/policy.ts';
import { parseLocalDate, type LocalDate } from '../../../server/domain/local-date.ts';
import { enterPolicy, type Entered } from '../../../server/policy/enter-policy.ts';
import type { ChildrenOfCounty, PolicyArea, PolicyStore } from '../../../server/policy/policy-store.ts';
import type { Batch } from '../../../server/services/batch.ts';

export function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such day: ${text}`);
  return date;
}

export const TODAY = day('2026-11-25');

const AREAS: Readonly<Record<string, PolicyArea>> = {
  '990000': { name: '示例省', kind: 'province' },
  '990100': { name: '榕安市', kind: 'city' },
  '990101': { name: '清溪县', kind: 'county' },
  '990102': { name: '白水县', kind: 'county' },
  '990201': { name: '远山县', kind: 'county' },
  '990101001': { name: '上坪镇', kind: 'township' },
};

const CHILDREN: readonly ChildrenOfCounty[] = [
  { countyCode: '990101', tier: 'high', children: 3 },
  { countyCode: '990101', tier: 'low', children: 20 },
  { countyCode: '990102', tier: 'high', children: 4 },
  { countyCode: '990201', tier: 'high', children: 50 },
  { countyCode: null, tier: 'high', children: 1 },
];

/** A desk that enters versions into a memory: two counties of one city, one county of another. */
export class PolicyDesk {
  kept: readonly CarePolicy[] = [FUJIAN_PLAN_POLICY];
  readonly batches: Batch[] = [];
  lastPlannedOn: LocalDate | null = TODAY;
  today: LocalDate = TODAY;
  /** Somebody else's version gets in first so many times. */
  losesRaces = 0;

  enter(text: string, dryRun = false): Promise<Entered> {
    return enterPolicy(
      {
        store: this.#store(),
        at: new Date('2026-11-25T02:00:00Z'),
        today: this.today,
        dryRun,
        newId: () => 'id',
      },
      text,
    );
  }

  #store(): PolicyStore {
    const counties = ['990101', '990102', '990201'].map((code) => ({
      code,
      name: AREAS[code]?.name ?? '',
      cityCode: `${code.slice(0, 4)}00`,
    }));
    return {
      kept: () => Promise.resolve(this.kept),
      area: (code) => Promise.resolve(AREAS[code] ?? null),
      counties: () => Promise.resolve(counties),
      children: () => Promise.resolve(CHILDREN),
      lastPlannedOn: () => Promise.resolve(this.lastPlannedOn),
      hasNone: () => Promise.resolve(false),
      write: (policy) => ({ op: 'insert', table: 'CarePolicyVersion', row: policy }),
      digest: (text) => `digest of ${String(text.length)}`,
      commit: (batch) => Promise.resolve(this.#commit(batch)),
    };
  }

  #commit(batch: Batch): boolean {
    if (this.losesRaces > 0) {
      this.losesRaces -= 1;
      return false;
    }
    this.batches.push(batch);
    const policies = batch.writes.flatMap((w) =>
      'row' in w && w.table === 'CarePolicyVersion' ? [w.row] : [],
    );
    this.kept = [...this.kept, ...(policies as CarePolicy[])];
    return true;
  }
}

/** A file as a county writes it. */
export function fileOf(more: string, area = '990101', from = '2026-12-01'): string {
  return `area: '${area}'\nfrom: ${from}\nsource: 清溪县民政局 2026年11月通知\n${more}\n`;
}
