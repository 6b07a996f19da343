import { z } from 'zod';
import { isVisit } from '../../server/domain/cadence/child-facts.ts';
import type { Command, RecordContact } from '../../server/domain/commands.ts';
import { isOwnedBy, type FollowUp } from '../../server/domain/follow-up.ts';
import { followUpLine, followUpOption } from '../../server/domain/follow-up-line.ts';
import { LOOK_AGAIN_POLICY } from '../../server/domain/look-again.ts';
import { addDays, parseLocalDate } from '../../server/domain/local-date.ts';
import { say, type Option, type Say } from '../../server/domain/say.ts';
import { begin, type CommandWord, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { futureDay } from '../understanding/future-day.ts';
import { beginConcern } from './concern.ts';
import { daysAhead } from './days-ahead.ts';

/** Unanswered for so long, the question goes away; what it asked about stays open and is asked at the next visit. */
const PATIENCE_MS = 2 * 3_600_000;
/** 待办 names what is due within so many days (our default). */
const NEAR_DAYS = 7;
const LISTED = 5;

/** The flow that asks about a promise told in a note; it needs this file, so it is named and not imported. */
export const PROMISE = { id: 'promise', version: 1 } as const;

/** How each answer in words is read; the first that fits. */
const SAID: Readonly<Record<FollowUp['kind'], readonly (readonly [RegExp, string])[]>> = {
  concern: [
    [/^(更担心|有?点?担心|不放心|没底|更糟|更严重|不好|不如上次|not as good|worse)/u, 'worse'],
    [/^(还要看着|还要看|再看看|差不多|老样子|still)/u, 'watch'],
    [/^(好了|好多了|没事了|better|fine)/u, 'better'],
  ],
  promise: [
    [/^(不用了?|算了|不需要|not needed)/u, 'unneeded'],
    [/^(还没|没有|没带|没做|忘了|not yet)/u, 'not-yet'],
    [/^(做到了|带了|做了|办了|去了|好了|kept|done)/u, 'kept'],
  ],
};
const ANSWERS: Readonly<Record<FollowUp['kind'], readonly string[]>> = {
  concern: ['better', 'watch', 'worse'],
  promise: ['kept', 'not-yet', 'unneeded'],
};

const answerSlot: Slot = {
  id: 'answer',
  schema: z.enum(['better', 'watch', 'worse', 'kept', 'not-yet', 'unneeded']),
  missed: 'record.choose-below',
  ask: (frame, view) => question(asked(frame, view), view),
  choices: (frame, view) =>
    ANSWERS[asked(frame, view)?.kind ?? 'promise'].map((code) => ({
      code,
      value: code,
      label: say(`follow-up.${code}`),
    })),
  // "好了，就是身上有伤" ends nothing before somebody has looked at the second half.
  read: (heard, frame, view) => {
    if (heard.signals.length > 0) return undefined;
    const word = bareWord(heard.text);
    return SAID[asked(frame, view)?.kind ?? 'promise'].find(([pattern]) => pattern.test(word))?.[1];
  },
};

const daySlot: Slot = {
  id: 'day',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'follow-up.day-unclear',
  ask: (frame, view) =>
    say(asked(frame, view)?.kind === 'promise' ? 'follow-up.ask-day-kept' : 'follow-up.ask-day'),
  choices: (_frame, view) => daysAhead(LOOK_AGAIN_POLICY.offeredDays, view.today),
  read: (heard, _frame, view) => futureDay(heard.text, view.today)?.on ?? undefined,
};

/** 跟进: how things are now, asked after the record in which it can be known. Silence leaves it open. */
export const followUp: Flow = {
  id: 'follow-up',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [answerSlot, daySlot],
  next: (frame, view) => {
    if (!asked(frame, view)) return null;
    const { answer, day } = frame.slots;
    if (answer === undefined) return 'answer';
    return (answer === 'watch' || answer === 'not-yet') && day === undefined ? 'day' : null;
  },
  finish: (frame, view) => {
    const one = asked(frame, view);
    const rest = [...restOf(frame), ...promiseOf(frame)];
    if (!one) return { replies: [say('follow-up.gone')], commands: [], then: rest };
    const end = answered(one, frame);
    return { ...end, then: [...rest, ...(end.then ?? [])] };
  },
  onCancel: (frame) => ({
    replies: [say('follow-up.stays-open')],
    commands: [],
    then: frame.slots.promise === undefined ? [] : [begin(PROMISE, promiseSlots(frame))],
  }),
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 跟进, or the button beside a line of 待办: the list of what this person has to see to, or one of them. */
export const followUpWord: CommandWord = {
  id: 'follow-up',
  words: ['跟进', '约定', 'follow-up', 'follow up'],
  allowed: mayFollowUp,
  run: ({ target, view }) => {
    const one = target === null ? undefined : view.followUps.find((f) => f.id === target);
    if (one) return { replies: [], commands: [], then: [begin(followUp, { ids: [one.id] })] };
    if (target !== null) return { replies: [say('follow-up.gone')], commands: [] };
    const mine = ownedBy(view).slice(0, LISTED);
    if (mine.length === 0) return { replies: [say('follow-up.none')], commands: [] };
    const lines = mine.map((f) => lineOf(f, view));
    return {
      replies: [{ ...say('follow-up.list', { lines }), options: optionsOf(mine, view) }],
      commands: [{ type: 'note-access', screen: 'follow-ups', childIds: mine.map((f) => f.childId) }],
    };
  },
};

/** 换一天, under a look that was set without asking which day, or under a promise that is not kept yet. */
export const lookDayWord: CommandWord = {
  id: 'look-day',
  words: ['换一天再看'],
  allowed: mayFollowUp,
  run: ({ target, view }) => {
    const one = view.followUps.find((f) => f.id === target);
    if (!one) return { replies: [say('follow-up.gone')], commands: [] };
    const answer = one.kind === 'concern' ? 'watch' : 'not-yet';
    return { replies: [], commands: [], then: [begin(followUp, { ids: [one.id], answer })] };
  },
};

/** 不用了, beside it: nobody has to look again, and the worry is closed by a person. */
export const lookDropWord: CommandWord = {
  id: 'look-drop',
  words: ['不用再看了'],
  allowed: mayFollowUp,
  run: ({ target, view }) => {
    const one = view.followUps.find((f) => f.id === target && f.kind === 'concern');
    if (!one) return { replies: [say('follow-up.gone')], commands: [] };
    const { id: followUpId, rev, concernId } = one;
    const closed: readonly Command[] =
      concernId === null ? [] : [{ type: 'answer-concern', concernId, answer: 'closed', followUpOn: null }];
    return {
      replies: [say('follow-up.dropped')],
      commands: [{ type: 'close-follow-up', followUpId, rev, state: 'dropped', contactId: null }, ...closed],
    };
  },
};

function mayFollowUp({ role }: View): boolean {
  return role === 'director' || role === 'supervisor' || role === 'deputy';
}

/** The question about what was open before these records were made; none where nobody was met. */
export function askFollowUps(records: readonly RecordContact[], view: View): Frame[] {
  const ids = records.flatMap((record) =>
    record.nobodyMet === true
      ? []
      : view.followUps.filter((f) => answersTo(record, f, view)).map((f) => f.id),
  );
  const [record] = records;
  return ids.length === 0 ? [] : [begin(followUp, { ids, contactId: record?.contactId ?? null })];
}

/** A visit asks about everything of its child; a call only about what is due. A record of an earlier day knows nothing. */
function answersTo(record: RecordContact, f: FollowUp, view: View): boolean {
  const { childId, mode, takenOn } = record;
  // The worry of this very record is not what was agreed the last time.
  if (record.concernOnRecord === true && record.concernId === f.concernId) return false;
  if (f.childId !== childId || f.openedOn > takenOn) return false;
  return isVisit(mode) || f.dueOn <= view.today;
}

/** What this person has to see to, the earliest due first. */
export function ownedBy(view: View): readonly FollowUp[] {
  const reader = {
    personId: view.personId,
    supervises: view.role === 'supervisor' || view.role === 'deputy',
  };
  return view.followUps.filter((f) => isOwnedBy(f, reader, childOf(view, f.childId)?.directorIds ?? []));
}

/** The lines and buttons of 待办: what is due soon or past its day. */
export function dueSoon(view: View): {
  readonly lines: readonly Say[];
  readonly options: readonly Option[];
  readonly childIds: readonly string[];
} {
  const due = ownedBy(view).filter((f) => f.dueOn <= addDays(view.today, NEAR_DAYS));
  const shown = due.slice(0, LISTED);
  return {
    lines: shown.map((f) => lineOf(f, view)),
    options: optionsOf(shown, view),
    childIds: shown.map((f) => f.childId),
  };
}

function lineOf(f: FollowUp, view: View): Say {
  return followUpLine(f, childOf(view, f.childId)?.name ?? '', view.today);
}

function optionsOf(list: readonly FollowUp[], view: View): Option[] {
  return list.flatMap((f) => {
    const child = childOf(view, f.childId);
    return child ? [followUpOption(f, child)] : [];
  });
}

function asked(frame: Frame, view: View): FollowUp | undefined {
  const { ids } = frame.slots;
  const first = Array.isArray(ids) ? ids[0] : undefined;
  return view.followUps.find((f) => f.id === first);
}

function restOf({ slots }: Frame): Frame[] {
  const rest = Array.isArray(slots.ids) ? slots.ids.slice(1) : [];
  if (rest.length === 0) return [];
  const { contactId = null, promise } = slots;
  return [begin(followUp, { ids: rest, contactId, ...(promise === undefined ? {} : { promise }) })];
}

/** A promise told in the same words is asked about last. */
function promiseOf(frame: Frame): Frame[] {
  const isLast = restOf(frame).length === 0;
  return isLast && frame.slots.promise !== undefined ? [begin(PROMISE, promiseSlots(frame))] : [];
}

function promiseSlots({ slots }: Frame): Frame['slots'] {
  return typeof slots.promise === 'object' && slots.promise !== null && !Array.isArray(slots.promise)
    ? slots.promise
    : {};
}

function question(f: FollowUp | undefined, view: View): Say {
  const child = childOf(view, f?.childId)?.name ?? '';
  if (f?.kind !== 'promise') return say('follow-up.ask-concern', { child });
  return f.text === null
    ? say('follow-up.ask-promise-kept', { child })
    : say('follow-up.ask-promise', { child, text: f.text });
}

function answered(f: FollowUp, frame: Frame): FlowEnd {
  const on = parseLocalDate(textOf(frame, 'day'));
  const { id: followUpId, rev, concernId } = f;
  if (on !== null)
    return {
      replies: [say('follow-up.moved', { on })],
      commands: [{ type: 'move-follow-up', followUpId, rev, dueOn: on }],
    };
  const answer = frame.slots.answer;
  const contactId = typeof frame.slots.contactId === 'string' ? frame.slots.contactId : null;
  const state = answer === 'unneeded' ? 'dropped' : 'done';
  const close: Command = { type: 'close-follow-up', followUpId, rev, state, contactId };
  if (concernId === null) return { replies: [say(`follow-up.${state}`)], commands: [close] };
  const worse = answer === 'worse';
  const concern: Command = {
    type: 'answer-concern',
    concernId,
    answer: worse ? 'open' : 'closed',
    followUpOn: null,
  };
  if (!worse) return { replies: [say('follow-up.done')], commands: [close, concern] };
  const again = beginConcern(concernId, f.childId, 'worried', contactId);
  return { replies: [], commands: [close, concern], then: [again] };
}
