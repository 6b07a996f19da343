import { z } from 'zod';
import type { ReporterReply } from '../../server/domain/report/commands.ts';
import { mayWriteToReporter } from '../../server/domain/report/answers.ts';
import { say } from '../../server/domain/say.ts';
import type { Choice, CommandWord, Flow, Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { ReportView } from '../dialog/view.ts';
import { beginOn, notNow, reportOf } from './report-step.ts';
import { isTold, stepOption, tellOption, viewOption } from './reports.ts';

const PATIENCE_MS = 2 * 3_600_000;
const WORDS_LIMIT = 2000;
/** An outcome or a reason of one or two letters says nothing to those who read it later. */
const SHORTEST = 4;
const LATER = '';
const BY_PERSON = 'by-person';
const NO_POLICE_YET = 'not-yet';

const asSlot: Slot = {
  id: 'as',
  schema: z.enum(['outcome', 'false-alarm']),
  ask: (frame) => say('end-report.ask-as', { number: textOf(frame, 'number') }),
  choices: () =>
    (['outcome', 'false-alarm'] as const).map((as): Choice => ({
      code: as,
      value: as,
      label: say(`end-report.as-${as}`),
    })),
  read: (heard) => (/误报|报错|不是真的|false alarm/iu.test(heard.text) ? 'false-alarm' : undefined),
};

const textSlot: Slot = {
  id: 'text',
  schema: z.string().min(SHORTEST).max(WORDS_LIMIT),
  freeText: true,
  missed: 'end-report.too-short',
  ask: (frame) => say(frame.slots.as === 'false-alarm' ? 'end-report.ask-reason' : 'end-report.ask-outcome'),
  choices: () => [],
  read: (heard) => heard.text.trim().slice(0, WORDS_LIMIT),
};

const policeSlot: Slot = {
  id: 'police',
  schema: z.string().max(WORDS_LIMIT),
  freeText: true,
  ask: () => say('end-report.ask-police'),
  choices: () => [{ code: 'step', value: NO_POLICE_YET, label: say('end-report.note-police') }],
  read: (heard) =>
    heard.text.trim().length < SHORTEST ? undefined : heard.text.trim().slice(0, WORDS_LIMIT),
};

const replySlot: Slot = {
  id: 'reply',
  schema: z.string().max(WORDS_LIMIT),
  freeText: true,
  ask: (frame, view) =>
    say(isWrittenTo(reportOf(frame, view)) ? 'end-report.ask-reply' : 'end-report.ask-reply-person'),
  choices: () => [
    { code: 'told', value: BY_PERSON, label: say('end-report.told-by-person') },
    { code: 'later', value: LATER, label: say('end-report.reply-later') },
  ],
  read: (heard) =>
    heard.text.trim().length < SHORTEST ? undefined : heard.text.trim().slice(0, WORDS_LIMIT),
};

/**
 * 办结: an outcome in words, or 误报 with its reason, and what the reporter is told (未成年人保护法 第11条). It ends nothing
 * before the step to the police is on record where one is due, or the reason why none is.
 */
export const endReport: Flow = {
  id: 'end-report',
  version: 1,
  patienceMs: PATIENCE_MS,
  keepsDraft: true,
  slots: [asSlot, textSlot, policeSlot, replySlot],
  next: (frame, view) => {
    const { as, text, police, reply } = frame.slots;
    const report = reportOf(frame, view);
    if (report?.state !== 'acknowledged' || police === NO_POLICE_YET) return null;
    if (as === undefined) return 'as';
    if (text === undefined) return 'text';
    if (as === 'outcome' && police === undefined && report.missing.includes('police')) return 'police';
    return reply === undefined ? 'reply' : null;
  },
  finish: (frame, view) => {
    const report = reportOf(frame, view);
    const as = z.enum(['outcome', 'false-alarm']).safeParse(frame.slots.as);
    if (report?.state !== 'acknowledged' || !as.success) return notNow(report);
    const { number } = report;
    const police = textOf(frame, 'police');
    if (police === NO_POLICE_YET)
      return {
        replies: [{ ...say('end-report.police-first', { number }), options: [stepOption(report)] }],
        commands: [],
        draft: { ...frame, slots: { report: report.id, number, as: as.data, text: textOf(frame, 'text') } },
      };
    const reply = replyIn(frame, report);
    const key = reply === null ? 'end-report.answer-due' : 'end-report.closed';
    return {
      replies: [
        {
          ...say(key, { number }),
          options: reply === null ? [tellOption(report), viewOption(report)] : [viewOption(report)],
        },
      ],
      commands: [
        {
          type: 'end-report',
          reportId: report.id,
          as: as.data,
          text: textOf(frame, 'text'),
          policeNotDue: police === '' ? null : police,
          reply,
        },
      ],
    };
  },
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 回复报告人, once the outcome stands. */
export const tellReporter: Flow = {
  id: 'tell-reporter',
  version: 1,
  patienceMs: PATIENCE_MS,
  keepsDraft: true,
  slots: [
    {
      ...replySlot,
      choices: () => [{ code: 'told', value: BY_PERSON, label: say('end-report.told-by-person') }],
    },
  ],
  next: (frame, view) =>
    reportOf(frame, view)?.state === 'resolved' && frame.slots.reply === undefined ? 'reply' : null,
  finish: (frame, view) => {
    const report = reportOf(frame, view);
    if (report?.state !== 'resolved') return notNow(report);
    const reply = replyIn(frame, report);
    if (reply === null) return notNow(report);
    return {
      replies: [{ ...say('end-report.closed', { number: report.number }), options: [viewOption(report)] }],
      commands: [{ type: 'tell-reporter', reportId: report.id, reply }],
    };
  },
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 办结 R-…, 误报 R-…. */
export const endReportWord: CommandWord = {
  id: 'end-report',
  words: ['办结', '误报', 'close'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, heard, view }) => {
    const as = heard?.text.trim().startsWith('误报') === true ? { as: 'false-alarm' } : {};
    return beginOn(endReport, 'acknowledged', target, view, as);
  },
};

/** 回复报告人 R-…. */
export const tellReporterWord: CommandWord = {
  id: 'tell-reporter',
  words: ['回复报告人', 'tell reporter'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => beginOn(tellReporter, 'resolved', target, view),
};

function isWrittenTo(report: ReportView | undefined): boolean {
  return report !== undefined && mayWriteToReporter(report.reporterKind, report.answers);
}

/** Where the reporter is not written to only a person tells it, and words written here are what was said. */
function replyIn(frame: Frame, { reporterKind, answers }: ReportView): ReporterReply | null {
  const reply = textOf(frame, 'reply');
  if (reply === LATER) return null;
  return reply === BY_PERSON
    ? { text: null, byPerson: true }
    : { text: reply, byPerson: !mayWriteToReporter(reporterKind, answers) };
}
