import { shanghaiDate } from '../domain/local-date.ts';
import type { Acting, Decision } from '../services/acting.ts';
import type { Receivers } from '../services/report-pages.ts';
import { StaleBatch } from '../store/commit.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';
import { roleHolders } from '../store/people.ts';
import { excludedFrom } from '../store/reports.ts';
import { queuedRow } from './conversation-ports.ts';
import { ladderAreas } from './ladder-areas.ts';
import type { World } from './world.ts';

/** What happens to a report without a turn of anybody's. */
export function actingFor({ store, clock, ids }: World, { accountId }: MandatoryReportRow): Acting {
  const at = clock.now();
  return {
    at,
    today: shanghaiDate(at),
    personId: null,
    accountId,
    newId: () => ids.next(),
    digest: (text) => store.sealing.blindIndex('audit', text),
  };
}

/** Who fills the roles of its ladder today, and who must not hear of it. */
export async function receiversFor(
  world: World,
  report: MandatoryReportRow,
  { today }: Acting,
): Promise<Receivers> {
  const areas = report.areaCode === null ? [] : await ladderAreas(world, report.areaCode);
  const [holders, excludedIds] = await Promise.all([
    roleHolders(world.store, areas, today, world.primary),
    excludedFrom(world.store, report.id),
  ]);
  return { holders, excludedIds };
}

/** Stores what was decided, and what it tells; false when somebody went on with the report in this very moment. */
export async function committed(world: World, decision: Decision): Promise<boolean> {
  const rows = decision.outgoing.map((outgoing) => queuedRow(world, outgoing));
  try {
    await world.commit({ guards: decision.guards, writes: [...decision.writes, ...rows] }, { urgent: true });
    return true;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return false;
  }
}
