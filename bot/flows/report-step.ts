import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { REPORT_KINDS } from '../../server/domain/report/kinds.ts';
import { REPORT_STEPS, type ReportStepKind } from '../../server/domain/report/steps.ts';
import { say } from '../../server/domain/say.ts';
import { begin, type Choice, type CommandWord, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { ReportView, View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { missingLine } from './report-lines.ts';
import { kindNamed } from './report-words.ts';
import { chosenReport, endOption, isTold, notFound, stepOption, viewOption } from './reports.ts';

const PATIENCE_MS = 2 * 3_600_000;
const WORDS_LIMIT = 2000;
const NUMBER_LIMIT = 40;
/** 还不知道: an answer like any other, and asked for again later. */
const UNKNOWN = '';
const UNKNOWN_SAID = /^(?:还)?(?:不知道|没有|没拿到|不清楚|没给|not yet|unknown)$/u;

/** Which step words name, the first that fits; the others are asked. */
const STEP_SAID: readonly (readonly [RegExp, ReportStepKind])[] = [
  [/派出所|报警|报了?110|公安|警察|民警|police/u, 'police'],
  [/临时(?:监护|照料|看护)|temporary guardian/u, 'temporary-guardianship'],
  [/民政|civil affairs/u, 'civil-affairs'],
  [/教育局|学校|老师|education|school/u, 'education'],
  [/医院|卫生院|送医|120|hospital/u, 'hospital'],
  [/劝诫|制止|批评教育|admonish/u, 'admonished'],
  [/报告人|联系上|回了?电话|reporter/u, 'reporter'],
];

const stepSlot: Slot = {
  id: 'step',
  schema: z.enum(REPORT_STEPS),
  ask: (frame) => say('report-step.ask', { number: textOf(frame, 'number') }),
  choices: () =>
    REPORT_STEPS.map((step): Choice => ({ code: step, value: step, label: say(`report-step.${step}`) })),
  read: (heard) => STEP_SAID.find(([words]) => words.test(heard.text))?.[1],
};

const wordsSlot: Slot = {
  id: 'words',
  schema: z.string().min(1).max(WORDS_LIMIT),
  freeText: true,
  ask: (frame) => say(frame.slots.step === 'police' ? 'report-step.ask-police' : 'report-step.ask-words'),
  choices: () => [],
  read: (heard) => heard.text.trim().slice(0, WORDS_LIMIT) || undefined,
};

const numberSlot: Slot = {
  id: 'caseNumber',
  schema: z.string().max(NUMBER_LIMIT),
  freeText: true,
  ask: () => say('report-step.ask-number'),
  choices: () => [{ code: 'none', value: UNKNOWN, label: say('report-step.no-number') }],
  read: (heard) =>
    UNKNOWN_SAID.test(bareWord(heard.text)) ? UNKNOWN : heard.text.trim().slice(0, NUMBER_LIMIT),
};

const kindSlot: Slot = {
  id: 'kind',
  schema: z.enum([...REPORT_KINDS, UNKNOWN]),
  ask: () => say('report-step.ask-kind'),
  choices: () => [
    ...REPORT_KINDS.map((kind): Choice => ({ code: kind, value: kind, label: say(`report-kind.${kind}`) })),
    { code: 'unknown', value: UNKNOWN, label: say('report-step.not-known') },
  ],
  read: (heard) => (UNKNOWN_SAID.test(bareWord(heard.text)) ? UNKNOWN : (kindNamed(heard.text) ?? undefined)),
};

const placeSlot: Slot = {
  id: 'place',
  schema: z.string().max(WORDS_LIMIT),
  freeText: true,
  ask: () => say('report-step.ask-place'),
  choices: () => [{ code: 'unknown', value: UNKNOWN, label: say('report-step.not-known') }],
  read: (heard) =>
    UNKNOWN_SAID.test(bareWord(heard.text)) ? UNKNOWN : heard.text.trim().slice(0, WORDS_LIMIT),
};

/**
 * 记进展: what was done, when and where, in the words of whoever did it; then the gaps of the report, one by one. They
 * are asked here because the reporter is never chased.
 */
export const reportStep: Flow = {
  id: 'report-step',
  version: 1,
  patienceMs: PATIENCE_MS,
  keepsDraft: true,
  slots: [stepSlot, wordsSlot, numberSlot, kindSlot, placeSlot],
  next: (frame, view) => {
    const { step, words, caseNumber, kind, place } = frame.slots;
    const report = reportOf(frame, view);
    if (report?.state !== 'acknowledged') return null;
    if (step === undefined) return 'step';
    if (words === undefined) return 'words';
    if (step === 'police' && caseNumber === undefined) return 'caseNumber';
    if (kind === undefined && report.missing.includes('kind')) return 'kind';
    return place === undefined && report.missing.includes('place') ? 'place' : null;
  },
  // 报警了，3点在东岭派出所: words that answer the first question tell the second as well.
  settle: (frame, heard) =>
    heard !== null && frame.slots.words === undefined && heard.text.trim().length > 4
      ? { ...frame, slots: { ...frame.slots, words: heard.text.trim().slice(0, WORDS_LIMIT) } }
      : frame,
  finish: (frame, view) => {
    const report = reportOf(frame, view);
    const step = z.enum(REPORT_STEPS).safeParse(frame.slots.step);
    if (report?.state !== 'acknowledged' || !step.success) return notNow(report);
    const caseNumber = textOf(frame, 'caseNumber');
    const gaps = gapsFilled(frame, report);
    return {
      replies: [
        {
          ...say('report-step.kept', {
            number: report.number,
            missing: missingAfter(report, step.data, frame),
          }),
          options: [stepOption(report), endOption(report)],
        },
      ],
      commands: [
        {
          type: 'report-step',
          reportId: report.id,
          step: step.data,
          text: textOf(frame, 'words'),
          caseNumber: caseNumber === UNKNOWN ? null : caseNumber,
        },
        ...gaps,
      ],
    };
  },
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 进展 R-…. */
export const reportStepWord: CommandWord = {
  id: 'report-step',
  words: ['进展', '记进展', 'progress'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => {
    const report = chosenReport(target, view, isTaken);
    if (!report) return { replies: [notFound(target, view, isTaken)], commands: [] };
    if (report.state !== 'acknowledged') return notNow(report);
    return {
      replies: [],
      commands: [],
      then: [begin(reportStep, { report: report.id, number: report.number })],
    };
  },
};

/** Steps are of a report that somebody took; before it there is 收到, after it the outcome. */
export function notNow(report: ReportView | undefined): FlowEnd {
  if (!report) return { replies: [say('alerts.not-yours')], commands: [] };
  const key = report.state === 'open' ? 'report-step.receive-first' : 'report-step.ended';
  return {
    replies: [{ ...say(key, { number: report.number }), options: [viewOption(report)] }],
    commands: [],
  };
}

/** The report a conversation is about, while this person may read it. */
export function reportOf(frame: Frame, view: View): ReportView | undefined {
  return view.reports.find(({ id }) => id === frame.slots.report);
}

const isTaken = ({ state }: ReportView): boolean => state === 'acknowledged';

function gapsFilled(frame: Frame, report: ReportView): readonly Command[] {
  const [kind, place] = [textOf(frame, 'kind'), textOf(frame, 'place')];
  return [
    ...(kind === UNKNOWN ? [] : [answer(report, 'kind', kind, null)]),
    ...(place === UNKNOWN ? [] : [answer(report, 'place', null, place)]),
  ];
}

function answer(
  report: ReportView,
  what: 'kind' | 'place',
  value: string | null,
  text: string | null,
): Command {
  return { type: 'answer-report', reportId: report.id, answer: what, value, text };
}

/** What is still missing once these answers are kept. */
function missingAfter(report: ReportView, step: ReportStepKind, frame: Frame) {
  const filled = new Set([
    ...(step === 'police' ? ['police'] : []),
    ...(textOf(frame, 'caseNumber') === UNKNOWN ? [] : ['police-number']),
    ...(textOf(frame, 'kind') === UNKNOWN ? [] : ['kind']),
    ...(textOf(frame, 'place') === UNKNOWN ? [] : ['place']),
  ]);
  const nowMissing = step === 'police' && !filled.has('police-number') ? (['police-number'] as const) : [];
  const missing = report.missing.filter((one) => !filled.has(one) && one !== 'police-number');
  return missingLine({ ...report, missing: [...missing, ...nowMissing] });
}
