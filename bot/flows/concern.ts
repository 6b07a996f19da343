import { z } from 'zod';
import { LOOK_AGAIN_POLICY } from '../../server/domain/look-again.ts';
import type { Command } from '../../server/domain/commands.ts';
import { addDays, parseLocalDate } from '../../server/domain/local-date.ts';
import type { Heard } from '../dialog/event.ts';
import {
  begin,
  emptied,
  filled,
  type Choice,
  type Context,
  type Flow,
  type FlowEnd,
} from '../dialog/flow.ts';
import { commandOption, plain, say, type Say } from '../../server/domain/say.ts';
import { textOf, type Frame, type SlotValue } from '../dialog/session.ts';
import { childOf, type OnDuty, type View } from '../dialog/view.ts';
import { futureDay } from '../understanding/future-day.ts';
import { bareWord } from '../dialog/words.ts';
import { NOT_ALONE, isNotAlone, signsIn, talkIn } from './concern-words.ts';
import { daysAhead } from './days-ahead.ts';
import { openReportWith } from './open-report.ts';

/** After so much silence somebody calls: the person may not be alone (our default). */
export const SILENCE_MS = 20 * 60_000;
const WORDS_LIMIT = 4000;
/** When the person fell silent, in the draft that is kept of it. */
export const SILENT_AT = 'silentAt';
/** Words so short only answer the question, or mean nothing. */
const ANSWER_WORDS = 6;
const NO_WORDS = 3;

/** One worry on record, with the record it stands in. */
export interface Worry {
  readonly concernId: string;
  readonly childId: string;
  readonly contactId: string | null;
}

/**
 * 有担心 / 不确定. The suspect may be looking on: the words are neutral until the person says that it is safe to talk.
 * The concern itself is on record already; this conversation only decides what becomes of it.
 */
export const concern: Flow = {
  id: 'concern',
  version: 3,
  keepsDraft: true,
  patienceMs: SILENCE_MS,
  slots: [
    {
      id: 'talk',
      schema: z.enum(['now', 'later']),
      ask: () => say('concern.ask-talk'),
      choices: () => [
        {
          code: 'now',
          value: 'now',
          label: say('concern.now'),
          command: commandOption('talk-now', null, say('concern.now')).id,
        },
        { code: 'later', value: 'later', label: say('concern.later') },
      ],
      read: (heard) => talkIn(heard.text),
    },
    {
      id: 'signs',
      schema: z.enum(['yes', 'unsure', 'none', 'later']),
      ask: (frame, view) => askSigns(frame, view),
      shows: (frame) => ({
        screen: 'concern',
        childIds: isOneOfSeveral(frame) ? [idsOf(frame).childId] : [],
      }),
      choices: () => [
        { code: 'yes', value: 'yes', label: say('concern.signs-yes'), opensReport: true },
        { code: 'unsure', value: 'unsure', label: say('concern.signs-unsure'), opensReport: true },
        { code: 'none', value: 'none', label: say('concern.signs-none') },
      ],
      read: signsIn,
    },
    {
      id: 'owner',
      schema: z.string(),
      ask: () => say('concern.ask-owner'),
      choices: (frame, view) => ownersOf(frame, view),
      read: (heard, _frame, view) => {
        if (isNotAlone(heard)) return NOT_ALONE;
        const word = bareWord(heard.text);
        return /^(我|我自己|自己|me|myself)$/u.test(word) ? 'self' : supervisorNamed(word, view);
      },
    },
    {
      id: 'followUp',
      missed: 'follow-up.day-unclear',
      schema: z.string().refine((text) => text === NOT_ALONE || parseLocalDate(text) !== null),
      ask: () => say('concern.ask-follow-up'),
      choices: (_frame, view) => daysAhead(LOOK_AGAIN_POLICY.offeredDays, view.today),
      read: (heard, _frame, view) =>
        isNotAlone(heard) ? NOT_ALONE : (futureDay(heard.text, view.today)?.on ?? undefined),
    },
  ],
  next: (frame) => {
    const { slots } = frame;
    if (slots.talk === undefined) return 'talk';
    if (isLater(frame)) return null;
    if (slots.signs === undefined) return 'signs';
    if (slots.signs !== 'none') return null;
    if (slots.owner === undefined) return 'owner';
    return slots.followUp === undefined ? 'followUp' : null;
  },
  settle: (frame, heard) =>
    heard !== null && tellsMore(heard, ANSWER_WORDS) ? withWords(frame, heard) : frame,
  absorb: (heard, frame) => {
    if (frame.asking !== 'talk' && frame.asking !== 'signs') return undefined;
    const isNewRecord = heard.intent !== null && heard.mentions.length > 0 && heard.signals.length === 0;
    return isNewRecord || !tellsMore(heard, NO_WORDS) ? undefined : retreated(withWords(frame, heard));
  },
  retreats: retreated,
  finish: (frame, view, context) => {
    if (isLater(frame)) return goneAway(frame, view, context);
    const next = nextWorry(frame);
    if (frame.slots.signs === 'none') return { ...followUpSet(frame, view, context), then: next };
    const { concernId, childId } = idsOf(frame);
    const opened = openReportWith({ words: wordsOf(frame), childId, concernId }, view, context);
    return {
      ...opened,
      commands: [
        { type: 'answer-concern', concernId, answer: 'reported', followUpOn: null },
        ...opened.commands,
      ],
      then: [...next, ...opened.then],
    };
  },
  // What was said is never lost: it was told already, or somebody calls, or somebody looks again.
  onCancel: (frame, view, context) =>
    frame.slots.signs === 'none' && !isLater(frame)
      ? { ...followUpSet(frame, view, context), then: nextWorry(frame) }
      : goneAway(frame, view, context),
  onSilence: (frame, view, context) =>
    frame.slots.signs === 'none' && !isLater(frame)
      ? { ...silentFollowUp(frame, view, context), draft: null }
      : { ...callAsked(frame), draft: takenUpLater(frame, context) },
};

/** The conversation about a concern that was stored a moment ago. */
export function beginConcern(
  concernId: string,
  childId: string,
  outcome: string,
  contactId: string | null = null,
): Frame {
  return begin(concern, { concernId, childId, contactId, outcome });
}

/** Several worries of one trip: whether it is safe to talk is asked once, then one child after the other. */
export function beginConcerns(worries: readonly Worry[]): Frame[] {
  const [first, ...more] = worries;
  if (!first) return [];
  const { concernId, childId, contactId } = first;
  return [begin(concern, { concernId, childId, contactId, ...rest(more) })];
}

function rest(more: readonly Worry[]): Frame['slots'] {
  return more.length === 0 ? {} : { more: more as unknown as SlotValue };
}

/** Every worry this conversation still stands for, the present one first. */
export function worriesOf({ slots }: Frame): readonly Worry[] {
  const { concernId, childId, contactId, more } = slots;
  const first = {
    concernId: typeof concernId === 'string' ? concernId : '',
    childId: typeof childId === 'string' ? childId : '',
    contactId: typeof contactId === 'string' ? contactId : null,
  };
  return [first, ...(Array.isArray(more) ? (more as unknown as readonly Worry[]) : [])];
}

/** The next child, once it is known that it is safe to talk. */
function nextWorry(frame: Frame): Frame[] {
  const [, ...more] = worriesOf(frame);
  return beginConcerns(more).map((next) => ({
    ...next,
    slots: { ...next.slots, talk: 'now', several: true },
  }));
}

/** Only here a child is named, and only where there are several. */
function askSigns(frame: Frame, view: View): Say {
  if (!isOneOfSeveral(frame)) return say('concern.ask-signs');
  const child = childOf(view, idsOf(frame).childId)?.name ?? '';
  const because = say(frame.slots.several === true ? 'concern.next-child' : 'concern.first-child', { child });
  return say('dialog.because', { because, question: say('concern.ask-signs') });
}

function isOneOfSeveral(frame: Frame): boolean {
  return frame.slots.several === true || worriesOf(frame).length > 1;
}

function isLater({ slots }: Frame): boolean {
  return [slots.talk, slots.signs, slots.owner, slots.followUp].includes(NOT_ALONE);
}

/** Danger stands on no screen twice: after anything unclear it is asked first whether it is still safe to talk. */
function retreated(frame: Frame): Frame {
  if (frame.asking !== 'signs') return frame;
  return { ...emptied(frame, 'talk'), asking: 'talk', asked: frame.asked.filter((id) => id !== 'talk') };
}

function tellsMore(heard: Heard, than: number): boolean {
  return heard.signals.length > 0 || bareWord(heard.text).length > than;
}

/** Whatever is written before it is safe to ask is kept, and answered by the same few words. */
function withWords(frame: Frame, heard: Heard): Frame {
  const before = wordsOf(frame);
  const words = heard.text.trim();
  return filled(frame, 'words', (before === null ? words : `${before}；${words}`).slice(0, WORDS_LIMIT));
}

/** Who comes back to it: oneself, a director who answers for the child as well, or whoever supervises. */
function ownersOf(frame: Frame, view: View): readonly Choice[] {
  const child = childOf(view, textOf(frame, 'childId'));
  const supervisor = supervisorOf(view);
  const colleagues = (child?.directorIds ?? []).flatMap((id, n) =>
    id === view.personId
      ? []
      : [{ code: `w${String(n)}`, value: id, label: plain(child?.directors[n] ?? '') }],
  );
  return [
    { code: 'self', value: 'self', label: say('concern.owner-self') },
    ...(supervisor
      ? [
          {
            code: 'supervisor',
            value: supervisor.workerId,
            label: say('concern.owner-role', { name: supervisor.name, role: say(`role.${supervisor.role}`) }),
          },
        ]
      : []),
    ...colleagues.slice(0, 5),
  ];
}

function supervisorOf(view: View): OnDuty | undefined {
  return supervisorsOf(view.onDuty.filter((p) => p.workerId !== view.personId))[0];
}

/** "周明远", "周督导", "督导员": who supervises, as they are called. */
function supervisorNamed(word: string, view: View): string | undefined {
  const supervisor = supervisorOf(view);
  if (supervisor === undefined) return undefined;
  const called = [
    supervisor.name,
    ...['督导', '督导员'].flatMap((t) => [t, `${supervisor.name.slice(0, 1)}${t}`]),
  ];
  return called.includes(word) ? supervisor.workerId : undefined;
}

function supervisorsOf(people: readonly OnDuty[]): readonly OnDuty[] {
  return (['supervisor', 'deputy'] as const).flatMap((role) => people.filter((p) => p.role === role));
}

/** 都不是: somebody comes back to it by a day, and it is on record as theirs. */
function followUpSet(frame: Frame, view: View, context: Context): FlowEnd {
  const { concernId, childId } = idsOf(frame);
  const on = parseLocalDate(textOf(frame, 'followUp')) ?? addDays(view.today, LOOK_AGAIN_POLICY.afterDays);
  const owner = textOf(frame, 'owner');
  const isOwn = owner === '' || owner === 'self' || owner === view.personId;
  const name = ownersOf(frame, view).find((c) => c.value === owner)?.label ?? say('concern.owner-self');
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

/** Nobody chose who and when: the one who worries, by our default day. The other worries of the same breath are called about. */
function silentFollowUp(frame: Frame, view: View, context: Context): FlowEnd {
  const [, ...more] = worriesOf(frame);
  const [next] = beginConcerns(more);
  return {
    replies: [],
    commands: [
      ...followUpSet(frame, view, context).commands,
      ...(next === undefined ? [] : callAsked(next).commands),
    ],
  };
}

/** Not now: somebody calls, with a number for whoever cannot wait, and nothing that was talked of comes up again. */
function goneAway(frame: Frame, view: View, context: Context): FlowEnd {
  return {
    ...callAsked(frame),
    replies: [willBeCalled(view)],
    setsAside: true,
    draft: takenUpLater(frame, context),
  };
}

/** With a number for whoever cannot wait: of who supervises, or else of anybody on duty. */
export function willBeCalled(view: View): Say {
  const others = view.onDuty.filter((p) => p.workerId !== view.personId && p.phone !== null);
  const { name, phone } = supervisorsOf(others)[0] ?? others[0] ?? { name: '', phone: null };
  return phone === null ? say('concern.will-be-called') : say('concern.will-be-called-at', { name, phone });
}

/** While nobody has called, 方便 takes the same worries up again. */
function takenUpLater(frame: Frame, context: Context): Frame {
  const { slots } = emptied(frame, 'talk', 'signs', 'owner', 'followUp');
  return filled(begin(concern, slots), SILENT_AT, context.now.toISOString());
}

function callAsked(frame: Frame): FlowEnd {
  return { replies: [], commands: callAbout(worriesOf(frame), wordsOf(frame)) };
}

/** Somebody calls about these worries. */
export function callAbout(worries: readonly Worry[], said: string | null = null): readonly Command[] {
  return worries.map(({ concernId }) => ({
    type: 'answer-concern',
    concernId,
    answer: 'call-asked',
    followUpOn: null,
    ...(said === null ? {} : { said }),
  }));
}

function idsOf(frame: Frame): { readonly concernId: string; readonly childId: string } {
  return { concernId: textOf(frame, 'concernId'), childId: textOf(frame, 'childId') };
}

function wordsOf(frame: Frame): string | null {
  return typeof frame.slots.words === 'string' ? frame.slots.words : null;
}
