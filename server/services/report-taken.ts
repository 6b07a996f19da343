import type { AcknowledgeReport, EndReport, ReportStep, TellReporter } from '../domain/report/commands.ts';
import { morningAfter, staleAt } from '../domain/escalation/ladder.ts';
import { mayWriteToReporter, reportAnswers } from '../domain/report/answers.ts';
import type { StepValue } from '../domain/report/steps.ts';
import { say, type Say } from '../domain/say.ts';
import type { ChatAccountRow, MandatoryReportRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { update } from './batch.ts';
import type { LoadedReport } from './loaded.ts';
import { reportEntry } from './report-entry.ts';
import { ladderOf } from './report-ladder.ts';
import { aboutReport } from './report-message.ts';
import { guardOf } from './report-pages.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The people a report's life reaches besides those who climb its ladder. */
export interface Concerned {
  readonly by: { readonly name: string; readonly phone: string | null };
  readonly reporter: ChatAccountRow | null;
  /** Everybody else who was told and may hear of it. */
  readonly others: readonly ChatAccountRow[];
}

/**
 * 收到: pages end, the reporter hears who took it, and so do the others who were told. It opens again where no step
 * follows within the minutes of its ladder (our service target).
 */
export function acknowledgeReport(
  command: AcknowledgeReport,
  acting: Acting,
  loaded: LoadedReport,
  people: Concerned,
): Decision {
  const { report } = loaded;
  if (report.state !== 'open') return decided([reportEntry(acting, report.id, 'acknowledged')]);
  const at = acting.at.toISOString();
  const taken = update('MandatoryReport', report.id, {
    state: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: acting.personId,
    nextPageAt: staleAt(acting.at, null, ladderOf(report).answers).toISOString(),
    rev: report.rev + 1,
  });
  const told = { number: report.number, name: people.by.name, at };
  const { cannotTalk } = reportAnswers(loaded.entries);
  const toReporter = cannotTalk
    ? toldQuietly(report, people.by.phone)
    : toldToReporter(report, told, people.by.phone);
  const toOthers = say(report.drill ? 'acknowledge.drill-to-others' : 'acknowledge.to-others', told);
  return decided(
    [
      taken,
      reportEntry(acting, report.id, 'acknowledged'),
      audit(acting, 'acknowledge-report', command.reportId, {}),
    ],
    [
      ...reporterOf(loaded, people).map((account) =>
        aboutReport(report, { account, key: `ack:${report.id}:${at}:reporter`, reply: toReporter }),
      ),
      ...people.others.map((account) =>
        aboutReport(report, { account, key: `ack:${report.id}:${at}:${account.id}`, reply: toOthers }),
      ),
    ],
    [guardOf(report)],
  );
}

/** Somebody may look on: no name, and no call that was not asked for. */
function toldQuietly({ number }: MandatoryReportRow, phone: string | null): Say {
  return phone === null
    ? say('acknowledge.to-reporter-quiet-no-phone', { number })
    : say('acknowledge.to-reporter-quiet', { number, phone });
}

function toldToReporter(
  { drill }: MandatoryReportRow,
  told: { readonly number: string; readonly name: string; readonly at: string },
  phone: string | null,
): Say {
  if (drill) return say('acknowledge.drill-to-others', told);
  return phone === null
    ? say('acknowledge.to-reporter-no-phone', told)
    : say('acknowledge.to-reporter', { ...told, phone });
}

/** 进展: what was done, by whom, in their words; the report stays with whoever took it until the next step is due. */
export function reportStep(command: ReportStep, acting: Acting, { report }: LoadedReport): Decision {
  const value: StepValue = { step: command.step, caseNumber: command.caseNumber };
  const line = reportEntry(acting, report.id, 'step', { text: command.text, value: JSON.stringify(value) });
  const noted = audit(acting, 'report-step', report.id, { step: command.step });
  if (report.state !== 'acknowledged') return decided([line, noted]);
  const takenAt = new Date(report.acknowledgedAt ?? acting.at);
  const next = staleAt(takenAt, acting.at, ladderOf(report).answers);
  const stays = update('MandatoryReport', report.id, { nextPageAt: next.toISOString(), rev: report.rev + 1 });
  return decided([stays, line, noted], [], [guardOf(report)]);
}

/**
 * 办结 or 误报, with words that stay visible: nothing is ended silently. With an answer for the reporter it is closed at
 * once; otherwise the answer is due (未成年人保护法 第11条), and asked for every morning.
 */
export function endReport(
  command: EndReport,
  acting: Acting,
  loaded: LoadedReport,
  people: Concerned,
): Decision {
  const { report } = loaded;
  if (report.state === 'closed' || report.state === 'resolved') return decided([]);
  const { answers } = ladderOf(report);
  const at = acting.at.toISOString();
  const isAnswered = command.reply !== null;
  const due = new Date(acting.at.getTime() + answers.feedbackDays * DAY_MS);
  const morning = morningAfter(acting.at, answers);
  const why: StepValue = { step: 'police-not-due', caseNumber: null };
  return decided(
    [
      update('MandatoryReport', report.id, {
        state: isAnswered ? 'closed' : 'resolved',
        endedAs: command.as,
        endedAt: at,
        endedBy: acting.personId,
        feedbackDueAt: isAnswered ? null : due.toISOString(),
        nextPageAt: isAnswered ? null : morning.toISOString(),
        rev: report.rev + 1,
      }),
      ...(command.policeNotDue === null
        ? []
        : [
            reportEntry(acting, report.id, 'step', {
              text: command.policeNotDue,
              value: JSON.stringify(why),
            }),
          ]),
      reportEntry(acting, report.id, command.as, { text: command.text }),
      ...(command.reply === null ? [] : [toldReporter(command.reply, report.id, acting)]),
      audit(acting, 'end-report', report.id, { as: command.as }),
    ],
    [
      ...replyTo(command.reply, loaded, people),
      ...people.others.map((account) =>
        aboutReport(report, {
          account,
          key: `end:${report.id}:${account.id}`,
          reply: say(`end-report.to-others-${command.as}`, { number: report.number, name: people.by.name }),
        }),
      ),
    ],
    [guardOf(report)],
  );
}

/** The reporter hears the outcome, here or by a person; then the report is closed. */
export function tellReporter(
  command: TellReporter,
  acting: Acting,
  loaded: LoadedReport,
  people: Concerned,
): Decision {
  const { report } = loaded;
  if (report.state !== 'resolved') return decided([]);
  return decided(
    [
      update('MandatoryReport', report.id, { state: 'closed', nextPageAt: null, rev: report.rev + 1 }),
      toldReporter(command.reply, report.id, acting),
      audit(acting, 'tell-reporter', report.id, {}),
    ],
    replyTo(command.reply, loaded, people),
    [guardOf(report)],
  );
}

function toldReporter(reply: EndReport['reply'] & object, reportId: string, acting: Acting) {
  return reportEntry(acting, reportId, 'told-reporter', {
    text: reply.text,
    value: reply.byPerson ? 'by-person' : 'here',
  });
}

function replyTo(reply: EndReport['reply'], loaded: LoadedReport, people: Concerned): readonly Outgoing[] {
  if (reply === null || reply.byPerson) return [];
  const { report } = loaded;
  const words = say('end-report.to-reporter', {
    number: report.number,
    text: reply.text ?? '',
    name: people.by.name,
  });
  return reporterOf(loaded, people).map((account) =>
    aboutReport(report, { account, key: `outcome:${report.id}:reporter`, reply: words }),
  );
}

/** The reporter's phone, where they may be written to: otherwise a person calls. */
function reporterOf({ report, entries }: LoadedReport, { reporter }: Concerned): readonly ChatAccountRow[] {
  return reporter !== null && mayWriteToReporter(report.reporterKind, reportAnswers(entries))
    ? [reporter]
    : [];
}
