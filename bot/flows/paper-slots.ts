import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { z } from 'zod';
import { addDays, parseLocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { urgentOption } from './open-report.ts';
import type { Line } from './paper-line.ts';
import { dayOf, formDay, linesOf, mayBeCalm, openLine, repeatedLines, storedBefore } from './paper-typed.ts';
import { certainDay } from './record-day.ts';
import { metList } from './record-slots.ts';
import { shownSay, shownWords } from './shown-words.ts';
import { SAME_RECORD, earlierLine, readAgain } from './told-twice.ts';

/** "All of these lines are on record": the answer for the whole message typed a second time. */
export const ALL_SAME = 'all-same';

/** Which day the form was walked. */
export const onSlot: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'record.day-unclear',
  ask: () => say('paper-lines.ask-day'),
  choices: (frame, { today }) =>
    [...new Set([formDay(frame), today, addDays(today, -1), addDays(today, -2)])]
      .filter((on) => on <= today)
      .sort()
      .reverse()
      .slice(0, 4)
      .map((on) => ({ code: on, value: on, label: say('paper-lines.day', { on }) })),
  read: (heard, _frame, view) => certainDay(heard, view) ?? undefined,
};

/** 这条好像已经记过, line by line. */
export const againSlot: Slot = {
  id: 'again',
  schema: z.enum([SAME_RECORD, ALL_SAME, 'other']),
  ask: (frame, view) => {
    const [first] = repeatedLines(frame, view);
    if (!first) return say('dialog.lost');
    return say('told-twice.ask', { line: earlierLine(first.child, first.on, first.line.mode) });
  },
  choices: (frame, view) => [
    { code: SAME_RECORD, value: SAME_RECORD, label: say('told-twice.same') },
    { code: 'other', value: 'other', label: say('told-twice.other') },
    ...(repeatedLines(frame, view).length > 1
      ? [{ code: ALL_SAME, value: ALL_SAME, label: say('paper-lines.all-same') }]
      : []),
  ],
  read: (heard) =>
    /^(这几条)?都(是|一样|重复了?|是那些|记过了?)$/u.test(bareWord(heard.text))
      ? ALL_SAME
      : readAgain(heard.text, 'other'),
};

/** Whether the child of the open line was seen. */
export const seenSlot: Slot = {
  id: 'seen',
  schema: z.boolean(),
  ask: (frame, view) => say('paper-lines.ask-seen', about(openLine(frame), view)),
  choices: () => [
    { code: 'yes', value: true, label: say('record.seen') },
    { code: 'no', value: false, label: say('record.not-seen') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(见到了?|看到了?|有|是|见了|yes)$/u.test(word)) return true;
    return /^(没有?|没见到|没看到|不在|不是|否|no)$/u.test(word) ? false : undefined;
  },
};

/** The question that is always asked, of the open line. */
export const outcomeSlot: Slot = {
  id: 'outcome',
  schema: z.enum(['none', 'worried', 'unsure']),
  missed: 'record.choose-below',
  ask: (frame, view) => {
    const line = openLine(frame);
    return line !== undefined && line.signal !== null
      ? say('paper-lines.ask-outcome-signal', about(line, view))
      : say('paper-lines.ask-outcome', about(line, view));
  },
  choices: (frame) => {
    const line = openLine(frame);
    return [
      ...(line === undefined || mayBeCalm(line)
        ? [{ code: 'none', value: 'none', label: say('outcome.none') }]
        : []),
      { code: 'worried', value: 'worried', label: say('outcome.worried') },
      { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
      ...(line === undefined || line.signal === null
        ? []
        : [{ code: 'urgent', value: 'worried', label: say('menu.urgent'), command: urgentOption().id }]),
    ];
  },
  read: ({ text }, frame) => {
    const word = bareWord(text);
    const line = openLine(frame);
    if (/^(未发现异常|没有?异常|正常)$/u.test(word)) return line && mayBeCalm(line) ? 'none' : undefined;
    if (/^(有担心|有点担心|担心|worried)$/u.test(word)) return 'worried';
    return /^(不确定|说不准|不知道|unsure|not sure)$/u.test(word) ? 'unsure' : undefined;
  },
};

/** One card for all lines. */
export const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.enum(['store', 'day']),
  missed: 'record.choose-below',
  ask: (frame, view) =>
    say('paper-lines.card', {
      on: dayOf(frame) ?? view.today,
      lines: [...storedLine(frame), ...linesOf(frame).map((line) => cardLine(line, view))],
    }),
  shows: (frame) => ({ screen: 'paper-lines', childIds: linesOf(frame).map((line) => line.child) }),
  choices: () => [
    { code: 'store', value: 'store', label: say('paper-lines.store') },
    { code: 'day', value: 'day', label: say('paper-lines.other-day') },
  ],
  read: ({ text }) =>
    /^(存|存下来|对的?|好的?|是的?|没错|确认|yes|ok)$/u.test(bareWord(text)) ? 'store' : undefined,
};

/** What was stored before the rest is not missed on the card. */
function storedLine(frame: Frame): readonly Say[] {
  const numbers = storedBefore(frame).map((number) => plain(String(number)));
  return numbers.length === 0 ? [] : [say('paper-lines.stored-before', { numbers })];
}

function cardLine(line: Line, view: View): Say {
  const { number, mode, met, seen, note, outcome } = line;
  const others = met.filter((who) => who !== CHILD_ITSELF);
  const facts: Say[] = [
    say(`mode.${mode}`),
    ...(seen === null ? [] : [say(seen ? 'record.seen' : 'record.child-not-seen')]),
    ...(others.length === 0 ? [] : [say('paper-lines.met', { met: metList(others) })]),
    ...(note === null ? [] : [shownSay(note)]),
    ...(outcome === null ? [] : [say(outcome === 'none' ? 'outcome.none' : 'paper-lines.answered')]),
  ];
  return say('paper-lines.line', { number, child: childOf(view, line.child)?.name ?? '', facts });
}

function about(line: Line | undefined, view: View) {
  return {
    number: line?.number ?? 0,
    child: childOf(view, line?.child)?.name ?? '',
    note: shownWords(line?.note ?? ''),
  };
}
