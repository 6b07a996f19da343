import { policiesFor } from '../domain/cadence/policy-timeline.ts';
import { standingFromSummary } from '../domain/cadence/standing.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { readCadence } from '../services/cadence-record.ts';
import { carePolicies } from './policies.ts';
import type { Store } from './store.ts';

const SLICE = 1000;

export interface TownshipCounts {
  readonly name: string;
  readonly children: number;
  readonly overdue: number;
}

/** Children and overdue children by township (of a county) or by county (of a city): counts only. */
export async function townshipLines(
  store: Store,
  areaCode: string,
  today: LocalDate,
): Promise<TownshipCounts[]> {
  const policies = await carePolicies(store);
  const parts = await store.client.area.findMany({
    where: { parentCode: areaCode },
    orderBy: { code: 'asc' },
  });
  const lines: TownshipCounts[] = [];
  for (const part of parts) {
    const villages = await store.client.area.findMany({
      where: { kind: 'village', OR: [{ townshipCode: part.code }, { countyCode: part.code }] },
      select: { code: true },
    });
    const timeline = policiesFor(policies, part.countyCode);
    const counted = await countChildren(
      store,
      villages.map((v) => v.code),
      today,
      (cadence) => {
        const { child, summary } = readCadence(cadence);
        return standingFromSummary(child, summary, timeline, today).overdue.length > 0;
      },
    );
    lines.push({ name: part.name, ...counted });
  }
  return lines;
}

async function countChildren(
  store: Store,
  villages: readonly string[],
  today: LocalDate,
  isOverdue: (cadence: string) => boolean,
): Promise<{ children: number; overdue: number }> {
  let children = 0;
  let overdue = 0;
  for (let first = 0; first < villages.length; first += SLICE) {
    const rows = await store.client.child.findMany({
      where: {
        villageCode: { in: villages.slice(first, first + SLICE) },
        OR: [{ endsOn: null }, { endsOn: { gt: today } }],
      },
      select: { cadence: true },
    });
    children += rows.length;
    overdue += rows.filter((row) => isOverdue(row.cadence)).length;
  }
  return { children, overdue };
}
