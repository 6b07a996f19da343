import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { REPORT_KINDS } from '../../server/domain/report/kinds.ts';
import { REPORT_STEPS, type ReportStepKind } from '../../server/domain/report/steps.ts';
import { say } from '../../server/domain/say.ts';
import {
  begin,
  filled,
  type Choice,
  type CommandRun,
  type CommandWord,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import { textOf, type Frame, type SlotValue } from '../dialog/session.ts';
import type { ReportView, View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { missingLine } from './report-lines.ts';
import { kindNamed, yesNoIn } from './report-words.ts';
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

/** What a report may be about, in plain words. */
export function kindChoices(): Choice[] {
  return REPORT_KINDS.map((kind) => ({ code: kind, value: kind, label: say(`report-kind.${kind}`) }));
}

const kindSlot: Slot = {
  id: 'kind',
  schema: z.enum([...REPORT_KINDS, UNKNOWN]),
  ask: () => say('report-step.ask-kind'),
  choices: () => [...kindChoices(), { code: 'unknown', value: UNKNOWN, label: say('report-step.not-known') }],
  read: (heard) => (UNKNOWN_SAID.test(bareWord(heard.text)) ? UNKNOWN : (kindNamed(heard.text) ?? undefined)),
};

/** A gap that is filled with words, or stays one. */
function wordsOrUnknown(id: 'place' | 'child'): Slot {
  return {
    id,
    schema: z.string().max(WORDS_LIMIT),
    freeText: true,
    ask: () => say(`report-step.ask-${id}`),
    choices: () => [{ code: 'unknown', value: UNKNOWN, label: say('report-step.not-known') }],
    read: (heard) =>
      UNKNOWN_SAID.test(bareWord(heard.text)) ? UNKNOWN : heard.text.trim().slice(0, WORDS_LIMIT),
  };
}

const dangerSlot: Slot = {
  id: 'danger',
  schema: z.enum(['yes', 'no', 'unknown']),
  ask: () => say('report-step.ask-danger'),
  choices: () =>
    (['yes', 'no', 'unknown'] as const).map((now): Choice => ({
      code: now,
      value: now,
      label: now === 'unknown' ? say('report-step.not-known') : say(`open-report.danger-${now}`),
    })),
  read: (heard) => yesNoIn(heard.text) ?? undefined,
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
  slots: [
    stepSlot,
    wordsSlot,
    numberSlot,
    dangerSlot,
    kindSlot,
    wordsOrUnknown('child'),
    wordsOrUnknown('place'),
  ],
  next: (frame, view) => {
    const { step, words, caseNumber } = frame.slots;
    const report = reportOf(frame, view);
    if (report?.state !== 'acknowledged') return null;
    if (step === undefined) return 'step';
    if (words === undefined) return 'words';
    if (step === 'police' && caseNumber === undefined) return 'caseNumber';
    const gaps = [
      { id: 'danger', missing: 'danger-now' },
      { id: 'kind', missing: 'kind' },
      { id: 'child', missing: 'child' },
      { id: 'place', missing: 'place' },
    ] as const;
    const gap = gaps.find(
      ({ id, missing }) => frame.slots[id] === undefined && report.missing.includes(missing),
    );
    return gap?.id ?? null;
  },
  settle: (frame, heard) => {
    // 报警了，3点在东岭派出所: words that answer the first question tell the second as well.
    const isTold = heard !== null && frame.slots.words === undefined && heard.text.trim().length > 4;
    const told = isTold ? filled(frame, 'words', heard.text.trim().slice(0, WORDS_LIMIT)) : frame;
    return isWhole(told) ? filled(told, 'kept', true) : told;
  },
  // On record as soon as it is whole: whoever is called away in the middle has done it all the same.
  answers: (frame, slot, value, after) => [
    ...(after.slots.kept === true && frame.slots.kept !== true ? stepOf(after) : []),
    ...gapFilled(frame, slot, value),
  ],
  finish: (frame, view) => {
    const report = reportOf(frame, view);
    const step = z.enum(REPORT_STEPS).safeParse(frame.slots.step);
    if (report?.state !== 'acknowledged' || !step.success) return notNow(report);
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
      commands: frame.slots.kept === true ? [] : stepOf(frame),
    };
  },
  onSilence: (frame) => ({
    replies: [],
    commands: frame.slots.kept === true || frame.slots.words === undefined ? [] : stepOf(frame),
  }),
};

/** 进展 R-…. */
export const reportStepWord: CommandWord = {
  id: 'report-step',
  words: ['进展', '记进展', 'progress'],
  takesRest: 'after-break',
  interrupts: true,
  allowed: isTold,
  run: ({ target, view }) => beginOn(reportStep, 'acknowledged', target, view),
};

/** Begins a conversation about a report that stands so, the one that is meant; otherwise why not. */
export function beginOn(
  flow: Flow,
  state: ReportView['state'],
  target: string | null,
  view: View,
  known: Frame['slots'] = {},
): CommandRun {
  const standsSo = (report: ReportView): boolean => report.state === state;
  const report = chosenReport(target, view, standsSo);
  if (!report) return { replies: [notFound(target, view, standsSo)], commands: [] };
  if (report.state !== state) return notNow(report);
  const then = [begin(flow, { report: report.id, number: report.number, ...known })];
  return { replies: [], commands: [], then };
}

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

/** A step says what was done, and of the police whether there is a number yet. */
function isWhole({ slots }: Frame): boolean {
  const { step, words, caseNumber } = slots;
  return step !== undefined && words !== undefined && (step !== 'police' || caseNumber !== undefined);
}

function stepOf(frame: Frame): readonly Command[] {
  const step = z.enum(REPORT_STEPS).safeParse(frame.slots.step);
  const caseNumber = textOf(frame, 'caseNumber');
  const [reportId, text] = [textOf(frame, 'report'), textOf(frame, 'words')];
  if (!step.success) return [];
  return [
    {
      type: 'report-step',
      reportId,
      step: step.data,
      text,
      caseNumber: caseNumber === UNKNOWN ? null : caseNumber,
    },
  ];
}

const ANSWER_OF: Readonly<Record<string, Extract<Command, { type: 'answer-report' }>['answer']>> = {
  danger: 'danger-now',
  kind: 'kind',
  child: 'child',
  place: 'place',
};

function gapFilled(frame: Frame, slot: string, value: SlotValue): readonly Command[] {
  const answer = ANSWER_OF[slot];
  if (answer === undefined || typeof value !== 'string' || value === UNKNOWN) return [];
  const isChoice = slot === 'danger' || slot === 'kind';
  const said = isChoice ? { value, text: null } : { value: null, text: value };
  return [{ type: 'answer-report', reportId: textOf(frame, 'report'), answer, ...said }];
}

/** What is still missing once these answers are kept. */
function missingAfter(report: ReportView, step: ReportStepKind, frame: Frame) {
  const filled = new Set([
    ...(step === 'police' ? ['police'] : []),
    ...(textOf(frame, 'caseNumber') === UNKNOWN ? [] : ['police-number']),
    ...(textOf(frame, 'danger') === UNKNOWN ? [] : ['danger-now']),
    ...(textOf(frame, 'child') === UNKNOWN ? [] : ['child']),
    ...(textOf(frame, 'kind') === UNKNOWN ? [] : ['kind']),
    ...(textOf(frame, 'place') === UNKNOWN ? [] : ['place']),
  ]);
  const nowMissing = step === 'police' && !filled.has('police-number') ? (['police-number'] as const) : [];
  const missing = report.missing.filter((one) => !filled.has(one) && one !== 'police-number');
  return missingLine({ ...report, missing: [...missing, ...nowMissing] });
}
