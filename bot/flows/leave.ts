import { z } from 'zod';
import { addDays, parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, say, type Say } from '../../server/domain/say.ts';
import { begin, type Choice, type CommandWord, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { Colleague, View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { comingDay, comingSpan, daysLong } from '../understanding/coming-days.ts';

const NOBODY = 'nobody';
const LENGTHS = [1, 3, 7, 15];

const dayText = z.string().refine((text) => parseLocalDate(text) !== null);

const fromSlot: Slot = {
  id: 'from',
  schema: dayText,
  missed: 'leave.day-unclear',
  ask: () => say('leave.ask-from'),
  choices: (_frame, { today }) =>
    [0, 1, 2].map((ahead): Choice => {
      const on = addDays(today, ahead);
      return { code: `d${String(ahead)}`, value: on, label: say('leave.day', { on }) };
    }),
  read: ({ text }, _frame, { today }) => comingDay(bareWord(text), today) ?? undefined,
};

const untilSlot: Slot = {
  id: 'until',
  schema: dayText,
  missed: 'leave.day-unclear',
  ask: (frame) => say('leave.ask-until', { from: textOf(frame, 'from') }),
  choices: (frame, { today }) =>
    LENGTHS.map((days): Choice => {
      const on = addDays(fromOf(frame) ?? today, days - 1);
      return { code: `n${String(days)}`, value: on, label: say('leave.length', { days, on }) };
    }),
  read: ({ text }, frame, { today }) => {
    const from = fromOf(frame) ?? today;
    const days = daysLong(bareWord(text));
    const on = days === null ? comingDay(bareWord(text).replace(/^到/u, ''), from) : addDays(from, days - 1);
    return on !== null && on >= from ? on : undefined;
  },
};

const substituteSlot: Slot = {
  id: 'substitute',
  schema: z.string(),
  missed: 'leave.nobody-of-that-name',
  ask: () => say('leave.ask-substitute'),
  choices: (_frame, view) => [
    ...colleaguesIn(view).map((c): Choice => ({
      code: c.id,
      value: c.id,
      label: say('leave.colleague', { ...c }),
    })),
    { code: NOBODY, value: NOBODY, label: say('leave.nobody') },
  ],
  read: ({ text }, _frame, view) => {
    const word = bareWord(text);
    if (/^(没有?人?|没人代|不用|nobody|no one)$/u.test(word)) return NOBODY;
    return namedIn(word, view)?.id;
  },
};

const confirmSlot: Slot = {
  id: 'confirm',
  schema: z.boolean(),
  ask: (frame, view) => say('leave.confirm', { ...spanOf(frame), who: whoLine(frame, view) }),
  choices: () => [
    { code: 'yes', value: true, label: say('leave.yes') },
    { code: 'no', value: false, label: say('leave.no') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (/^(确认|是的?|对的?|好的?|yes)$/u.test(word)) return true;
    return /^(不是|不对|不请了|不用了?|no)$/u.test(word) ? false : undefined;
  },
};

/** 请假: from when until when, and who stands in. Nothing is stored before the last question. */
export const leave: Flow = {
  id: 'leave',
  version: 1,
  patienceMs: 24 * 3_600_000,
  onSilence: () => ({ replies: [], commands: [] }),
  onCancel: () => ({ replies: [say('leave.not-taken')], commands: [] }),
  slots: [fromSlot, untilSlot, substituteSlot, confirmSlot],
  next: ({ slots }) =>
    ['from', 'until', 'substitute', 'confirm'].find((id) => slots[id] === undefined) ?? null,
  finish: (frame, view, context): FlowEnd => {
    const [fromOn, untilOn] = [fromOf(frame), parseLocalDate(textOf(frame, 'until'))];
    if (frame.slots.confirm !== true || fromOn === null || untilOn === null)
      return { replies: [say('leave.not-taken')], commands: [] };
    const substitute = colleaguesIn(view).find((c) => c.id === frame.slots.substitute);
    return {
      replies: [say('leave.taken', { ...spanOf(frame), who: whoLine(frame, view) })],
      commands: [
        {
          type: 'take-leave',
          leaveId: context.newId(),
          fromOn,
          untilOn,
          substituteId: substitute?.id ?? null,
          substituteName: substitute?.name ?? null,
        },
      ],
    };
  },
};

/** 请假, with as much as the words say ("请假 12月1日到12月5日", "请假三天"). */
export const leaveWord: CommandWord = {
  id: 'leave',
  words: ['请假', 'leave'],
  takesRest: 'anything',
  allowed: (view) => view.role === 'director',
  run: ({ target, view }) => {
    const { from, until } =
      target === null ? { from: null, until: null } : comingSpan(bareWord(target), view.today);
    const { leave: own } = view;
    // A leave of other days is one more; the same days, or none said, are the one that is there.
    const isAnother =
      own !== null && from !== null && (from > own.untilOn || (until !== null && until < own.fromOn));
    if (own !== null && !isAnother)
      return { replies: [{ ...onLeave(view), options: [backOption()] }], commands: [] };
    return {
      replies: [],
      commands: [],
      then: [begin(leave, { ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) })],
    };
  },
};

/** 销假: back before the last day. */
export const backFromLeaveWord: CommandWord = {
  id: 'back-from-leave',
  words: ['销假', '回来上班了', 'back from leave'],
  allowed: (view) => view.role === 'director',
  run: ({ view }) =>
    view.leave
      ? {
          replies: [say('leave.back')],
          commands: [{ type: 'end-leave', leaveId: view.leave.id, substituteId: view.leave.substituteId }],
        }
      : { replies: [say('leave.none')], commands: [] },
};

/** What a director on leave is told instead of a list. */
export function onLeave({ leave: own }: View): Say {
  const { fromOn, untilOn, substitute } = own ?? { fromOn: '', untilOn: '', substitute: null };
  return say(substitute === null ? 'leave.now-alone' : 'leave.now', {
    from: fromOn,
    until: untilOn,
    ...(substitute === null ? {} : { substitute }),
  });
}

function backOption() {
  return commandOption('back-from-leave', null, say('leave.back-button'));
}

/** Somebody of the township by name, or by surname with the title (何主任), when only one fits. */
function namedIn(word: string, view: View): Colleague | undefined {
  const called = word.replace(/(主任|老师|来?代(替|我|班)?|帮我?)+$/u, '');
  const fitting = colleaguesIn(view).filter(
    ({ name }) =>
      called !== '' && (name.toLowerCase() === called || (called.length === 1 && name.startsWith(called))),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function whoLine(frame: Frame, view: View): Say {
  const substitute = colleaguesIn(view).find((c) => c.id === frame.slots.substitute);
  return substitute ? say('leave.stands-in', { name: substitute.name }) : say('leave.nobody-stands-in');
}

function spanOf(frame: Frame): { readonly from: string; readonly until: string } {
  return { from: textOf(frame, 'from'), until: textOf(frame, 'until') };
}

function fromOf(frame: Frame): LocalDate | null {
  return parseLocalDate(textOf(frame, 'from'));
}

function colleaguesIn(view: View): readonly Colleague[] {
  return view.colleagues ?? [];
}
