import { z } from 'zod';
import { addDays, parseLocalDate } from '../../server/domain/local-date.ts';
import { begin, type Flow } from '../dialog/flow.ts';
import { say } from '../../server/domain/say.ts';
import { textOf, type Frame } from '../dialog/session.ts';
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
  version: 1,
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
        { code: 'yes', value: 'yes', label: say('concern.signs-yes') },
        { code: 'unsure', value: 'unsure', label: say('concern.signs-unsure') },
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
      id: 'followUp',
      schema: z.string().refine((text) => parseLocalDate(text) !== null),
      ask: () => say('concern.ask-follow-up'),
      choices: (_frame, view) =>
        [3, 7, 14].map((days) => ({
          code: `d${String(days)}`,
          value: addDays(view.today, days),
          label: say('concern.in-days', { days, on: addDays(view.today, days) }),
        })),
    },
  ],
  next: ({ slots }) => {
    if (slots.talk === undefined) return 'talk';
    if (slots.talk === 'later') return null;
    if (slots.signs === undefined) return 'signs';
    return slots.signs === 'none' && slots.followUp === undefined ? 'followUp' : null;
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
    const on = parseLocalDate(textOf(frame, 'followUp'));
    return {
      replies: [say('concern.follow-up-set', { on: on ?? view.today })],
      commands: [{ type: 'answer-concern', concernId, answer: 'follow-up', followUpOn: on }],
    };
  },
  onCancel: (frame) => callAsked(idsOf(frame).concernId, 'concern.will-be-called'),
  onSilence: (frame) => ({ ...callAsked(idsOf(frame).concernId, 'concern.will-be-called'), replies: [] }),
};

/** The conversation about a concern that was stored a moment ago. */
export function beginConcern(concernId: string, childId: string, outcome: string): Frame {
  return begin(concern, { concernId, childId, outcome });
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
