import { partnersFor, type CallTo } from '../../server/domain/partners/who-is-called.ts';
import { isUnverified } from '../../server/domain/partners/partner.ts';
import { REPORT_KIND_RULES, UNKNOWN_KIND_RULE } from '../../server/domain/report/kinds.ts';
import { NOTICE_RECEIVERS, noticeFor, type NoticeFacts } from '../../server/domain/report/notice.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { ReportView, View } from '../dialog/view.ts';
import { kindOption } from './report-kind.ts';
import { chosenReport, isTold, notFound } from './reports.ts';

/** Roles a notice names; whoever else reported is somebody whose role nobody knows. */
const REPORTER_ROLES = ['director', 'supervisor', 'deputy', 'county-desk', 'guardian', 'carer'] as const;

/**
 * 通报: whom to call about this report, in order, and the text for each office to paste, no more than it needs
 * (未成年人保护法 第11条; domain rules 5.1). Nothing is sent anywhere: a person calls, and a person pastes.
 */
export const reportTextsWord: CommandWord = {
  id: 'report-texts',
  words: ['通报', 'report texts'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => {
    const report = chosenReport(target, view, isRunning);
    if (!report) return { replies: [notFound(target, view, isRunning)], commands: [] };
    const { kind } = report.answers;
    const { receivers } = kind === null ? UNKNOWN_KIND_RULE : REPORT_KIND_RULES[kind];
    const facts = factsOf(report, view);
    const texts = NOTICE_RECEIVERS.filter((receiver) => receivers.includes(receiver));
    return {
      replies: [
        {
          ...say('report-texts.calls', {
            number: report.number,
            calls: callLines(report, view),
            kind: say(kind === null ? 'report-texts.kind-unknown' : 'report-texts.kind', {
              kind: say(kind === null ? 'report-notice.unknown' : `report-kind.${kind}`),
            }),
          }),
          options: report.state === 'acknowledged' ? [kindOption(report)] : [],
          urgent: true,
        },
        ...texts.map((receiver) => ({ ...noticeFor(receiver, facts), urgent: true })),
      ],
      commands: [{ type: 'view-report', reportId: report.id, childId: report.childId }],
    };
  },
};

const isRunning = ({ state }: ReportView): boolean => state !== 'closed';

function callLines({ answers }: ReportView, { directory }: View): readonly Say[] {
  if (directory === undefined) return [];
  return partnersFor(answers, directory).map((call) => callLine(call, directory.today));
}

function callLine(call: CallTo, today: Parameters<typeof isUnverified>[1]): Say {
  switch (call.way) {
    case 'emergency':
      return say(`report-texts.first-${call.number}`);
    case 'unknown':
      return say('report-texts.no-number', { office: say(`report-texts.${call.receiver}`) });
    case 'partner': {
      const { name, phone, verifiedOn } = call.partner;
      const mark = isUnverified(verifiedOn, today) ? say('numbers.unverified') : plain('');
      const line = say('numbers.line', { name, phone, mark });
      return call.onlyIfNotSuspected ? say('report-texts.if-not-suspected', { line }) : line;
    }
  }
}

function factsOf(report: ReportView, { name, areaName }: View): NoticeFacts {
  const { number, openedAt, answers, words, child, reporter, reporterPhone, reporterRole } = report;
  const role = REPORTER_ROLES.find((known) => known === reporterRole) ?? 'stranger';
  const by = report.acknowledgedBy;
  return {
    number,
    openedAt,
    kind: answers.kind,
    answers,
    words,
    child,
    reporter: { name: reporter === '' ? null : reporter, phone: reporterPhone, role },
    taker:
      by === null
        ? null
        : {
            name: by,
            phone: report.acknowledgedPhone,
            unit: by === name && areaName !== '' ? areaName : null,
          },
  };
}
