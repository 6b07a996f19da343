import type { PageFate } from '../domain/escalation/reach.ts';
import type { OutboxRow } from './generated/tables.ts';
import type { Climbing } from './reports.ts';
import { rowsIn } from './rows.ts';
import type { Store } from './store.ts';

/** What became of the newest page of a report that climbs, for one of those it went to. */
export interface ReportPageFate extends PageFate {
  readonly reportId: string;
  readonly channel: string;
  /** It stands on the report's record already that this page did not reach its reader. */
  readonly noted: boolean;
}

/** The newest page of each of these reports, as it went to each. */
export async function pageFates(
  store: Store,
  reports: readonly Climbing[],
): Promise<readonly ReportPageFate[]> {
  if (reports.length === 0) return [];
  const { client } = store;
  const newest = new Map(reports.map(({ id, pagesSent }) => [id, pagesSent - 1]));
  const told = await rowsIn(store, 'ReportRecipient', 'reportId', [...newest.keys()]);
  const keys = new Map(
    told.map((to) => [pageKey(to.reportId, newest.get(to.reportId) ?? 0, to.workerId), to]),
  );
  const columns = ['key', 'state', 'error', 'dueAt', 'accountId'] as const;
  const rows = await rowsIn(store, 'Outbox', 'key', [...keys.keys()], { columns: [...columns] });
  const late = rows.filter(({ state }) => state !== 'accepted');
  if (late.length === 0) return rows.flatMap((row) => fateOf(row, keys, '', false));
  const [accounts, notes] = await Promise.all([
    rowsIn(
      store,
      'ChatAccount',
      'id',
      late.map(({ accountId }) => accountId),
      { columns: ['id', 'channel'] },
    ),
    client.reportEntry.findMany({
      where: { reportId: { in: [...newest.keys()] }, kind: 'unreachable', byId: { not: null } },
      select: { reportId: true, byId: true, at: true },
    }),
  ]);
  const channels = new Map(accounts.map(({ id, channel }) => [id, channel]));
  return rows.flatMap((row) => {
    const to = keys.get(row.key);
    const noted = notes.some(
      (n) => n.reportId === to?.reportId && n.byId === to.workerId && n.at >= row.dueAt,
    );
    return fateOf(row, keys, channels.get(row.accountId) ?? '', noted);
  });
}

/** The key of the page of a report with this number, counted from 0, as it goes to one person. */
export function pageKey(reportId: string, page: number, workerId: string): string {
  return `page:${reportId}:${String(page)}:${workerId}`;
}

function fateOf(
  { key, state, error, dueAt }: Pick<OutboxRow, 'key' | 'state' | 'error' | 'dueAt'>,
  keys: ReadonlyMap<string, { readonly reportId: string; readonly workerId: string }>,
  channel: string,
  noted: boolean,
): ReportPageFate[] {
  const to = keys.get(key);
  if (to === undefined) return [];
  const { reportId, workerId } = to;
  return [{ reportId, workerId, state, error, dueAt: new Date(dueAt), channel, noted }];
}
