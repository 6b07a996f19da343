import { z } from 'zod';
import { REPORT_KINDS } from '../../server/domain/report/kinds.ts';
import { commandOption, say, type Option } from '../../server/domain/say.ts';
import type { CommandWord, Flow } from '../dialog/flow.ts';
import { textOf } from '../dialog/session.ts';
import type { ReportView } from '../dialog/view.ts';
import { beginOn, kindChoices, notNow, reportOf } from './report-step.ts';
import { kindNamed } from './report-words.ts';
import { isTold, textsOption } from './reports.ts';

const PATIENCE_MS = 60 * 60_000;

/**
 * 改情况: whoever took a report says what it is about. A kind read off the reporter's words may be wrong, and calls and
 * notices are written by it; one that a person chose stands before it.
 */
export const reportKindFlow: Flow = {
  id: 'report-kind',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'kind',
      schema: z.enum(REPORT_KINDS),
      ask: () => say('report-step.ask-kind'),
      choices: kindChoices,
      read: (heard) => kindNamed(heard.text) ?? undefined,
    },
  ],
  next: ({ slots }, _view) => (slots.kind === undefined ? 'kind' : null),
  finish: (frame, view) => {
    const report = reportOf(frame, view);
    if (report?.state !== 'acknowledged') return notNow(report);
    const kind = textOf(frame, 'kind');
    return {
      replies: [
        {
          ...say('report-texts.kind-set', { number: report.number, kind: say(`report-kind.${kind}`) }),
          options: [textsOption(report)],
          urgent: true,
        },
      ],
      commands: [{ type: 'answer-report', reportId: report.id, answer: 'kind', value: kind, text: null }],
    };
  },
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 改情况 R-…. */
export const reportKindWord: CommandWord = {
  id: 'report-kind',
  words: ['改情况', 'change kind'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => beginOn(reportKindFlow, 'acknowledged', target, view),
};

/** The button beside the texts that are written by the kind. */
export function kindOption(report: Pick<ReportView, 'id'>): Option {
  return commandOption('report-kind', report.id, say('report-texts.change-kind'));
}
