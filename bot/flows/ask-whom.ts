import { z } from 'zod';
import { say } from '../../server/domain/say.ts';
import {
  begin,
  filled,
  type CommandInput,
  type CommandRun,
  type CommandWord,
  type Flow,
} from '../dialog/flow.ts';
import { EMPTY_SESSION, textOf, topFrame, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { asking, homeBound } from './family-home.ts';
import { asksAbove, asksDirector } from './my-director.ts';
import { ASK_DANGER, ASK_WHOM, openReportWith, urgentWord } from './open-report.ts';
import { FAMILY_PATIENCE_MS, reportedSince } from './unanswered.ts';

const WORDS_LIMIT = 4000;
const ABOVE = /上级|上面|领导|督导|县里|镇里|乡里|换个?人|别的人/u;
const DIRECTOR = /主任|村里|村干部|村委|大队/u;
const NOTHING = /^(?:没事了?|没什么事?|不用了?|按错了?|点错了?|发错了?|打错了?|搞错了?)$/u;

/**
 * 求助 of a family that is bound, and nothing else: whom do they want? Nothing of it is lost: silence, and words that name
 * nobody, open the report that 求助 always opened.
 */
export const askWhom: Flow = {
  id: ASK_WHOM,
  version: 1,
  patienceMs: FAMILY_PATIENCE_MS,
  slots: [
    {
      id: 'whom',
      schema: z.enum(['danger', 'director', 'above', 'nothing']),
      urgent: true,
      freeText: true,
      ask: () => say('ask-whom.ask'),
      choices: () => [
        { code: 'danger', value: 'danger', label: say('ask-whom.danger'), opensReport: true },
        {
          code: 'director',
          value: 'director',
          label: say('family-home.call-director'),
          command: 'c:call-director',
        },
        { code: 'above', value: 'above', label: say('family-home.call-above'), command: 'c:call-above' },
      ],
      read: ({ text, signals }) => {
        if (signals.length > 0) return 'danger';
        const word = bareWord(text);
        if (NOTHING.test(word)) return 'nothing';
        if (ABOVE.test(word)) return 'above';
        return DIRECTOR.test(word) ? 'director' : 'danger';
      },
    },
  ],
  next: ({ slots }) => (slots.whom === undefined ? 'whom' : null),
  settle: (frame, heard) =>
    heard === null ? frame : filled(frame, 'words', heard.text.trim().slice(0, WORDS_LIMIT)),
  finish: (frame, view, context) => {
    const words = wordsOf(frame);
    switch (frame.slots.whom) {
      case 'director':
        return asksDirector(view, context, ASKED, words);
      case 'above':
        return asksAbove(view, context, ASKED, words);
      case 'nothing':
        return nothing(words, view, context);
      default:
        return openReportWith({ words, childId: null, concernId: null }, view, context);
    }
  },
  onCancel: (_frame, view, context) => nothing(null, view, context),
  onSilence: (frame, view, context) =>
    reportedSince(textOf(frame, 'at'), view)
      ? { replies: [], commands: [] }
      : openReportWith({ words: wordsOf(frame), childId: null, concernId: null }, view, context),
};

function wordsOf(frame: Frame): string | null {
  return textOf(frame, 'words') || null;
}

/** They asked while this question was open: nobody's sleep is spared. */
const ASKED = { ...EMPTY_SESSION, frames: [begin(askWhom, {})] };

/**
 * 求助: with words, of whoever is not bound, and as the answer to whether there is danger now, it opens a report at once,
 * like 紧急.
 */
export const askHelpWord: CommandWord = {
  id: 'ask-help',
  words: ['求助', 'ask for help'],
  takesRest: 'after-break',
  allowed: () => true,
  run: (input) => {
    if (!isAlone(input)) return urgentWord.run(input);
    return input.target === null ? whom(input, null) : withWords(input, input.target);
  },
};

/** The same in other words: whom they want is asked, and what they said goes with it. */
export function pleaded(input: CommandInput, words: string): CommandRun {
  return isAlone(input)
    ? whom(input, words.slice(0, WORDS_LIMIT))
    : urgentWord.run({ ...input, target: words });
}

/** Of a family that is bound, with no danger asked about and no report open. */
function isAlone({ view, session }: CommandInput): boolean {
  return (
    homeBound(view) !== null &&
    topFrame(session)?.flow !== ASK_DANGER &&
    !session.frames.some(({ flow }) => flow === 'open-report')
  );
}

function whom({ session, context }: CommandInput, words: string | null): CommandRun {
  const slots = { at: context.now.toISOString(), ...(words === null ? {} : { words }) };
  const isAsked = session.frames.some(({ flow }) => flow === ASK_WHOM);
  return { replies: [], commands: [], then: isAsked ? [] : [begin(askWhom, slots)] };
}

/** 求助 找主任 names whom they want; any other words are told to those who answer for danger. */
function withWords(input: CommandInput, words: string): CommandRun {
  const { heard, view, context } = input;
  const isDanger = heard === null || heard.signals.length > 0;
  if (!isDanger && /^(?:请)?找(?:儿童)?主任/u.test(bareWord(words)))
    return asksDirector(view, context, ASKED, words);
  if (!isDanger && /^(?:请)?找(?:上级|领导|督导)/u.test(bareWord(words)))
    return asksAbove(view, context, ASKED, words);
  return urgentWord.run(input);
}

/** 没事了 after 求助 may be said because somebody looks on: a person calls and asks. */
function nothing(words: string | null, view: View, context: Parameters<typeof asking>[3]) {
  return {
    replies: [say('ask-whom.nothing')],
    commands: [asking('call-director', { text: words ?? null, afterHelp: true }, view, context)],
  };
}
