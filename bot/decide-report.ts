import type { Command } from '../server/domain/commands.ts';
import type {
  AcknowledgeReport,
  EndReport,
  ReportCommand,
  ReportStep,
  TellReporter,
} from '../server/domain/report/commands.ts';
import { snapshotOf } from '../server/domain/escalation/roster-snapshot.ts';
import { decided, type Acting, type Decision, type Outgoing } from '../server/services/acting.ts';
import type { DutyToday, LoadedReport } from '../server/services/loaded.ts';
import {
  addReportWords,
  answerReport,
  excludeFromReport,
  joinReport,
  openReport,
  viewReport,
  type Climbers,
  type Reporter,
} from '../server/services/report.ts';
import {
  acknowledgeReport,
  endReport,
  reportStep,
  tellReporter,
  type Concerned,
} from '../server/services/report-taken.ts';
import type { ChatAccountRow } from '../server/store/generated/tables.ts';
import type { Facts } from './needs.ts';
import type { LoadedTurn } from './views.ts';

const OF_REPORT: ReadonlySet<string> = new Set<ReportCommand['type']>([
  'open-report',
  'add-report-words',
  'answer-report',
  'exclude-from-report',
  'join-report',
  'acknowledge-report',
  'report-step',
  'end-report',
  'tell-reporter',
  'view-report',
]);

/** Whether a command is about a mandatory report. */
export function isOfReport(command: Command): command is ReportCommand {
  return OF_REPORT.has(command.type);
}

/** What the answers tell of: one about a report that still waits does not go to whoever must not hear of it since. */
export function refsOf(commands: readonly Command[]): Outgoing['refs'] {
  const about = commands.find(isOfReport);
  return about === undefined ? {} : { reportId: about.reportId };
}

/** A report is opened, and gone on with: by its reporter, or by those who were told of it. */
export function decideOnReport(
  command: ReportCommand,
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  const loaded = facts.reports.get(command.reportId);
  const taker = facts.accountsByWorker.get(loaded?.report.acknowledgedBy ?? '') ?? null;
  switch (command.type) {
    case 'open-report':
      return openReport(command, acting, reporterOf(turn), dutyOf(turn, acting));
    case 'view-report':
      return viewReport(command, acting);
    case 'add-report-words':
      return addReportWords(command, acting, loaded, taker);
    case 'answer-report':
      return answerReport(command, acting, loaded, taker);
    case 'exclude-from-report':
      return loaded
        ? excludeFromReport(command, acting, loaded, climbersOf(command.reportId, acting, turn, facts))
        : decided([]);
    case 'join-report': {
      const target = facts.reports.get(command.joinsId);
      if (!loaded || !target) return decided([]);
      const taker = facts.accountsByWorker.get(target.report.acknowledgedBy ?? '') ?? null;
      const climbers = climbersOf(command.joinsId, acting, turn, facts);
      return joinReport(command, acting, loaded, target, taker, climbers);
    }
    case 'acknowledge-report':
    case 'report-step':
    case 'end-report':
    case 'tell-reporter':
      return decideAsTold(command, acting, turn, facts);
  }
}

/** Who fills the roles of this person's areas today, and their roster as a report keeps it. */
function dutyOf({ ladderHolders, roster, dutyAreas }: LoadedTurn, { today }: Acting): DutyToday {
  return { holders: ladderHolders, roster: snapshotOf(roster, dutyAreas, today) };
}

function climbersOf(reportId: string, acting: Acting, turn: LoadedTurn, facts: Facts): Climbers {
  return { kept: facts.climbers.get(reportId) ?? [], today: dutyOf(turn, acting) };
}

/** Only whoever was told of the report, and may read it, goes on with it. */
function decideAsTold(
  command: AcknowledgeReport | ReportStep | EndReport | TellReporter,
  acting: Acting,
  turn: LoadedTurn,
  facts: Facts,
): Decision {
  const loaded = facts.reports.get(command.reportId);
  if (!loaded || acting.personId === null || !loaded.recipientIds.includes(acting.personId))
    return decided([]);
  const people: Concerned = {
    by: turn.holder.worker ?? { name: '', phone: null },
    reporter: reporterAccount(loaded, facts),
    others: toldOf(command.reportId, acting, facts),
  };
  switch (command.type) {
    case 'acknowledge-report':
      return acknowledgeReport(command, acting, loaded, people);
    case 'report-step':
      return reportStep(command, acting, loaded);
    case 'end-report':
      return endReport(command, acting, loaded, people);
    case 'tell-reporter':
      return tellReporter(command, acting, loaded, people);
  }
}

/** The accounts of those who were told of a report and may read it, but for the one who acts. */
export function toldOf(reportId: string, acting: Acting, facts: Facts): readonly ChatAccountRow[] {
  return (facts.reports.get(reportId)?.recipientIds ?? [])
    .filter((id) => id !== acting.personId)
    .flatMap((id) => facts.accountsByWorker.get(id) ?? []);
}

function reporterOf(turn: LoadedTurn): Reporter {
  const { account, worker } = turn.holder;
  const kind = worker
    ? 'worker'
    : account.personId !== null && account.personKind !== null
      ? account.personKind
      : 'unknown';
  return {
    kind,
    id: account.personId,
    areaCode: turn.ladderAreas[0] ?? null,
    placeUnknown: worker === null && turn.holder.familyVillage === null,
  };
}

function reporterAccount({ report }: LoadedReport, facts: Facts): ChatAccountRow | null {
  return facts.accountsById.get(report.accountId) ?? null;
}
