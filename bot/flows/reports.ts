import { handOverLines } from '../../server/domain/caseload.ts';
import { commandOption, say, type Option, type Reply } from '../../server/domain/say.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { ReportView, View } from '../dialog/view.ts';
import { missingLine, reportFiles, reportStory } from './report-lines.ts';

/** Whoever may be told of a report. */
export const isTold = (view: View): boolean =>
  !['director', 'guardian', 'carer', 'stranger'].includes(view.role);

/** 预警: the reports this person was told of. Numbers only; the story comes with 查看. */
export const alertsWord: CommandWord = {
  id: 'alerts',
  words: ['预警', 'alerts'],
  allowed: isTold,
  run: ({ view }) => {
    const waiting = handOverLines(view.caseload);
    if (view.reports.length === 0) return answer(say('alerts.none', { waiting }));
    const lines = view.reports.map((r) =>
      say(`alerts.line-${r.endedAs === 'false-alarm' ? r.endedAs : r.state}`, {
        number: r.number,
        drill: r.drill ? [say('alerts.drill')] : [],
        at: r.openedAt,
        by: r.acknowledgedBy ?? '',
      }),
    );
    return answer({
      ...say('alerts.list', { lines, waiting }),
      options: view.reports.slice(0, 8).map((r) => viewOption(r)),
    });
  },
};

/** 查看 R-…: the story, for those who were told of the report. For anybody else it does not exist. */
export const viewWord: CommandWord = {
  id: 'view-report',
  words: ['查看', 'view'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => {
    const report = chosenReport(target, view, () => true);
    if (!report) return answer(notFound(target, view, () => true));
    const reply = { ...reportStory(report, view), options: nextFor(report), ...reportFiles(report) };
    return {
      replies: [{ ...reply, urgent: true }],
      commands: [{ type: 'view-report', reportId: report.id, childId: report.childId }],
    };
  },
};

/** 收到 R-…: this person takes the report. From now on no page goes out, and what it lacks is asked of them. */
export const acknowledgeWord: CommandWord = {
  id: 'acknowledge',
  words: ['收到', 'received', 'ack'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => {
    const report = chosenReport(target, view, isOpen);
    if (!report) return answer(notFound(target, view, isOpen));
    const { number } = report;
    if (report.state !== 'open')
      return answer({
        ...say(report.state === 'acknowledged' ? 'acknowledge.already' : 'acknowledge.ended', {
          number,
          by: report.acknowledgedBy ?? '',
        }),
        options: [viewOption(report)],
      });
    const taken = { ...report, state: 'acknowledged' as const };
    return {
      replies: [
        {
          ...say(doneKey(report), {
            number,
            missing: missingLine(taken),
          }),
          options: [viewOption(report), stepOption(report)],
          urgent: true,
        },
      ],
      commands: [{ type: 'acknowledge-report', reportId: report.id }],
    };
  },
};

/** The button of a page and of a list. */
export function viewOption(report: Pick<ReportView, 'id' | 'number'>): Option {
  return commandOption('view-report', report.id, say('alerts.view', { number: report.number }));
}

/** 收到, on a page: it carries its report and never expires. */
export function acknowledgeOption(report: Pick<ReportView, 'id' | 'number'>): Option {
  return commandOption('acknowledge', report.id, say('alerts.acknowledge', { number: report.number }));
}

/** 通报: whom to call, and the texts to paste. */
export function textsOption(report: Pick<ReportView, 'id'>): Option {
  return commandOption('report-texts', report.id, say('alerts.texts'));
}

/** 记进展. */
export function stepOption(report: Pick<ReportView, 'id'>): Option {
  return commandOption('report-step', report.id, say('alerts.step'));
}

/** 办结. */
export function endOption(report: Pick<ReportView, 'id'>): Option {
  return commandOption('end-report', report.id, say('alerts.end'));
}

/** 回复报告人. */
export function tellOption(report: Pick<ReportView, 'id' | 'number'>): Option {
  return commandOption('tell-reporter', report.id, say('alerts.tell-reporter', { number: report.number }));
}

/** The report that is meant: by its button, its number, or as the only one of its kind. */
export function chosenReport(
  target: string | null,
  view: View,
  fits: (report: ReportView) => boolean,
): ReportView | undefined {
  if (target === null) {
    const fitting = view.reports.filter((r) => r.state !== 'closed' && fits(r));
    return fitting.length === 1 ? fitting[0] : undefined;
  }
  const wanted = target.normalize('NFKC').trim().toUpperCase();
  return view.reports.find(
    (r) => r.id === target || r.number === wanted || r.number.endsWith(`-${wanted.padStart(6, '0')}`),
  );
}

/** Why no report was meant; the same words whether it exists for others or not at all. */
export function notFound(target: string | null, view: View, fits: (report: ReportView) => boolean): Reply {
  if (target !== null) return say('alerts.not-yours');
  const fitting = view.reports.filter((r) => r.state !== 'closed' && fits(r));
  if (fitting.length === 0) return say('alerts.none', { waiting: [] });
  return { ...say('alerts.which'), options: fitting.slice(0, 8).map((r) => viewOption(r)) };
}

const isOpen = ({ state }: ReportView): boolean => state === 'open';

function nextFor(report: ReportView): readonly Option[] {
  switch (report.state) {
    case 'open':
      return [acknowledgeOption(report)];
    case 'acknowledged':
      return [stepOption(report), textsOption(report), endOption(report)];
    case 'resolved':
      return [tellOption(report)];
    case 'closed':
      return [];
  }
}

function answer(reply: Reply): CommandRun {
  return { replies: [reply], commands: [] };
}

/** Whoever takes it reads first whether the reporter can be called. */
function doneKey({ drill, answers }: ReportView): string {
  if (drill) return 'acknowledge.drill-done';
  return answers.cannotTalk ? 'acknowledge.done-quiet' : 'acknowledge.done';
}
