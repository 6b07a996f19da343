import { z } from 'zod';
import { addDays, parseLocalDate } from '../../server/domain/local-date.ts';
import { begin, type Choice, type Context, type Flow, type FlowEnd } from '../dialog/flow.ts';
import { plain, say } from '../../server/domain/say.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { futureDay } from '../understanding/future-day.ts';
import { bareWord } from '../dialog/words.ts';
import { openReportWith } from './open-report.ts';

/** After so much silence somebody calls: the person may not be alone (our default). */
const SILENCE_MS = 20 * 60_000;

/**
 * 有担心 / 不确定. The suspect may be looking on: the words are neutral until the person says that it is safe to talk.
 * The concern itself is on record already; this conversation only decides what becomes of it.
 */
export const concern: Flow = {
  id: 'concern',
  version: 2,
  patienceMs: SILENCE_MS,
  slots: [
    {
      id: 'talk',
      schema: z.enum(['now', 'later']),
      ask: () => say('concern.ask-talk'),
      choices: () => [
        { code: 'now', value: 'now', label: say('concern.now') },
        { code: 'later', value: 'later', label: say('concern.later') },
      ],
      read: (heard) => {
        const word = bareWord(heard.text);
        if (/^(方便|可以|能|行|好|嗯|yes|now)/u.test(word)) return 'now';
        return /^(不|等|没|待会|晚点|later|no)/u.test(word) ? 'later' : undefined;
      },
    },
    {
      id: 'signs',
      schema: z.enum(['yes', 'unsure', 'none']),
      ask: () => say('concern.ask-signs'),
      choices: () => [
        { code: 'yes', value: 'yes', label: say('concern.signs-yes'), opensReport: true },
        { code: 'unsure', value: 'unsure', label: say('concern.signs-unsure'), opensReport: true },
        { code: 'none', value: 'none', label: say('concern.signs-none') },
      ],
      // "没有" alone clears; anything longer may tell of a sign, and a person decides.
      read: (heard) => {
        const word = bareWord(heard.text);
        if (/^(都不是|都?没有?|一样也没有|none|none of these|no)$/u.test(word)) return 'none';
        return /^(有|是|说不准|不确定|不知道|可能|yes|not sure)/u.test(word) || heard.signals.length > 0
          ? 'yes'
          : undefined;
      },
    },
    {
      id: 'owner',
      schema: z.string(),
      ask: () => say('concern.ask-owner'),
      choices: (frame, view) => ownersOf(frame, view),
      read: (heard) => (/^(我|我自己|自己|me|myself)$/u.test(bareWord(heard.text)) ? 'self' : undefined),
    },
    {
      id: 'followUp',
      missed: 'follow-up.day-unclear',
      schema: z.string().refine((text) => parseLocalDate(text) !== null),
      ask: () => say('concern.ask-follow-up'),
      choices: (_frame, view) =>
        [3, 7, 14].map((days) => ({
          code: `d${String(days)}`,
          value: addDays(view.today, days),
          label: say('concern.in-days', { days, on: addDays(view.today, days) }),
        })),
      read: (heard, _frame, view) => futureDay(heard.text, view.today)?.on ?? undefined,
    },
  ],
  next: ({ slots }) => {
    if (slots.talk === undefined) return 'talk';
    if (slots.talk === 'later') return null;
    if (slots.signs === undefined) return 'signs';
    if (slots.signs !== 'none') return null;
    if (slots.owner === undefined) return 'owner';
    return slots.followUp === undefined ? 'followUp' : null;
  },
  finish: (frame, view, context) => {
    const { concernId, childId } = idsOf(frame);
    if (frame.slots.talk === 'later') return callAsked(concernId, 'concern.will-be-called');
    if (frame.slots.signs !== 'none') {
      const opened = openReportWith({ words: wordsOf(frame), childId, concernId }, context);
      return {
        ...opened,
        commands: [
          { type: 'answer-concern', concernId, answer: 'reported', followUpOn: null },
          ...opened.commands,
        ],
      };
    }
    return followUpSet(frame, view, context);
  },
  onCancel: (frame) => callAsked(idsOf(frame).concernId, 'concern.will-be-called'),
  onSilence: (frame) => ({ ...callAsked(idsOf(frame).concernId, 'concern.will-be-called'), replies: [] }),
};

/** The conversation about a concern that was stored a moment ago. */
export function beginConcern(concernId: string, childId: string, outcome: string): Frame {
  return begin(concern, { concernId, childId, outcome });
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

function supervisorOf(view: View) {
  const others = view.onDuty.filter((p) => p.workerId !== view.personId);
  return others.find((p) => p.role === 'supervisor') ?? others.find((p) => p.role === 'deputy');
}

/** 都不是: somebody comes back to it by a day, and it is on record as theirs. */
function followUpSet(frame: Frame, view: View, context: Context): FlowEnd {
  const { concernId, childId } = idsOf(frame);
  const on = parseLocalDate(textOf(frame, 'followUp')) ?? view.today;
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

function callAsked(concernId: string, key: string) {
  return {
    replies: [say(key)],
    commands: [{ type: 'answer-concern', concernId, answer: 'call-asked', followUpOn: null } as const],
  };
}

function idsOf(frame: Frame): { readonly concernId: string; readonly childId: string } {
  return { concernId: textOf(frame, 'concernId'), childId: textOf(frame, 'childId') };
}

function wordsOf(frame: Frame): string | null {
  return typeof frame.slots.words === 'string' ? frame.slots.words : null;
}
