import { whyUnreached } from '../domain/escalation/reach.ts';
import type { SentPage } from '../domain/escalation/ring.ts';
import type { OutboxRow, RingRow } from './generated/tables.ts';
import { accountsByIds } from './people.ts';
import { climbingReports, excludedFrom } from './reports.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** Older pages are not rung any more: the schedule has at most one a ring's wait, and newer ones stand in their place. */
const PAGES_BACK = 3;

/** The key of the ring of one page. */
export function ringKeyOf(outboxId: string): string {
  return `ring:${outboxId}`;
}

/**
 * The latest pages of every report that nobody has acknowledged, as they went out. A drill wakes nobody. A page counts
 * whatever came of it, also where it waits to be sent: where no message goes, ringing is all the more needed.
 */
export async function pagesOfOpenReports(store: Store, now: Date): Promise<readonly SentPage[]> {
  const reports = await climbingReports(store);
  if (reports.length === 0) return [];
  const ids = reports.map(({ id }) => id);
  const [all, kept] = await Promise.all([
    rowsIn(store, 'ReportRecipient', 'reportId', ids),
    rowsIn(store, 'ReportExclusion', 'reportId', ids),
  ]);
  // Whoever must not hear of it is not rung either, although a page had gone out before that was said.
  const told = all.filter(
    (one) => !kept.some((e) => e.reportId === one.reportId && e.workerId === one.workerId),
  );
  const sent = new Map(reports.map(({ id, pagesSent }) => [id, pagesSent]));
  const wanted = new Map(
    told.flatMap(({ reportId, workerId }) =>
      lastPages(sent.get(reportId) ?? 0).map((page) => [
        `page:${reportId}:${String(page)}:${workerId}`,
        { reportId, workerId, page },
      ]),
    ),
  );
  const rows = (await rowsIn(store, 'Outbox', 'key', [...wanted.keys()])).filter(isRungFor);
  const [accounts, rung] = await Promise.all([
    accountsByIds(
      store,
      rows.map(({ accountId }) => accountId),
    ),
    rowsIn(
      store,
      'Ring',
      'key',
      rows.map(({ id }) => ringKeyOf(id)),
      { columns: ['key'] },
    ),
  ]);
  const known = new Set(rung.map(({ key }) => key));
  return rows.flatMap((row) => {
    const about = wanted.get(row.key);
    const account = accounts.get(row.accountId);
    if (about === undefined || account === undefined) return [];
    const quiet = { fromMinutes: account.quietFromMinutes, untilMinutes: account.quietUntilMinutes };
    const at = new Date(row.dueAt);
    const missed = whyUnreached({ ...row, workerId: about.workerId, dueAt: at }, now) !== null;
    return [{ ...about, outboxId: row.id, at, quiet, missed, rung: known.has(ringKeyOf(row.id)) }];
  });
}

/** Not on its way just now, and not dropped: a dropped page has become pointless. */
function isRungFor({ state }: Pick<OutboxRow, 'state'>): boolean {
  return state !== 'sending' && state !== 'dropped';
}

function lastPages(pagesSent: number): readonly number[] {
  return Array.from({ length: Math.min(PAGES_BACK, pagesSent) }, (_, n) => pagesSent - 1 - n);
}

/** Rings that did not get through and may be tried again, and those whose process died while they rang. */
export async function ringsToTry(
  { client }: Store,
  realNowText: string,
  stuckBeforeText: string,
): Promise<readonly RingRow[]> {
  const rows = await client.ring.findMany({
    where: {
      OR: [
        { state: 'waiting', retryAt: { lte: realNowText } },
        { state: 'ringing', claimedAt: { lt: stuckBeforeText } },
      ],
    },
    orderBy: { key: 'asc' },
  });
  return rows as RingRow[];
}

/** What a ring needs of its report and its receiver; null where somebody has taken the report, or the receiver is gone. */
export async function ringFacts(
  store: Store,
  { reportId, workerId, outboxId }: Pick<RingRow, 'reportId' | 'workerId' | 'outboxId'>,
) {
  const [report, worker, recipient, page] = await Promise.all([
    store.client.mandatoryReport.findUnique({
      where: { id: reportId },
      select: { number: true, state: true, rev: true },
    }),
    store.client.worker.findUnique({ where: { id: workerId } }),
    store.client.reportRecipient.findUnique({
      where: { reportId_workerId: { reportId, workerId } },
      select: { role: true },
    }),
    store.client.outbox.findUnique({ where: { id: outboxId }, select: { accountId: true } }),
  ]);
  if (report?.state !== 'open' || worker?.state !== 'active') return null;
  if ((await excludedFrom(store, reportId)).includes(workerId)) return null;
  const account = (await accountsByIds(store, page === null ? [] : [page.accountId])).get(
    page?.accountId ?? '',
  );
  const phone = worker.phone === null ? null : store.openText('Worker', 'phone', worker.id, worker.phone);
  return {
    number: report.number,
    rev: report.rev,
    phone,
    role: recipient?.role ?? '',
    language: account?.language ?? 'zh-CN',
  };
}
