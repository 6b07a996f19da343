import { DEFAULT_LADDER_POLICY, type ReportLadderPolicy } from '../domain/escalation/ladder.ts';
import type { RosterSnapshot } from '../domain/escalation/roster-snapshot.ts';
import type { MandatoryReportRow } from '../store/generated/tables.ts';

/** The part of the ladder setting that a report keeps for itself: a change of the setting never touches a running one. */
export type ReportLadder = Pick<ReportLadderPolicy, 'steps' | 'pages' | 'answers'> & {
  /**
   * Who fills its roles: the roster of its opening, and each that was taken in later because nobody of it was reached.
   * None in a report from before rosters were kept: it goes by the roster of today.
   */
  readonly rosters: readonly RosterSnapshot[];
};

/** The ladder a report begins with today. */
export function presentLadder(roster: RosterSnapshot): ReportLadder {
  const { steps, pages, answers } = DEFAULT_LADDER_POLICY;
  return { steps, pages, answers, rosters: [roster] };
}

/** The ladder without its township rungs, beginning at once. */
export function fromTheDesk({ steps, ...rest }: ReportLadder): ReportLadder {
  const county = steps.filter((step) => step.role.startsWith('county-'));
  const first = Math.min(...county.map((step) => step.afterMinutes));
  return { ...rest, steps: county.map((step) => ({ ...step, afterMinutes: step.afterMinutes - first })) };
}

/** The snapshot a report carries; one from before the targets were kept has those of today. */
export function ladderOf({ ladder }: Pick<MandatoryReportRow, 'ladder'>): ReportLadder {
  const kept = JSON.parse(ladder) as Pick<ReportLadder, 'steps' | 'pages'> & Partial<ReportLadder>;
  return { answers: DEFAULT_LADDER_POLICY.answers, rosters: [], ...kept };
}
