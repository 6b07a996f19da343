import { z } from 'zod';
import type { Command, RecordContact } from '../../server/domain/commands.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { withoutOriginal } from '../../server/domain/original-words.ts';
import { say } from '../../server/domain/say.ts';
import { begin, emptied, filled, type Context, type Flow } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { futureDay } from '../understanding/future-day.ts';
import { promiseIn, tellsDone } from '../understanding/promise.ts';
import { tellsWorry } from '../understanding/tells-worry.ts';
import { daysAhead } from './days-ahead.ts';
import { PROMISE } from './follow-up.ts';
import { amongOf, homeNames, homesOf, whoseSlot, withoutHomes } from './promise-whose.ts';
import { shownWords } from './shown-words.ts';

/** Unanswered for so long, a promise with a certain day is kept: it was said, and forgetting it is worse (our default). */
const PATIENCE_MS = 2 * 3_600_000;
/** The answer that it was done meanwhile: there is nothing to remind of. */
const DONE = 'done';
const DROPPED = /^(不用了?|不是|没有|算了|no|not needed)$/u;

/** 约定: a promise that was told in a note, offered to be kept until it is asked about. */
export const promise: Flow = {
  ...PROMISE,
  patienceMs: PATIENCE_MS,
  slots: [
    whoseSlot,
    {
      id: 'on',
      schema: z.string().refine((text) => ['', DONE].includes(text) || parseLocalDate(text) !== null),
      missed: 'follow-up.day-unclear',
      ask: (frame, view) =>
        say('promise.ask-day', { children: homeNames(frame, view), text: shownWords(textOf(frame, 'text')) }),
      choices: (_frame, view) => [
        ...daysAhead([3, 7, 14], view.today),
        { code: 'done', value: DONE, label: say('promise.already') },
        { code: 'none', value: '', label: say('follow-up.unneeded') },
      ],
      read: (heard, _frame, view) => {
        if (DROPPED.test(bareWord(heard.text))) return '';
        if (tellsDone(heard.text)) return DONE;
        return futureDay(heard.text, view.today)?.on ?? undefined;
      },
    },
    {
      id: 'keep',
      schema: z.enum(['yes', 'change', 'no', DONE]),
      missed: 'record.choose-below',
      ask: (frame, view) =>
        say('promise.ask', {
          children: homeNames(frame, view),
          text: shownWords(textOf(frame, 'text')),
          on: parseLocalDate(textOf(frame, 'on')) ?? view.today,
        }),
      choices: () =>
        ['yes', 'change', 'no'].map((code) => ({ code, value: code, label: say(`promise.${code}`) })),
      read: (heard) => {
        const word = bareWord(heard.text);
        if (DROPPED.test(word)) return 'no';
        if (tellsDone(heard.text)) return DONE;
        if (/^(改|改天|换一天|不对|change)/u.test(word)) return 'change';
        return /^(好|对|是|行|记|可以|嗯|yes|ok)/u.test(word) ? 'yes' : undefined;
      },
    },
  ],
  next: (frame) => {
    const { slots } = frame;
    if (slots.on === '' || slots.on === DONE) return null;
    if (amongOf(frame).length > 1 && slots.whose === undefined) return 'whose';
    if (slots.on === undefined) return 'on';
    return slots.keep === undefined && slots.asked !== true ? 'keep' : null;
  },
  settle: (frame, heard, view) => {
    const day =
      heard === null || frame.slots.keep !== 'change'
        ? null
        : (futureDay(heard.text, view.today)?.on ?? null);
    if (frame.slots.keep !== 'change')
      return frame.asking === 'on' ? { ...frame, slots: { ...frame.slots, asked: true } } : frame;
    return day === null
      ? emptied(frame, 'on', 'keep')
      : { ...emptied(frame, 'keep'), slots: { ...frame.slots, on: day } };
  },
  finish: (frame, _view, context) => {
    const isDone = frame.slots.on === DONE || frame.slots.keep === DONE;
    const kept = isDone || frame.slots.keep === 'no' ? [] : opened(frame, context);
    const on = parseLocalDate(textOf(frame, 'on'));
    const dropped = say(isDone ? 'promise.done' : 'promise.not-kept');
    return {
      replies: [on === null || kept.length === 0 ? dropped : say('promise.kept', { on })],
      commands: kept,
      then: furtherOf(frame).slice(0, 1),
    };
  },
  onCancel: (frame) => ({
    replies: [say('promise.not-kept')],
    commands: [],
    then: furtherOf(frame).slice(0, 1),
  }),
  onSilence: (frame, _view, context) => ({
    replies: [],
    commands: [frame, ...furtherOf(frame)].flatMap((one) => opened(one, context)),
  }),
};

/** Promises of several records, asked about one after the other. */
export function inTurn(promises: readonly Frame[]): Frame[] {
  return promises.map((one, place) => {
    const further = promises.slice(place + 1).map(({ slots }) => slots);
    return further.length === 0 ? one : { ...one, slots: { ...one.slots, further } };
  });
}

/** What is still to be asked once these records were taken back: nothing of the promises told in them. */
export function withoutPromises(frames: readonly Frame[], contactIds: readonly string[]): readonly Frame[] {
  return frames.flatMap((frame) => {
    if (frame.flow !== promise.id) return [withoutTold(frame, contactIds)];
    const left = [frame, ...furtherOf(frame)].flatMap((one) => withoutHomes(one, contactIds) ?? []);
    return left[0] === frame ? [frame] : inTurn(left).slice(0, 1);
  });
}

/** How many promises are still to be asked about. */
export function promisedIn(frames: readonly Frame[]): number {
  return frames.filter(({ flow, slots }) => flow === promise.id || slots.promise !== undefined).length;
}

/** The same for the promise that is asked about after what was open before. */
function withoutTold(frame: Frame, contactIds: readonly string[]): Frame {
  const told = z.record(z.string(), z.json()).safeParse(frame.slots.promise);
  if (!told.success) return frame;
  const left = withoutHomes(begin(promise, told.data), contactIds);
  return left === null ? emptied(frame, 'promise') : filled(frame, 'promise', left.slots);
}

/** The promises that wait behind this one, each with those behind it. */
function furtherOf({ slots }: Frame): Frame[] {
  const waiting = z.array(z.record(z.string(), z.json())).safeParse(slots.further);
  return waiting.success ? inTurn(waiting.data.map((one) => begin(promise, one))) : [];
}

/** The question about a promise in the words of this record; none where there is none or it is on record already. */
export function offerPromise(record: RecordContact, view: View): Frame[] {
  const found = record.note === null ? null : promiseIn(withoutOriginal(record.note), view.today);
  const { childId, contactId } = record;
  const isKnown = view.followUps.some((f) => f.childId === childId && f.text === found?.text);
  if (found === null || isKnown) return [];
  return [
    begin(promise, { text: found.text, childId, contactId, ...(found.on === null ? {} : { on: found.on }) }),
  ];
}

function opened(frame: Frame, context: Context): Command[] {
  const dueOn = parseLocalDate(textOf(frame, 'on'));
  if (dueOn === null) return [];
  const text = textOf(frame, 'text');
  return homesOf(frame).map(({ childId, contactId }) => ({
    type: 'open-follow-up',
    followUpId: context.newId(),
    childId,
    contactId,
    concernId: null,
    ownerId: null,
    // Lists and reminders are read by whoever stands beside: a promise that tells of a worry is in the record alone.
    text: tellsWorry(text) ? null : text,
    dueOn,
  }));
}
