import { z } from 'zod';
import { ENCOUNTER_MODES } from '../../server/domain/cadence/child-facts.ts';
import type { ContactOutcome, CorrectContact } from '../../server/domain/commands.ts';
import type { FiledRecord, Replaced } from '../../server/domain/filed-record.ts';
import { withoutOriginal } from '../../server/domain/original-words.ts';
import { say } from '../../server/domain/say.ts';
import {
  begin,
  emptied,
  filled,
  type CommandInput,
  type CommandRun,
  type CommandWord,
  type Context,
  type Flow,
  type FlowEnd,
  type Slot,
} from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { beginAskDanger } from './ask-danger.ts';
import { beginConcern } from './concern.ts';
import {
  correctedNow,
  isChanged,
  lineChanges,
  onNewest,
  overtakenBy,
  targetOf,
  withLinesHeard,
  withTarget,
} from './correct-lines.ts';
import { correctionEffects } from './duty-effects.ts';
import { certainChild, daySlot, metSlot, modeSlot, noteSlot, seenSlot } from './record-slots.ts';
import { mendAwayWord } from './mend-away.ts';
import { REASON_LIMIT, SAYS_MISTAKE, reasonIn } from './correct-whole.ts';
import { settled } from './record-words.ts';
import { shownWords } from './shown-words.ts';

const PATIENCE_MS = 24 * 3_600_000;
const LINES = ['on', 'mode', 'met', 'seen', 'note', 'mistake'] as const;
const recordSlot: Slot = {
  id: 'record',
  schema: z.string(),
  missed: 'record.choose-below',
  ask: () => say('correct.which'),
  choices: (_frame, view) =>
    correctable(view).map((record) => ({
      code: record.id,
      value: record.id,
      label: say('correct.choice', {
        child: childOf(view, record.childId)?.name ?? '',
        on: record.takenOn,
        mode: say(`mode.${record.mode}`),
      }),
    })),
  shows: (_frame, view, onPage) => ({
    screen: 'own-records',
    childIds: [
      ...new Set(
        correctable(view)
          .filter((r) => onPage.some((c) => c.code === r.id))
          .map((r) => r.childId),
      ),
    ],
  }),
  read: (heard, _frame, view) => {
    const day = heard.date.on;
    const child = certainChild(heard);
    const fitting = correctable(view).filter(
      (r) => (child === undefined || r.childId === child) && (day === null || r.takenOn === day),
    );
    return fitting.length === 1 && (child ?? day) !== null ? fitting[0]?.id : undefined;
  },
};

const lineSlot: Slot = {
  id: 'line',
  schema: z.enum([...LINES, 'said']),
  missed: 'correct.line-unclear',
  shows: (frame, view) => ({
    screen: 'record-card',
    childIds: [targetOf(frame, view)?.childId ?? ''].filter((id) => id !== ''),
  }),
  ask: (frame, view) => say('correct.ask-line', { lines: recordLines(frame, view) }),
  choices: (frame) =>
    LINES.filter((line) => line !== 'seen' || frame.slots.mode !== 'phone').map((line) => ({
      code: line,
      value: line,
      label: line === 'mistake' ? say('correct.mistake') : say(`record.line-${line}`),
    })),
  read: (heard, frame, view) => {
    if (SAYS_MISTAKE.test(heard.text)) return 'mistake';
    return isChanged(frame, withLinesHeard(heard, frame, view)) ? 'said' : undefined;
  },
};

/** Not seen, and filed as calm: nobody can say so who has not looked, so it is asked again. */
const outcomeSlot: Slot = {
  id: 'outcome',
  schema: z.enum(['worried', 'unsure']),
  missed: 'record.choose-below',
  ask: (frame, view) => say('record.last-question-unseen', { child: nameOf(frame, view) }),
  choices: () => [
    { code: 'worried', value: 'worried', label: say('outcome.worried') },
    { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
  ],
  read: (heard) => {
    const word = bareWord(heard.text);
    if (/^(有担心|有点担心|担心|worried)$/iu.test(word)) return 'worried';
    return /^(不确定|说不准|不知道|unsure|not sure)$/iu.test(word) ? 'unsure' : undefined;
  },
};

const reasonSlot: Slot = {
  id: 'reason',
  schema: z.string().min(1).max(REASON_LIMIT),
  freeText: true,
  ask: () => say('correct.ask-reason'),
  choices: () => [],
  read: (heard) => heard.text.trim().slice(0, REASON_LIMIT) || undefined,
};

const sureSlot: Slot = {
  id: 'sure',
  schema: z.enum(['yes', 'more', 'no']),
  missed: 'record.choose-below',
  shows: (frame, view) => ({
    screen: 'record-card',
    childIds: [targetOf(frame, view)?.childId ?? ''].filter((id) => id !== ''),
  }),
  ask: (frame, view) =>
    say('correct.card', {
      record: recordName(frame, view),
      changes: lineChanges(frame, view),
      reason: shownWords(textOf(frame, 'reason')),
      kept: targetOf(frame, view)?.outcome === 'none' ? [] : [say('correct.concern-kept')],
    }),
  choices: (frame) => [
    { code: 'yes', value: 'yes', label: say('correct.yes') },
    ...(frame.slots.mistake === true ? [] : [{ code: 'more', value: 'more', label: say('record.change') }]),
    { code: 'no', value: 'no', label: say('correct.no') },
  ],
  read: (heard) => {
    const word = bareWord(heard.text);
    if (/^(对的?|是的?|好的?|可以|行|嗯+|就这样改?|确认|yes|ok)$/iu.test(word)) return 'yes';
    return /^(不改了?|不用了?|no)$/iu.test(word) ? 'no' : undefined;
  },
};

/** 更正: which record, what is wrong with it, why; then both sides on a card, and a record that supersedes the first. */
export const correct: Flow = {
  id: 'correct',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    recordSlot,
    lineSlot,
    daySlot,
    modeSlot('correct.ask-mode', ENCOUNTER_MODES),
    metSlot,
    seenSlot,
    noteSlot,
    outcomeSlot,
    reasonSlot,
    sureSlot,
  ],
  next: nextQuestion,
  settle: (frame, heard, view) => {
    const [signal] = heard?.signals ?? [];
    const noticed = signal ? filled(frame, 'signal', signal.quote) : frame;
    if (noticed.slots.sure === 'more') return emptied(noticed, 'sure', 'line');
    if (frame.asked.at(-1) === 'record') return withTarget(noticed, targetOf(noticed, view));
    const { line } = noticed.slots;
    if (line === 'mistake') {
      const mistaken = filled(emptied(noticed, 'line'), 'mistake', true);
      const reason = heard === null ? null : reasonIn(heard.text);
      return reason === null ? mistaken : filled(mistaken, 'reason', reason);
    }
    if (line === 'said' && heard !== null)
      return settled(emptied(withLinesHeard(heard, noticed, view), 'line'));
    return typeof line === 'string' ? emptied(noticed, line, 'line') : settled(noticed);
  },
  absorb: (heard, frame, view) => {
    if (targetOf(frame, view) === undefined) return undefined;
    const changed = withLinesHeard(heard, frame, view);
    return isChanged(frame, changed) ? settled(emptied(changed, 'sure')) : undefined;
  },
  // What is told of another child changes nothing in this one's record.
  tellsOfAnother: (heard, frame, view) => {
    const [child, about] = [certainChild(heard), targetOf(frame, view)?.childId];
    return child !== undefined && about !== undefined && child !== about;
  },
  onSilence: () => ({ replies: [], commands: [] }),
  finish,
};

/** 更正, alone, with the name of a child, or with the record a button carries. */
export const correctWord: CommandWord = {
  id: 'correct',
  words: ['更正', '改记录', 'correct'],
  takesRest: 'after-break',
  allowed: (view) => ['director', 'supervisor', 'deputy'].includes(view.role),
  run: startCorrection,
};

function startCorrection(input: CommandInput): CommandRun {
  const { target, heard, view } = input;
  // 更正 小明不在村: what is to be put right is an absence and no record.
  if (heard !== null && /不在村|外出|没有?走|回来/u.test(heard.text)) return mendAwayWord.run(input);
  const found = correctable(view);
  const named = heard === null && target !== null ? found.find((r) => r.id === target) : undefined;
  if (named)
    return { replies: [], commands: [], then: [withTarget(begin(correct, { record: named.id }), named)] };
  if (found.length === 0)
    return { replies: [say(target === null ? 'correct.nothing' : 'correct.nothing-of-child')], commands: [] };
  const child = heard === null ? undefined : certainChild(heard);
  return { replies: [], commands: [], then: [begin(correct, child === undefined ? {} : { child })] };
}

/** Whoever filed it may correct it, and for the children of the township the supervisor. */
export function correctable(view: View): readonly FiledRecord[] {
  const supervises = view.role === 'supervisor' || view.role === 'deputy';
  return view.records.filter(
    (record) =>
      record.replaced === null &&
      childOf(view, record.childId) !== undefined &&
      (record.authorId === view.personId || supervises),
  );
}

function nextQuestion(frame: Frame, view: View): string | null {
  const { slots } = frame;
  const target = targetOf(frame, view);
  if (target === undefined) return overtakenBy(frame, view) === null ? 'record' : null;
  if (slots.mistake !== true) {
    for (const id of ['on', 'mode', 'met'] as const) if (slots[id] === undefined) return id;
    if (slots.seen === undefined && slots.mode !== 'phone') return 'seen';
    if (slots.note === undefined) return 'note';
    if (lineChanges(frame, view).length === 0) return 'line';
    const isCalmUnseen = target.outcome === 'none' && slots.seen === false && slots.mode !== 'phone';
    if (isCalmUnseen && slots.outcome === undefined) return 'outcome';
  }
  if (slots.reason === undefined) return 'reason';
  return slots.sure === undefined ? 'sure' : null;
}

function finish(frame: Frame, view: View, context: Context): FlowEnd {
  const target = targetOf(frame, view);
  const child = childOf(view, target?.childId);
  const overtaken = overtakenBy(frame, view);
  if (overtaken !== null && textOf(frame, 'sure') !== 'no') return afterOvertaken(frame, overtaken, view);
  if (!target || !child) return { replies: [say('correct.gone')], commands: [] };
  if (frame.slots.sure !== 'yes') return { replies: [say('dialog.cancelled')], commands: [] };
  const command = commandOf(frame, view, target, context);
  const { concernId, outcome } = command;
  const signal = textOf(frame, 'signal');
  const words = [command.note ?? '', command.reason].join('；');
  return {
    replies: [
      say(command.mistake ? 'correct.withdrawn' : 'correct.saved', {
        child: child.name,
        on: command.takenOn,
        mode: say(`mode.${command.mode}`),
        effects: correctionEffects(child, command, view),
      }),
    ],
    commands: [command],
    then: [
      // A worry has its own question about signs, which waits until it is safe to ask.
      ...(signal === '' || concernId !== null ? [] : [beginAskDanger(signal, words, child.id)]),
      ...(concernId === null ? [] : [beginConcern(concernId, child.id, outcome, command.contactId)]),
    ],
  };
}

/** Somebody else was faster: nothing said here is lost, it is shown again against what stands now. */
function afterOvertaken(frame: Frame, { how, by }: Replaced, view: View): FlowEnd {
  const anew = onNewest(frame, view);
  if (anew === null || how === 'withdrawn')
    return { replies: [say('correct.gone-whole', { by })], commands: [] };
  return { replies: [], commands: [], because: say('correct.overtaken', { by }), then: [anew] };
}

function commandOf(frame: Frame, view: View, target: FiledRecord, context: Context): CorrectContact {
  const now = correctedNow(frame, view, target);
  const said = frame.slots.outcome;
  const outcome: ContactOutcome = said === 'worried' || said === 'unsure' ? said : target.outcome;
  return {
    type: 'correct-contact',
    contactId: context.newId(),
    targetId: target.id,
    childId: target.childId,
    authorId: target.authorId,
    ...now,
    outcome,
    concernId: said === undefined ? null : context.newId(),
    reason: textOf(frame, 'reason'),
    mistake: frame.slots.mistake === true,
  };
}

function recordName(frame: Frame, view: View) {
  const target = targetOf(frame, view);
  if (!target) return say('correct.gone');
  const mode = say(`mode.${target.mode}`);
  return say('correct.record', { child: nameOf(frame, view), on: target.takenOn, mode });
}

function recordLines(frame: Frame, view: View) {
  const target = targetOf(frame, view);
  const said = target?.note ?? null;
  const note = said === null ? null : shownWords(withoutOriginal(said));
  return [recordName(frame, view), ...(note === null ? [] : [say('record.card-note', { note })])];
}

function nameOf(frame: Frame, view: View): string {
  return childOf(view, targetOf(frame, view)?.childId)?.name ?? '';
}
