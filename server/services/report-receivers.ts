import type { RosterSnapshot } from '../domain/escalation/roster-snapshot.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';
import type { Acting } from './acting.ts';
import type { Write } from './batch.ts';
import type { DutyToday, RoleHolder } from './loaded.ts';
import { reportEntry } from './report-entry.ts';
import { ladderOf } from './report-ladder.ts';

/** Who fills the roles of a report's ladder, and who must not hear of it. */
export interface Receivers {
  readonly holders: readonly RoleHolder[];
  readonly excludedIds: readonly string[];
  /** Those whom the last page did not reach. */
  readonly unreachedIds?: readonly string[];
  /** The roster of today, where it had to be taken in. */
  readonly takenIn?: RosterSnapshot;
}

/** Who is never paged about it: those who must not hear of it, and its reporter. */
export function skippedOf(
  { reporterId }: Pick<MandatoryReportRow, 'reporterId'>,
  excludedIds: readonly string[],
): readonly string[] {
  return [...excludedIds, ...(reporterId === null ? [] : [reporterId])];
}

type Climbing = Pick<MandatoryReportRow, 'reporterId' | 'ladder'>;

/** Whether anybody on any rung can be paged and was not missed by the last page. */
export function reachesAnybody(report: Climbing, { holders, excludedIds, unreachedIds }: Receivers): boolean {
  const missed = [...skippedOf(report, excludedIds), ...(unreachedIds ?? [])];
  const roles: readonly string[] = ladderOf(report).steps.map(({ role }) => role);
  return holders.some((h) => h.account !== null && roles.includes(h.role) && !missed.includes(h.workerId));
}

/**
 * A report goes by the roster of its opening. Where nobody of it is reached any more the roster of today is taken in as
 * well, and stays: no report is without a receiver.
 */
export function orByToday(report: Climbing, receivers: Receivers, today: DutyToday): Receivers {
  if (reachesAnybody(report, receivers)) return receivers;
  const { holders } = receivers;
  const isKept = ({ workerId, role, areaCode }: RoleHolder): boolean =>
    holders.some((h) => h.workerId === workerId && h.role === role && h.areaCode === areaCode);
  const joining = today.holders.filter((holder) => !isKept(holder));
  if (!reachesAnybody(report, { ...receivers, holders: joining })) return receivers;
  return { ...receivers, holders: [...holders, ...joining], takenIn: today.roster };
}

/** The ladder with the roster that was taken in, and the line that says so. */
export function takenIn(
  report: Climbing & Pick<MandatoryReportRow, 'id'>,
  acting: Acting,
  { takenIn: roster }: Receivers,
): { readonly set: Partial<Pick<MandatoryReportRow, 'ladder'>>; readonly writes: readonly Write[] } {
  if (roster === undefined) return { set: {}, writes: [] };
  const ladder = ladderOf(report);
  return {
    set: { ladder: JSON.stringify({ ...ladder, rosters: [...ladder.rosters, roster] }) },
    writes: [reportEntry(acting, report.id, 'unreachable', { byId: null, text: 'roster' })],
  };
}
