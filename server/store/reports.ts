import type { LoadedReport } from '../services/loaded.ts';
import type { ChatAccountRow, MandatoryReportRow, ReportEntryRow } from './generated/tables.ts';
import { accountsOfPersons } from './people.ts';
import type { Store } from './store.ts';

/** The reports that are not closed, of which these workers were told; by worker. */
export async function reportsToldTo(
  store: Store,
  workerIds: readonly string[],
): Promise<Map<string, LoadedReport[]>> {
  if (workerIds.length === 0) return new Map();
  const told = await store.client.reportRecipient.findMany({ where: { workerId: { in: [...workerIds] } } });
  if (told.length === 0) return new Map();
  const loaded = await loadReports(store, [...new Set(told.map((t) => t.reportId))]);
  const byWorker = new Map<string, LoadedReport[]>();
  for (const { workerId, reportId } of told) {
    const report = loaded.get(reportId);
    if (report && report.report.state !== 'closed')
      byWorker.set(workerId, [...(byWorker.get(workerId) ?? []), report]);
  }
  return byWorker;
}

/** Reports by id, with entries in order. */
export async function loadReports(store: Store, ids: readonly string[]): Promise<Map<string, LoadedReport>> {
  const wanted = { in: [...ids] };
  const [reports, entries, recipients] = await Promise.all([
    store.client.mandatoryReport.findMany({ where: { id: wanted } }),
    store.client.reportEntry.findMany({
      where: { reportId: wanted },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    }),
    store.client.reportRecipient.findMany({ where: { reportId: wanted } }),
  ]);
  return new Map(
    reports.map((row) => [
      row.id,
      {
        report: row as MandatoryReportRow,
        entries: entries
          .filter((e) => e.reportId === row.id)
          .map((e) => store.open('ReportEntry', e as ReportEntryRow)),
        recipientIds: recipients.filter((r) => r.reportId === row.id).map((r) => r.workerId),
      },
    ]),
  );
}

/** Open reports whose next page is due. */
export async function reportsToPage(
  store: Store,
  nowText: string,
  limit: number,
): Promise<MandatoryReportRow[]> {
  const rows = await store.client.mandatoryReport.findMany({
    where: { state: 'open', nextPageAt: { lte: nowText } },
    orderBy: { nextPageAt: 'asc' },
    take: limit,
  });
  return rows as MandatoryReportRow[];
}

/** The next instant at which an open report pages somebody. */
export async function nextPageAt(store: Store): Promise<string | null> {
  const row = await store.client.mandatoryReport.findFirst({
    where: { state: 'open', nextPageAt: { not: null } },
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

/** The accounts of those who were told of each report, on one channel. */
export async function recipientAccounts(
  store: Store,
  reportIds: readonly string[],
  channel: ChatAccountRow['channel'],
): Promise<Map<string, ChatAccountRow[]>> {
  if (reportIds.length === 0) return new Map();
  const told = await store.client.reportRecipient.findMany({ where: { reportId: { in: [...reportIds] } } });
  const accounts = await accountsOfPersons(
    store,
    told.map((t) => t.workerId),
    channel,
  );
  return new Map(
    reportIds.map((id) => [
      id,
      told.filter((t) => t.reportId === id).flatMap((t) => accounts.get(t.workerId) ?? []),
    ]),
  );
}
