import { morningAfter, nextPageAfter, type LadderStep } from '../domain/escalation/ladder.ts';
import { commandOption, say, type Reply } from '../domain/say.ts';
import type { ChatAccountRow, MandatoryReportRow } from '../store/generated/tables.ts';
import { decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insertOnce, update, type Guard, type Write } from './batch.ts';
import type { RoleHolder } from './loaded.ts';
import { reportEntry } from './report-entry.ts';
import { ladderOf } from './report-ladder.ts';
import { aboutReport } from './report-message.ts';
import { skippedOf, takenIn, type Receivers } from './report-receivers.ts';
import { receiversOf } from './rungs.ts';

const MINUTE_MS = 60_000;

/** One page of a report that climbs: whom it reaches now, and when the next one is due. */
export interface Page {
  readonly writes: readonly Write[];
  readonly outgoing: readonly Outgoing[];
  readonly next: Pick<MandatoryReportRow, 'pagesSent' | 'nextPageAt'> &
    Partial<Pick<MandatoryReportRow, 'ladder'>>;
}

/** Why a page goes out: the report is new, nobody took it, or whoever took it came no further. */
type PageKind = 'first' | 'again' | 'stale' | 'drill';

/**
 * The page that is due: to every role the ladder has reached, with number and button only. The reporter and those who
 * must not hear of the report are never paged. A role nobody fills is noted, the county desk is told, and the page goes
 * one step further up at once.
 */
export function pageReport(
  report: MandatoryReportRow,
  acting: Acting,
  receivers: Receivers,
  kind: PageKind = report.drill ? 'drill' : report.pagesSent === 0 ? 'first' : 'again',
): Page {
  const { holders, excludedIds, unreachedIds } = receivers;
  const pageNo = report.pagesSent;
  const minutes = minutesOpen(report, acting.at);
  const ladder = ladderOf(report);
  const skipped = skippedOf(report, excludedIds);
  const { reached, emptyRoles } = receiversOf(ladder.steps, minutes, skipped, holders, unreachedIds);
  const desks = holders.filter((h) => h.role === 'county-desk' && !skipped.includes(h.workerId));
  const roster = takenIn(report, acting, receivers);
  return {
    writes: [
      ...roster.writes,
      ...reached.map((holder) => recipient(report, holder, acting)),
      ...reached.map(({ workerId }) => reportEntry(acting, report.id, 'paged', { byId: workerId })),
      ...emptyRoles.map((role) => reportEntry(acting, report.id, 'unreachable', { text: role })),
    ],
    outgoing: [
      ...reached.flatMap((holder) =>
        holder.account === null ? [] : [pageFor(report, kind, holder.account, holder.workerId)],
      ),
      ...emptyRoles.flatMap((role) =>
        desks.flatMap(({ account, workerId }) =>
          account === null ? [] : [nobodyThere(report, role, account, workerId)],
        ),
      ),
    ],
    next: {
      ...roster.set,
      pagesSent: pageNo + 1,
      nextPageAt: nextPageAfter(new Date(report.climbsFrom), 1, ladder.pages, acting.at).toISOString(),
    },
  };
}

export function minutesOpen({ openedAt }: MandatoryReportRow, at: Date): number {
  return Math.floor((at.getTime() - Date.parse(openedAt)) / MINUTE_MS);
}

/** The ladder's next page as a batch of its own; guarded, so that an acknowledgement in between wins. */
export function climb(report: MandatoryReportRow, acting: Acting, receivers: Receivers): Decision {
  const page = pageReport(report, acting, receivers);
  const step = update('MandatoryReport', report.id, { ...page.next, rev: report.rev + 1 });
  return decided([step, ...page.writes], page.outgoing, [guardOf(report)]);
}

/** Whoever took it came no further: it is open again, and everybody who was reached before is paged. */
export function reopen(report: MandatoryReportRow, acting: Acting, receivers: Receivers): Decision {
  const reopened: MandatoryReportRow = {
    ...report,
    state: 'open',
    climbsFrom: acting.at.toISOString(),
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
  const page = pageReport(reopened, acting, receivers, 'stale');
  const { state, climbsFrom, acknowledgedAt, acknowledgedBy } = reopened;
  return decided(
    [
      update('MandatoryReport', report.id, {
        state,
        climbsFrom,
        acknowledgedAt,
        acknowledgedBy,
        ...page.next,
        rev: report.rev + 1,
      }),
      reportEntry(acting, report.id, 'reopened', { byId: report.acknowledgedBy }),
      ...page.writes,
    ],
    page.outgoing,
    [guardOf(report)],
  );
}

/** The accounts of the county desks that may hear of a report. */
export function desksOf({ holders, excludedIds }: Receivers): readonly ChatAccountRow[] {
  return holders
    .filter((h) => h.role === 'county-desk' && !excludedIds.includes(h.workerId))
    .flatMap((h) => h.account ?? []);
}

/**
 * The outcome stands and its reporter has not heard it: whoever wrote it is asked once a day, and past the day it was
 * due the desk as well (未成年人保护法 第11条: the outcome goes back to the reporter; the days are our service target).
 */
export function askForFeedback(
  report: MandatoryReportRow,
  acting: Acting,
  { holders, excludedIds }: Receivers,
  ended: ChatAccountRow | null,
): Decision {
  const { answers } = ladderOf(report);
  const isLate = report.feedbackDueAt !== null && report.feedbackDueAt <= acting.at.toISOString();
  const desks = desksOf({ holders, excludedIds });
  const asked = [...(ended === null ? [] : [ended]), ...(isLate || ended === null ? desks : [])];
  const { number } = report;
  const reply: Reply = {
    ...say(isLate ? 'page.feedback-late' : 'page.feedback', { number }),
    options: [commandOption('tell-reporter', report.id, say('alerts.tell-reporter', { number }))],
  };
  const tomorrow = morningAfter(acting.at, answers);
  const accounts = [...new Map(asked.map((account) => [account.id, account])).values()];
  return decided(
    [
      update('MandatoryReport', report.id, { nextPageAt: tomorrow.toISOString(), rev: report.rev + 1 }),
      ...desks
        .filter((desk) => isLate && desk.personId !== null)
        .map((desk) => recipient(report, { workerId: desk.personId ?? '', role: 'county-desk' }, acting)),
    ],
    accounts.map((account) => {
      const key = `feedback-due:${report.id}:${acting.today}:${account.id}`;
      return aboutReport(report, { account, key, reply, lane: 'reminder' });
    }),
    [guardOf(report)],
  );
}

/** When a drill ends by itself: so many minutes after its last rung was paged (our default). */
const DRILL_LASTS_MINUTES = 30;

/** A drill has paged its last rung, or whoever took it has had their time: it ends, and whoever ordered it hears how it went. */
export function isDrillOver({ drill, state, ladder, openedAt }: MandatoryReportRow, at: Date): boolean {
  if (!drill) return false;
  if (state !== 'open') return true;
  const last = Math.max(0, ...ladderOf({ ladder }).steps.map((step) => step.afterMinutes));
  return at.getTime() - Date.parse(openedAt) >= (last + DRILL_LASTS_MINUTES) * MINUTE_MS;
}

/** The end of a drill that nobody ended. */
export function endDrill(
  report: MandatoryReportRow,
  acting: Acting,
  orderedBy: ChatAccountRow | null,
): Decision {
  const ended = { state: 'closed', endedAs: 'outcome', endedAt: acting.at.toISOString() } as const;
  const { id, number } = report;
  const reply = say(report.state === 'open' ? 'page.drill-unanswered' : 'page.drill-over', { number });
  return decided(
    [
      update('MandatoryReport', id, { ...ended, nextPageAt: null, rev: report.rev + 1 }),
      reportEntry(acting, id, 'outcome'),
    ],
    orderedBy === null ? [] : [aboutReport(report, { account: orderedBy, key: `drill:${id}`, reply })],
    [guardOf(report)],
  );
}

/** The batch holds only while the report is as it was read. */
export function guardOf({ id, rev }: MandatoryReportRow): Guard {
  return { table: 'MandatoryReport', id, rev };
}

/** Told to the desk once a report and role: this rung of the ladder reaches nobody. */
function nobodyThere(
  report: MandatoryReportRow,
  role: LadderStep['role'],
  account: ChatAccountRow,
  workerId: string,
): Outgoing {
  const vars = { number: report.number, role: say(`role.${role}`) };
  return aboutReport(report, {
    account,
    key: `nobody:${report.id}:${role}:${workerId}`,
    reply: say(report.drill ? 'page.drill-nobody' : 'page.nobody', vars),
  });
}

/** The page itself, with the number of the report's next one. */
export function pageFor(
  report: MandatoryReportRow,
  kind: PageKind,
  account: ChatAccountRow,
  workerId: string,
): Outgoing {
  const pageNo = report.pagesSent;
  const vars = { number: report.number, at: report.openedAt, times: pageNo + 1 };
  const options = [
    { id: `c:acknowledge:${report.id}`, label: say('alerts.acknowledge', { number: report.number }) },
    { id: `c:view-report:${report.id}`, label: say('alerts.view', { number: report.number }) },
  ];
  return aboutReport(report, {
    account,
    key: `page:${report.id}:${String(pageNo)}:${workerId}`,
    reply: { ...say(`page.${kind}`, vars), options },
    page: pageNo,
  });
}

/** Somebody who is told of a report, and so may read it; once each. */
export function recipient(
  report: MandatoryReportRow,
  { workerId, role }: Pick<RoleHolder, 'workerId' | 'role'>,
  acting: Acting,
): Write {
  return insertOnce('ReportRecipient', {
    id: acting.newId(),
    reportId: report.id,
    workerId,
    role,
    toldAt: acting.at.toISOString(),
  });
}
