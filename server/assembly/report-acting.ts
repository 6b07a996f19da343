import { shanghaiDate } from '../domain/local-date.ts';
import type { Acting, Decision } from '../services/acting.ts';
import { ladderOf } from '../services/report-ladder.ts';
import { orByToday, reachesAnybody, type Receivers } from '../services/report-receivers.ts';
import { StaleBatch } from '../store/commit.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';
import { dutyToday, holdersByRosters } from '../store/people.ts';
import { excludedFrom } from '../store/reports.ts';
import { queuedRow } from './conversation-ports.ts';
import { allCounties } from '../store/lookups.ts';
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

/**
 * Who fills the roles of its ladder by the roster it kept, and who must not hear of it; the roster of today besides
 * where nobody of the kept one is reached any more.
 */
export async function receiversFor(
  world: World,
  report: MandatoryReportRow,
  { today }: Acting,
  unreachedIds: readonly string[] = [],
): Promise<Receivers> {
  const { store, primary } = world;
  const [kept, excludedIds] = await Promise.all([
    holdersByRosters(store, ladderOf(report).rosters, today, primary),
    excludedFrom(store, report.id),
  ]);
  const receivers = { holders: kept, excludedIds, unreachedIds };
  if (reachesAnybody(report, receivers)) return receivers;
  // Of somebody unknown in one of several counties nobody knows the place: each of them hears.
  const areas = await (report.areaCode === null ? allCounties(store) : ladderAreas(world, report.areaCode));
  return orByToday(report, receivers, await dutyToday(store, areas, today, primary));
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
