import type {
  AddReportWords,
  AnswerReport,
  ExcludeFromReport,
  JoinReport,
  OpenReport,
  ViewReport,
} from '../domain/report/commands.ts';
import { commandOption, say } from '../domain/say.ts';
import type { ChatAccountRow, MandatoryReportRow, ReportExclusionRow } from '../store/generated/tables.ts';
import { allOf, audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, insertOnce, update, type Write } from './batch.ts';
import type { DutyToday, LoadedReport, RoleHolder } from './loaded.ts';
import { reportEntry } from './report-entry.ts';
import { fromTheDesk, ladderOf, presentLadder } from './report-ladder.ts';
import { guardOf, pageReport, recipient } from './report-pages.ts';
import { aboutReport } from './report-message.ts';
import { orByToday } from './report-receivers.ts';

/** Who reports, as the record keeps it. */
export interface Reporter {
  readonly kind: MandatoryReportRow['reporterKind'];
  readonly id: string | null;
  /** The township (or, where unknown, the county) whose ladder the report climbs. */
  readonly areaCode: string | null;
  /** Nobody knows the village: the county desk begins, its rungs are the only ones. */
  readonly placeUnknown: boolean;
}

/** Who climbs a report under way: whoever fills its roles by the roster it kept, and by that of today. */
export interface Climbers {
  readonly kept: readonly RoleHolder[];
  readonly today: DutyToday;
}

/**
 * Opens a mandatory report and sends its first page in the same commit (未成年人保护法 第11条: 立即). The ladder is a
 * snapshot, with the roster: a change of the setting or of who is on duty does not touch a running report.
 */
export function openReport(
  command: OpenReport,
  acting: Acting,
  reporter: Reporter,
  { holders, roster }: DutyToday,
): Decision {
  const at = acting.at.toISOString();
  const skipsTownship = reporter.placeUnknown || isOfTownship(command.excludes, holders);
  const ladder = presentLadder(roster);
  const report: MandatoryReportRow = {
    id: command.reportId,
    number: command.number,
    openedAt: at,
    reporterKind: reporter.kind,
    reporterId: reporter.id,
    accountId: acting.accountId,
    areaCode: reporter.areaCode,
    childId: command.childId,
    concernId: command.concernId,
    drill: command.drill,
    state: 'open',
    ladder: JSON.stringify(skipsTownship ? fromTheDesk(ladder) : ladder),
    climbsFrom: at,
    pagesSent: 0,
    nextPageAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    feedbackDueAt: null,
    endedAs: null,
    endedAt: null,
    endedBy: null,
    joinedTo: null,
    rev: 1,
  };
  const words =
    command.words === null ? [] : [reportEntry(acting, report.id, 'words', { text: command.words })];
  const page = pageReport(report, acting, { holders, excludedIds: command.excludes });
  return decided(
    [
      insert('MandatoryReport', { ...report, ...page.next }),
      reportEntry(acting, report.id, 'opened'),
      ...words,
      ...command.excludes.flatMap((id) => exclusion(acting, report.id, id, command.why?.[id] ?? 'asked')),
      audit(acting, 'open-report', report.id, { number: report.number }),
      ...page.writes,
    ],
    page.outgoing,
  );
}

/** Adds what the reporter says; never changes what was said before. Whoever took the report hears that there is more. */
export function addReportWords(
  command: AddReportWords,
  acting: Acting,
  loaded: LoadedReport | undefined,
  taker: ChatAccountRow | null,
): Decision {
  const { reportId, text } = command;
  return decided(
    [reportEntry(acting, reportId, 'words', { text }), audit(acting, 'add-report-words', reportId, {})],
    tellsOfMore(acting, loaded, taker),
  );
}

/** An answer of the reporter, or of whoever took the report: a line of its own, the newest of each question counts. */
export function answerReport(
  command: AnswerReport,
  acting: Acting,
  loaded: LoadedReport | undefined,
  taker: ChatAccountRow | null,
): Decision {
  const { reportId, answer, value, text } = command;
  const known =
    command.childId === undefined ? [] : [update('MandatoryReport', reportId, { childId: command.childId })];
  const isOwn = taker?.personId !== acting.personId;
  return decided(
    [
      reportEntry(acting, reportId, answer, { value, text }),
      ...known,
      audit(acting, 'answer-report', reportId, { answer }),
    ],
    isOwn ? tellsOfMore(acting, loaded, taker, TOLD_AS[answer] ?? 'more-said') : [],
  );
}

/** As if nobody had taken it: what was done stays readable, what was decided does not stand. */
const BEGUN_AGAIN = {
  state: 'open',
  acknowledgedAt: null,
  acknowledgedBy: null,
  endedAs: null,
  endedAt: null,
  endedBy: null,
  feedbackDueAt: null,
} as const;

/**
 * These people must not hear of the report: from this commit on they are skipped on every rung, read nothing of it, and
 * what waits for them is not sent. Where one of them works in the township the county desk takes over at once; a report
 * that one of them had taken or ended is open again.
 */
export function excludeFromReport(
  command: ExcludeFromReport,
  acting: Acting,
  { report, excludedIds }: LoadedReport,
  { kept, today }: Climbers,
): Decision {
  const { workerIds } = command;
  const all = [...new Set([...excludedIds, ...workerIds])];
  const isTownship = isOfTownship(workerIds, [...kept, ...today.holders]);
  const ladder = isTownship ? fromTheDesk(ladderOf(report)) : ladderOf(report);
  const wasTheirs = [report.acknowledgedBy, report.endedBy].some(
    (id) => id !== null && workerIds.includes(id),
  );
  const climbs: MandatoryReportRow = {
    ...report,
    ladder: JSON.stringify(ladder),
    ...(wasTheirs && report.joinedTo === null ? BEGUN_AGAIN : {}),
  };
  const receivers = orByToday(climbs, { holders: kept, excludedIds: all }, today);
  const page = climbs.state === 'open' ? pageReport(climbs, acting, receivers) : null;
  const { state, acknowledgedAt, acknowledgedBy, endedAs, endedAt, endedBy, feedbackDueAt } = climbs;
  return decided(
    [
      update('MandatoryReport', report.id, {
        ladder: climbs.ladder,
        ...{ state, acknowledgedAt, acknowledgedBy, endedAs, endedAt, endedBy, feedbackDueAt },
        ...page?.next,
        rev: report.rev + 1,
      }),
      ...workerIds.flatMap((id) => exclusion(acting, report.id, id, command.why?.[id] ?? 'asked')),
      audit(acting, 'exclude-from-report', report.id, { workerIds }),
      ...(page?.writes ?? []),
    ],
    page?.outgoing ?? [],
    [guardOf(report)],
  );
}

/**
 * The reporter says that it is the same matter as a report of theirs before: its words are read with the earlier one,
 * which goes on as it was; a page is not asked for twice.
 */
export function joinReport(
  { reportId, joinsId }: JoinReport,
  acting: Acting,
  joined: LoadedReport,
  target: LoadedReport,
  taker: ChatAccountRow | null,
  climbers: Climbers,
): Decision {
  const kept = joined.excludedIds.filter((id) => !target.excludedIds.includes(id));
  const skips: ExcludeFromReport = { type: 'exclude-from-report', reportId: joinsId, workerIds: kept };
  const at = acting.at.toISOString();
  const ended = { state: 'closed', endedAs: 'joined', endedAt: at, endedBy: acting.personId } as const;
  return allOf([
    decided(
      [
        update('MandatoryReport', reportId, {
          ...ended,
          joinedTo: joinsId,
          nextPageAt: null,
          rev: joined.report.rev + 1,
        }),
        reportEntry(acting, reportId, 'joined', { text: target.report.number }),
        reportEntry(acting, joinsId, 'joined', { text: joined.report.number }),
        ...joined.recipientIds.map((workerId) =>
          recipient(target.report, { workerId, role: roleOf(workerId, climbers) }, acting),
        ),
        audit(acting, 'join-report', reportId, { joinsId }),
      ],
      [],
      [guardOf(joined.report)],
    ),
    kept.length === 0 ? decided([]) : excludeFromReport(skips, acting, target, climbers),
    decided([], tellsOfMore(acting, target, taker)),
  ]);
}

/** Notes that somebody read the story. */
export function viewReport(command: ViewReport, acting: Acting): Decision {
  const access = {
    id: acting.newId(),
    at: acting.at.toISOString(),
    workerId: acting.personId ?? '',
    screen: 'report',
    childIds: JSON.stringify(command.childId === null ? [] : [command.childId]),
    reportId: command.reportId,
  };
  return decided([insert('AccessRow', access), reportEntry(acting, command.reportId, 'viewed')]);
}

/** What is no news of the story is told as what it is. */
const TOLD_AS: Readonly<Partial<Record<AnswerReport['answer'], 'broke-off' | 'not-now'>>> = {
  idle: 'broke-off',
  'cannot-talk': 'not-now',
};

/** Whoever took it hears once a minute at most that the reporter said more; while it is open its pages go on anyway. */
function tellsOfMore(
  acting: Acting,
  loaded: LoadedReport | undefined,
  taker: ChatAccountRow | null,
  how: 'more-said' | 'broke-off' | 'not-now' = 'more-said',
): Decision['outgoing'] {
  if (loaded?.report.state !== 'acknowledged' || taker === null) return [];
  const { id, number } = loaded.report;
  const minute = acting.at.toISOString().slice(0, 16);
  const options = [commandOption('view-report', id, say('alerts.view', { number }))];
  const reply = { ...say(`acknowledge.${how}`, { number }), options };
  const key = `${how === 'more-said' ? 'more' : how}:${id}:${minute}:${taker.id}`;
  return [aboutReport(loaded.report, { account: taker, key, reply })];
}

function roleOf(workerId: string, { kept, today }: Climbers): RoleHolder['role'] {
  return [...kept, ...today.holders].find((h) => h.workerId === workerId)?.role ?? 'supervisor';
}

function isOfTownship(workerIds: readonly string[], holders: readonly RoleHolder[]): boolean {
  return holders.some(
    ({ workerId, role }) => workerIds.includes(workerId) && (role === 'supervisor' || role === 'deputy'),
  );
}

function exclusion(
  acting: Acting,
  reportId: string,
  workerId: string,
  why: ReportExclusionRow['why'],
): readonly Write[] {
  const row = {
    id: acting.newId(),
    reportId,
    workerId,
    at: acting.at.toISOString(),
    why,
  } as const;
  return [insertOnce('ReportExclusion', row), reportEntry(acting, reportId, 'excluded', { value: workerId })];
}
