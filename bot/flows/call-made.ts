import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { LOOK_AGAIN_POLICY } from '../../server/domain/look-again.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { plain, say } from '../../server/domain/say.ts';
import { callRounds, whichCall, type CallRound, type WaitingCall } from '../../server/domain/waiting-call.ts';
import {
  begin,
  filled,
  type Choice,
  type CommandRun,
  type CommandWord,
  type Context,
} from '../dialog/flow.ts';
import type { Flow, FlowEnd, Slot } from '../dialog/flow.ts';
import { textOf, type Frame, type Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { daysAhead } from './days-ahead.ts';
import { futureDay } from '../understanding/future-day.ts';
import { openReportWith } from './open-report.ts';

/** Unanswered for so long, the question goes away; the call itself is asked about again (our default). */
const PATIENCE_MS = 2 * 3_600_000;
const WORDS_LIMIT = 2000;
const OUTCOMES = ['well', 'report', 'follow-up', 'no-answer'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** How an outcome is said, in few words; the first that fits. Longer words tell more and are kept beside the question. */
const SAID: readonly (readonly [RegExp, Outcome])[] = [
  [/没(?:有)?人?接|没(?:有|打)?通|打不通|不接|关机|no answer/u, 'no-answer'],
  [/^(?:打?通了)?[，,\s]*(?:要上报|上报|要报)|to be reported$/u, 'report'],
  [/^(?:打?通了)?[，,\s]*(?:之?后跟进|跟进|再看看)|follow up$/u, 'follow-up'],
  [/^(?:打?通了)?[，,\s]*(?:没事|没什么事|都好)|all is well$/u, 'well'],
];
const SHORT = 24;

const outcomeSlot: Slot = {
  id: 'outcome',
  schema: z.enum(OUTCOMES),
  missed: 'record.choose-below',
  shows: (frame, view) => ({
    screen: 'call',
    childIds: [callOf(frame, view)?.childId ?? ''].filter(Boolean),
  }),
  ask: (frame, view) => {
    const call = callOf(frame, view);
    const director = call?.director ?? '';
    const kept = textOf(frame, 'words') === '' ? [] : [say('call.kept')];
    const said = call?.said ? [say('call.said', { director, words: call.said })] : [];
    if (call?.concernId === null) return say('call.ask-outcome-plain', { director, kept, said });
    const note = call?.note ?? '';
    const isQuoted = note !== '' && call?.said?.includes(note) !== true;
    const noted = isQuoted ? [say('call.noted-then', { words: note })] : [];
    const voices = (call?.voices ?? 0) > 0 ? [say('call.voices', { count: call?.voices ?? 0 })] : [];
    return say('call.ask-outcome', { director, child: call?.childName ?? '', kept, noted, said, voices });
  },
  choices: (frame, view) =>
    OUTCOMES.filter((outcome) => isOffered(outcome, frame, view)).map((outcome) => ({
      code: outcome,
      value: outcome,
      label: say(`call.${outcome}`),
      ...(outcome === 'report' ? { opensReport: true as const } : {}),
    })),
  read: (heard, frame, view) => {
    const outcome = heard.signals.length > 0 ? undefined : outcomeIn(heard.text);
    return outcome !== undefined && isOffered(outcome, frame, view) ? outcome : undefined;
  },
};

/** Who was reached once was reached; and there is nobody to look at again where no child was named. */
function isOffered(outcome: Outcome, frame: Frame, view: View): boolean {
  if (outcome === 'follow-up') return callOf(frame, view)?.concernId !== null;
  return outcome !== 'no-answer' || frame.slots.through !== true;
}

/** What came of a call: one tap. A worry told together with others is answered for by itself. */
export const callOutcome: Flow = {
  id: 'call-outcome',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    outcomeSlot,
    {
      id: 'owner',
      schema: z.string(),
      ask: () => say('concern.ask-owner'),
      choices: (frame, view) => ownersOf(callOf(frame, view), view),
      read: (heard) => (/^(我|我自己|自己|me|myself)$/u.test(bareWord(heard.text)) ? 'self' : undefined),
    },
    {
      id: 'followUp',
      missed: 'follow-up.day-unclear',
      schema: z.string().refine((text) => parseLocalDate(text) !== null),
      ask: () => say('concern.ask-follow-up'),
      choices: (_frame, view) => daysAhead(LOOK_AGAIN_POLICY.offeredDays, view.today),
      read: (heard, _frame, view) => futureDay(heard.text, view.today)?.on ?? undefined,
    },
  ],
  next: (frame, view) => {
    const { outcome, owner, followUp } = frame.slots;
    if (!callOf(frame, view)) return null;
    if (outcome === undefined) return 'outcome';
    if (outcome !== 'follow-up') return null;
    if (owner === undefined) return 'owner';
    return followUp === undefined ? 'followUp' : null;
  },
  absorb: (heard, frame) => {
    if (frame.asking !== 'outcome' || heard.intent !== null) return undefined;
    const before = textOf(frame, 'words');
    const words = before === '' ? heard.text.trim() : `${before}；${heard.text.trim()}`;
    return filled(frame, 'words', words.slice(0, WORDS_LIMIT));
  },
  finish: (frame, view, context) => {
    const call = callOf(frame, view);
    return call ? ended(call, frame, view, context) : { replies: [say('call.closed')], commands: [] };
  },
  onCancel: () => ({ replies: [say('call.stays')], commands: [] }),
  onSilence: () => ({ replies: [], commands: [] }),
};

/** 打过了, alone, with a name or with what came of it; or the button, which carries its call. */
export const callMadeWord: CommandWord = {
  id: 'call-made',
  words: ['打过了', '打过电话了', '电话打了', 'called'],
  takesRest: 'after-break',
  allowed: (view) => !['director', 'guardian', 'carer', 'stranger'].includes(view.role),
  run: ({ target, heard, session, view }): CommandRun => {
    const rounds = callRounds(view.calls, view.personId);
    const pressed = heard === null && target !== null;
    const round = pressed
      ? rounds.find((calls) => calls.some((call) => call.id === target))
      : meant(target ?? '', rounds);
    if (round) return { ...madeNow(round, pressed ? null : target), session: withoutCall(session, round) };
    if (pressed) return answer(goneWords(view.calls.find((call) => call.id === target)));
    return rounds.length === 0 ? answer(say('call.none')) : answer(whichCall(rounds));
  },
};

/** The question about this very call is asked anew, never twice over. */
function withoutCall(session: Session, [{ id }]: CallRound): Session {
  const isAsked = (frame: Frame): boolean =>
    frame.flow === callOutcome.id && Array.isArray(frame.slots.ids) && frame.slots.ids.includes(id);
  return { ...session, frames: session.frames.filter((frame) => !isAsked(frame)) };
}

/** The only call there is, or the only one to somebody who was named. */
function meant(words: string, rounds: readonly CallRound[]): CallRound | undefined {
  const named = rounds.filter(([{ director }]) => director !== '' && words.includes(director));
  const [only, ...more] = named.length > 0 ? named : rounds;
  return more.length === 0 ? only : undefined;
}

function goneWords(call: WaitingCall | undefined) {
  return call?.made ? say('call.already', { name: call.made.by }) : say('call.closed');
}

/** It is on record from this moment that somebody called, whatever is answered next. */
function madeNow(round: CallRound, words: string | null): CommandRun {
  const [{ director }] = round;
  const rest = (words ?? '').replace(director, '').trim();
  const outcome = rest === '' ? undefined : outcomeIn(rest);
  const callIds = round.filter(({ made }) => made === null).map(({ id }) => id);
  return {
    replies: [],
    commands: callIds.length === 0 ? [] : [{ type: 'call-made', callIds }],
    then: [
      begin(callOutcome, {
        ids: round.map(({ id }) => id),
        // A number or a slip opens no report: that it is to be reported is said once more, to the question itself.
        ...(outcome === undefined || outcome === 'report' || isNoCase(outcome, round) ? {} : { outcome }),
        ...(rest === '' || outcome !== undefined ? {} : { words: rest }),
      }),
    ],
  };
}

/** 跟进 of a call that is about no child. */
function isNoCase(outcome: Outcome, [{ concernId }]: CallRound): boolean {
  return outcome === 'follow-up' && concernId === null;
}

function outcomeIn(text: string): Outcome | undefined {
  const word = bareWord(text);
  return word.length > SHORT ? undefined : SAID.find(([pattern]) => pattern.test(word))?.[1];
}

/** Whoever calls, if they look after children of the township; the one who worried; whoever else supervises. */
function ownersOf(call: WaitingCall | undefined, view: View): readonly Choice[] {
  const supervises = view.role === 'supervisor' || view.role === 'deputy';
  const others = view.onDuty.filter(
    (p) => (p.role === 'supervisor' || p.role === 'deputy') && p.workerId !== view.personId,
  );
  return [
    ...(supervises ? [{ code: 'self', value: 'self', label: say('concern.owner-self') }] : []),
    ...(call ? [{ code: 'director', value: call.directorId, label: plain(call.director) }] : []),
    ...others.slice(0, 4).map((p, n) => ({
      code: `w${String(n)}`,
      value: p.workerId,
      label: say('concern.owner-role', { name: p.name, role: say(`role.${p.role}`) }),
    })),
  ];
}

function ended(call: WaitingCall, frame: Frame, view: View, context: Context): FlowEnd {
  const words = textOf(frame, 'words') === '' ? null : textOf(frame, 'words');
  const outcome = frame.slots.outcome as Outcome;
  const { concernId, childId } = call;
  const told = (callId: string): Command => ({ type: 'call-outcome', callId, outcome, words });
  if (outcome === 'no-answer')
    return { replies: [say('call.not-through')], commands: idsOf(frame, view).map(told) };
  const then = restOf(frame);
  if (outcome === 'well')
    return {
      replies: [say('call.noted')],
      commands: [told(call.id), ...answered(concernId, 'closed')],
      then,
    };
  if (outcome === 'follow-up' && concernId !== null) {
    const end = followedUp({ ...call, concernId }, frame, view, context);
    return { ...end, commands: [told(call.id), ...end.commands], then };
  }
  const child = childId === '' ? null : childId;
  const opened = openReportWith({ words: storyOf(call, words), childId: child, concernId }, view, context);
  return {
    ...opened,
    commands: [told(call.id), ...answered(concernId, 'reported'), ...opened.commands],
    then: [...then, ...opened.then],
  };
}

/** What the director wrote and what the caller wrote are the first words of the report. */
function storyOf({ said }: WaitingCall, words: string | null): string | null {
  const told = [said, words].flatMap((text) => text ?? []);
  return told.length === 0 ? null : told.join('；');
}

function answered(concernId: string | null, answer: 'closed' | 'reported'): Command[] {
  return concernId === null ? [] : [{ type: 'answer-concern', concernId, answer, followUpOn: null }];
}

function followedUp(
  call: WaitingCall & { readonly concernId: string },
  frame: Frame,
  view: View,
  context: Context,
): FlowEnd {
  const on = parseLocalDate(textOf(frame, 'followUp')) ?? view.today;
  const owner = textOf(frame, 'owner');
  const isOwn = owner === 'self' || owner === view.personId;
  const name = ownersOf(call, view).find((c) => c.value === owner)?.label ?? plain('');
  const { concernId, childId } = call;
  return {
    replies: [isOwn ? say('concern.follow-up-set', { on }) : say('concern.follow-up-other', { on, name })],
    commands: [
      { type: 'answer-concern', concernId, answer: 'follow-up', followUpOn: on },
      {
        type: 'open-follow-up',
        followUpId: context.newId(),
        childId,
        contactId: null,
        concernId,
        ownerId: isOwn ? null : owner,
        text: null,
        dueOn: on,
      },
    ],
  };
}

/** The other worries of the same call, one after the other: who was reached once was reached. */
function restOf({ slots }: Frame): Frame[] {
  const rest = Array.isArray(slots.ids) ? slots.ids.slice(1) : [];
  return rest.length === 0 ? [] : [begin(callOutcome, { ids: rest, through: true })];
}

function idsOf({ slots }: Frame, view: View): readonly string[] {
  const ids = Array.isArray(slots.ids) ? slots.ids : [];
  return view.calls.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}

function callOf(frame: Frame, view: View): WaitingCall | undefined {
  const [id] = Array.isArray(frame.slots.ids) ? frame.slots.ids : [];
  return view.calls.find((call) => call.id === id);
}

function answer(reply: ReturnType<typeof whichCall>): CommandRun {
  return { replies: [reply], commands: [] };
}
