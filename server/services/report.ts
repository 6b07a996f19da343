import type { AcknowledgeReport, AddReportWords, OpenReport, ViewReport } from '../domain/commands.ts';
import {
  DEFAULT_LADDER_POLICY,
  nextPageAfter,
  type LadderPolicy,
  type LadderStep,
} from '../domain/escalation/ladder.ts';
import { say } from '../domain/say.ts';
import type { ChatAccountRow, MandatoryReportRow, ReportEntryRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { insert, insertOnce, update, type Write } from './batch.ts';
import type { LoadedReport, RoleHolder } from './loaded.ts';
import { receiversOf } from './rungs.ts';

const MINUTE_MS = 60_000;

/** The part of the ladder setting that a report keeps for itself when it is opened. */
type LadderSnapshot = Pick<LadderPolicy, 'steps' | 'pages'>;
const snapshot: LadderSnapshot = { steps: DEFAULT_LADDER_POLICY.steps, pages: DEFAULT_LADDER_POLICY.pages };

/** The ladder without its township rungs, beginning at once. */
function fromTheDesk({ steps, pages }: LadderSnapshot): LadderSnapshot {
  const county = steps.filter((step) => step.role.startsWith('county-'));
  const first = Math.min(...county.map((step) => step.afterMinutes));
  return { steps: county.map((step) => ({ ...step, afterMinutes: step.afterMinutes - first })), pages };
}

/** Who reports, as the record keeps it. */
export interface Reporter {
  readonly kind: MandatoryReportRow['reporterKind'];
  readonly id: string | null;
  /** The township (or, where unknown, the county) whose ladder the report climbs. */
  readonly areaCode: string | null;
  /** Nobody knows the village: the county desk begins, its rungs are the only ones. */
  readonly placeUnknown: boolean;
}

/**
 * Opens a mandatory report and sends its first page in the same commit (未成年人保护法 第11条: 立即). The ladder is a
 * snapshot: a change of the setting meanwhile does not touch a running report.
 */
export function openReport(
  command: OpenReport,
  acting: Acting,
  reporter: Reporter,
  holders: readonly RoleHolder[],
): Decision {
  const at = acting.at.toISOString();
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
    drill: false,
    state: 'open',
    ladder: JSON.stringify(reporter.placeUnknown ? fromTheDesk(snapshot) : snapshot),
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
  const words = command.words === null ? [] : [entry(acting, report.id, 'words', command.words)];
  const page = pageReport(report, acting, holders);
  return decided(
    [
      insert('MandatoryReport', { ...report, ...page.next }),
      entry(acting, report.id, 'opened', null),
      ...words,
      audit(acting, 'open-report', report.id, { number: report.number }),
      ...page.writes,
    ],
    page.outgoing,
  );
}

/** One page of a report that climbs: whom it reaches now, and when the next one is due. */
export interface Page {
  readonly writes: readonly Write[];
  readonly outgoing: readonly Outgoing[];
  readonly next: Pick<MandatoryReportRow, 'pagesSent' | 'nextPageAt'>;
}

/**
 * The page that is due: to every role the ladder has reached, with number and button only. The reporter is never paged
 * about their own report. A role nobody fills is noted, the county desk is told, and the page goes one step further up
 * at once.
 */
export function pageReport(report: MandatoryReportRow, acting: Acting, holders: readonly RoleHolder[]): Page {
  const pageNo = report.pagesSent;
  const openedAt = new Date(report.openedAt);
  const minutes = Math.floor((acting.at.getTime() - openedAt.getTime()) / MINUTE_MS);
  const ladder = JSON.parse(report.ladder) as LadderSnapshot;
  const { reached, emptyRoles } = receiversOf(ladder.steps, minutes, report.reporterId, holders);
  const desks = holders.filter((h) => h.role === 'county-desk' && h.workerId !== report.reporterId);
  return {
    writes: [
      ...reached.map((holder) => recipient(report, holder, acting)),
      ...reached.map((holder) => entry(acting, report.id, 'paged', null, holder.workerId)),
      ...emptyRoles.map((role) => entry(acting, report.id, 'unreachable', role)),
    ],
    outgoing: [
      ...reached.flatMap((holder) =>
        holder.account === null ? [] : [pageFor(report, pageNo, holder.account, holder.workerId)],
      ),
      ...emptyRoles.flatMap((role) =>
        desks.flatMap(({ account, workerId }) =>
          account === null ? [] : [nobodyThere(report, role, account, workerId)],
        ),
      ),
    ],
    next: {
      pagesSent: pageNo + 1,
      nextPageAt: nextPageAfter(openedAt, pageNo + 1, ladder.pages, acting.at).toISOString(),
    },
  };
}

/** The ladder's next page as a batch of its own; guarded, so that an acknowledgement in between wins. */
export function climb(report: MandatoryReportRow, acting: Acting, holders: readonly RoleHolder[]): Decision {
  const page = pageReport(report, acting, holders);
  const step = update('MandatoryReport', report.id, { ...page.next, rev: report.rev + 1 });
  return decided([step, ...page.writes], page.outgoing, [
    { table: 'MandatoryReport', id: report.id, rev: report.rev },
  ]);
}

/** Adds what the reporter says; never changes what was said before. */
export function addReportWords(command: AddReportWords, acting: Acting): Decision {
  return decided([
    entry(acting, command.reportId, 'words', command.text),
    audit(acting, 'add-report-words', command.reportId, {}),
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
  return decided([insert('AccessRow', access), entry(acting, command.reportId, 'viewed', null)]);
}

/** 收到: pages end, the reporter hears who took it, and so do the others who were told. */
export function acknowledgeReport(
  command: AcknowledgeReport,
  acting: Acting,
  loaded: LoadedReport,
  people: {
    readonly by: { readonly name: string; readonly phone: string | null };
    readonly reporter: ChatAccountRow | null;
    readonly others: readonly ChatAccountRow[];
  },
): Decision {
  const { report } = loaded;
  if (report.state !== 'open') return decided([entry(acting, report.id, 'acknowledged', null)]);
  const at = acting.at.toISOString();
  const taken = update('MandatoryReport', report.id, {
    state: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: acting.personId,
    nextPageAt: null,
    rev: report.rev + 1,
  });
  const told = { number: report.number, name: people.by.name, at };
  const toReporter =
    people.by.phone === null
      ? say('acknowledge.to-reporter-no-phone', told)
      : say('acknowledge.to-reporter', { ...told, phone: people.by.phone });
  return decided(
    [
      taken,
      entry(acting, report.id, 'acknowledged', null),
      audit(acting, 'acknowledge-report', command.reportId, {}),
    ],
    [
      ...(people.reporter ? [message(people.reporter, `ack:${report.id}:reporter`, toReporter, report)] : []),
      ...people.others.map((account) =>
        message(account, `ack:${report.id}:${account.id}`, say('acknowledge.to-others', told), report),
      ),
    ],
    [{ table: 'MandatoryReport', id: report.id, rev: report.rev }],
  );
}

/** Told to the desk once a report and role: this rung of the ladder reaches nobody. */
function nobodyThere(
  report: MandatoryReportRow,
  role: LadderStep['role'],
  account: ChatAccountRow,
  workerId: string,
): Outgoing {
  return {
    account,
    lane: 'urgent',
    key: `nobody:${report.id}:${role}:${workerId}`,
    reply: say('page.nobody', { number: report.number, role: say(`role.${role}`) }),
    refs: { reportId: report.id },
  };
}

function pageFor(
  report: MandatoryReportRow,
  pageNo: number,
  account: ChatAccountRow,
  workerId: string,
): Outgoing {
  const vars = { number: report.number, at: report.openedAt };
  const text = pageNo === 0 ? say('page.first', vars) : say('page.again', { ...vars, times: pageNo + 1 });
  const options = [
    { id: `c:acknowledge:${report.id}`, label: say('alerts.acknowledge', { number: report.number }) },
    { id: `c:view-report:${report.id}`, label: say('alerts.view', { number: report.number }) },
  ];
  return {
    account,
    lane: 'urgent',
    key: `page:${report.id}:${String(pageNo)}:${workerId}`,
    reply: { ...text, options },
    refs: { reportId: report.id, page: pageNo },
  };
}

function message(
  account: ChatAccountRow,
  key: string,
  reply: Outgoing['reply'],
  report: MandatoryReportRow,
): Outgoing {
  return { account, lane: 'urgent', key, reply, refs: { reportId: report.id } };
}

function recipient(report: MandatoryReportRow, holder: RoleHolder, acting: Acting): Write {
  const row = {
    id: acting.newId(),
    reportId: report.id,
    workerId: holder.workerId,
    role: holder.role,
    toldAt: acting.at.toISOString(),
  };
  return insertOnce('ReportRecipient', row);
}

function entry(
  acting: Acting,
  reportId: string,
  kind: ReportEntryRow['kind'],
  text: string | null,
  byId: string | null = acting.personId,
): Write {
  return insert('ReportEntry', {
    id: acting.newId(),
    reportId,
    at: acting.at.toISOString(),
    byId,
    kind,
    text,
    value: null,
  });
}
