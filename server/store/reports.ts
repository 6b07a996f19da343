import type { LoadedReport } from '../services/loaded.ts';
import type { MandatoryReportRow, ReportEntryRow } from './generated/tables.ts';
import type { Store } from './store.ts';

/** So many of the reports that ended last stay readable for each of those who were told (our default). */
const ENDED_SHOWN = 10;

/** The reports of which these workers were told and may read, by worker: those under way, and those that ended last. */
export async function reportsToldTo(
  store: Store,
  workerIds: readonly string[],
): Promise<Map<string, LoadedReport[]>> {
  if (workerIds.length === 0) return new Map();
  const told = await store.client.reportRecipient.findMany({ where: { workerId: { in: [...workerIds] } } });
  if (told.length === 0) return new Map();
  const ids = [...new Set(told.map((t) => t.reportId))];
  const [running, ended] = await Promise.all([
    store.client.mandatoryReport.findMany({
      where: { id: { in: ids }, state: { not: 'closed' } },
      select: { id: true },
    }),
    store.client.mandatoryReport.findMany({
      where: { id: { in: ids }, state: 'closed', joinedTo: null },
      orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
      take: ENDED_SHOWN * workerIds.length,
      select: { id: true },
    }),
  ]);
  const shown = [...running, ...ended].map(({ id }) => id);
  const loaded = await loadReports(store, shown);
  return new Map(
    workerIds.map((workerId) => [
      workerId,
      shown.flatMap((id) => {
        const report = loaded.get(id);
        return report?.recipientIds.includes(workerId) === true ? [report] : [];
      }),
    ]),
  );
}

/** The reports a person opened that are not closed; the newest first. */
export async function reportsOpenedBy(
  { client }: Store,
  personId: string,
): Promise<
  (Pick<MandatoryReportRow, 'id' | 'number' | 'openedAt' | 'childId'> & { excludedIds: string[] })[]
> {
  const reports = await client.mandatoryReport.findMany({
    where: { reporterId: personId, state: { not: 'closed' } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, number: true, openedAt: true, childId: true },
  });
  if (reports.length === 0) return [];
  const exclusions = await client.reportExclusion.findMany({
    where: { reportId: { in: reports.map(({ id }) => id) } },
  });
  return reports.map((report) => ({
    ...report,
    excludedIds: exclusions.filter((e) => e.reportId === report.id).map((e) => e.workerId),
  }));
}

/** Reports by id, each with the lines of those that were joined to it. */
export async function loadReports(store: Store, ids: readonly string[]): Promise<Map<string, LoadedReport>> {
  if (ids.length === 0) return new Map();
  const joined = await store.client.mandatoryReport.findMany({
    where: { joinedTo: { in: [...ids] } },
    select: { id: true, joinedTo: true },
  });
  const readWith = new Map(joined.map(({ id, joinedTo }) => [id, joinedTo]));
  const wanted = { in: [...ids] };
  const [reports, entries, recipients, exclusions] = await Promise.all([
    store.client.mandatoryReport.findMany({ where: { id: wanted } }),
    store.client.reportEntry.findMany({
      where: { reportId: { in: [...ids, ...readWith.keys()] } },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    }),
    store.client.reportRecipient.findMany({ where: { reportId: wanted } }),
    store.client.reportExclusion.findMany({ where: { reportId: wanted } }),
  ]);
  return new Map(
    reports.map((row) => {
      const excludedIds = exclusions.filter((e) => e.reportId === row.id).map((e) => e.workerId);
      return [
        row.id,
        {
          report: row as MandatoryReportRow,
          entries: entries
            .filter(({ reportId }) => reportId === row.id || readWith.get(reportId) === row.id)
            .map((e) => store.open('ReportEntry', e as ReportEntryRow)),
          recipientIds: recipients
            .filter((r) => r.reportId === row.id && !excludedIds.includes(r.workerId))
            .map((r) => r.workerId),
          excludedIds,
        },
      ];
    }),
  );
}

/** Who may read what belongs to these reports: whoever was told of them, or of those they went into, and is kept from none. */
export async function readersOf({ client }: Store, reportIds: readonly string[]): Promise<string[]> {
  if (reportIds.length === 0) return [];
  const reports = await client.mandatoryReport.findMany({
    where: { id: { in: [...reportIds] } },
    select: { joinedTo: true },
  });
  const all = { in: [...reportIds, ...reports.flatMap(({ joinedTo }) => joinedTo ?? [])] };
  const [told, kept] = await Promise.all([
    client.reportRecipient.findMany({ where: { reportId: all }, select: { workerId: true } }),
    client.reportExclusion.findMany({ where: { reportId: all }, select: { workerId: true } }),
  ]);
  const excluded = new Set(kept.map(({ workerId }) => workerId));
  return [...new Set(told.map(({ workerId }) => workerId))].filter((id) => !excluded.has(id));
}

/** Who must not hear of a report. */
export async function excludedFrom({ client }: Store, reportId: string): Promise<string[]> {
  const rows = await client.reportExclusion.findMany({ where: { reportId }, select: { workerId: true } });
  return rows.map(({ workerId }) => workerId);
}

/** The states of a report that has not ended, as the index knows them. */
const RUNNING: MandatoryReportRow['state'][] = ['open', 'acknowledged', 'resolved'];

/** A report as the ladder looks for it: four times a second, so of each only this. */
export type Climbing = Pick<MandatoryReportRow, 'id' | 'pagesSent'>;

/**
 * The reports that climb, and those with which something is due (a page, a step that did not come, an answer to the
 * reporter), the longest due first: one look for both, so that it costs next to nothing while there is none. A page of a
 * drill may go where it will.
 */
export async function reportsUnderWay(
  store: Store,
  nowText: string,
): Promise<{ readonly climbing: readonly Climbing[]; readonly dueIds: readonly string[] }> {
  const rows = await store.client.mandatoryReport.findMany({
    where: { OR: [CLIMBING, { state: { in: RUNNING }, nextPageAt: { lte: nowText } }] },
    orderBy: { nextPageAt: 'asc' },
    select: { id: true, pagesSent: true, state: true, drill: true, nextPageAt: true },
  });
  return {
    climbing: rows.filter(({ state, drill }) => state === 'open' && !drill),
    dueIds: rows.filter((r) => r.nextPageAt !== null && r.nextPageAt <= nowText).map(({ id }) => id),
  };
}

/** Reports nobody has taken; a drill is none of them. */
const CLIMBING = { state: 'open', drill: false } as const;

export async function climbingReports(store: Store): Promise<readonly Climbing[]> {
  return store.client.mandatoryReport.findMany({ where: CLIMBING, select: { id: true, pagesSent: true } });
}

/** Those of these reports that have not ended, the longest due first. */
export async function runningReports(store: Store, ids: readonly string[]): Promise<MandatoryReportRow[]> {
  if (ids.length === 0) return [];
  const rows = await store.client.mandatoryReport.findMany({
    where: { id: { in: [...ids] }, state: { in: RUNNING } },
    orderBy: { nextPageAt: 'asc' },
  });
  return rows as MandatoryReportRow[];
}

/** The numbers of these reports, in their order. */
export async function numbersOfReports(
  store: Store,
  ids: readonly string[],
): Promise<Pick<MandatoryReportRow, 'id' | 'number'>[]> {
  return store.client.mandatoryReport.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { number: 'asc' },
    select: { id: true, number: true },
  });
}

/** The next instant after this one at which something is due with a report. */
export async function nextReportAt(store: Store, nowText: string): Promise<string | null> {
  const row = await store.client.mandatoryReport.findFirst({
    where: { state: { in: RUNNING }, nextPageAt: { gt: nowText } },
    orderBy: { nextPageAt: 'asc' },
    select: { nextPageAt: true },
  });
  return row?.nextPageAt ?? null;
}

/** The highest report number given out in a year; 0 when there is none. */
export async function lastReportNumber(store: Store, year: number): Promise<number> {
  const prefix = `R-${String(year)}-`;
  const row = await store.client.mandatoryReport.findFirst({
    where: { number: { startsWith: prefix } },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return row ? Number(row.number.slice(prefix.length)) : 0;
}
