import { z } from 'zod';
import type { AnswerFamilyRequest } from '../../server/domain/family/request-commands.ts';
import type { FamilyAsk } from '../../server/domain/family/request.ts';
import { LOOK_AGAIN_POLICY } from '../../server/domain/look-again.ts';
import { addDays } from '../../server/domain/local-date.ts';
import { commandOption, plain, say, type Option, type Say } from '../../server/domain/say.ts';
import { begin, type CommandWord, type Context, type Flow, type FlowEnd } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { askLine } from './family-ask-lines.ts';

/** Two buttons each, and eight of them may be chosen by number. */
const LISTED = 4;
const PATIENCE_MS = 2 * 3_600_000;
const WORDS_LIMIT = 2000;
const CODES = ['well', 'watch', 'no-answer'] as const;

/** How an answer in words is read; the first that fits, and only where nothing else is said. */
const SAID: readonly (readonly [RegExp, (typeof CODES)[number]])[] = [
  [/^(?:都好|好的?|没事|挺好|都挺好|没问题|all well|well)$/u, 'well'],
  [/^(?:要?再看看|还要看|再看一看|look again)$/u, 'watch'],
  [/^(?:没打通|打不通|没人接|没接|关机|停机|空号|not reached|no answer)$/u, 'no-answer'],
];

/** 家里人: what families asked, of whoever was asked. */
export const familyAsksWord: CommandWord = {
  id: 'family-asks',
  words: ['家里人', '家里人找', 'families'],
  allowed: isAsked,
  run: ({ view }) => {
    const all = view.familyAsks ?? [];
    if (all.length === 0) return { replies: [say('family-asks.none')], commands: [] };
    const now = all.slice(0, LISTED);
    const rest = all.length - now.length;
    const list = say('family-asks.list', { count: all.length, lines: now.map(askLine) });
    const more = say('family-asks.more', { count: rest });
    const childIds = [...new Set(now.flatMap(({ children }) => children.map(({ id }) => id)))];
    const shown = rest === 0 ? list : say('dialog.because', { because: list, question: more });
    return {
      replies: [{ ...shown, options: now.flatMap((ask, n) => optionsOf(ask, labelOf(ask, n, now))) }],
      commands: [{ type: 'note-access', screen: 'family-asks', childIds }],
    };
  },
};

/** 打过了, 办好了: one question what came of it. */
export const familyAskDoneWord: CommandWord = {
  id: 'family-ask-done',
  words: [],
  allowed: isAsked,
  run: ({ target, view, session }) => {
    const ask = askOf(target, view);
    if (ask === undefined) return { replies: [say('family-asks.gone')], commands: [] };
    const frames = session.frames.filter(({ flow }) => flow !== familyAskOutcome.id);
    return {
      session: { ...session, frames },
      replies: [],
      commands: [],
      then: [begin(familyAskOutcome, { id: ask.id })],
    };
  },
};

/** 改: the number the family told becomes the number. */
export const changePhoneWord: CommandWord = {
  id: 'family-phone-change',
  words: [],
  allowed: isAsked,
  run: ({ target, view }) => {
    const ask = askOf(target, view);
    const phone = ask?.about.phone;
    if (ask === undefined || ask.person === null || phone === undefined)
      return { replies: [say('family-asks.gone')], commands: [] };
    const { id: requestId, accountId, person, name } = ask;
    const { childIds } = ask.about;
    const change = { type: 'change-family-phone', requestId, accountId, childIds, person, phone } as const;
    return {
      replies: [say('family-asks.changed', { name, phone })],
      commands: [change, answered(ask, 'changed')],
    };
  },
};

/** 不改. */
export const keepPhoneWord: CommandWord = {
  id: 'family-phone-keep',
  words: [],
  allowed: isAsked,
  run: ({ target, view }) => {
    const ask = askOf(target, view);
    if (ask === undefined) return { replies: [say('family-asks.gone')], commands: [] };
    return { replies: [say('family-asks.kept-old')], commands: [answered(ask, 'kept')] };
  },
};

/** What came of it: words, or one of three. Whoever did not get through leaves it open. */
export const familyAskOutcome: Flow = {
  id: 'family-ask-outcome',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'outcome',
      schema: z.string().min(1).max(WORDS_LIMIT),
      freeText: true,
      ask: (frame, view) => say('family-asks.ask', { name: nameOf(askOf(frame.slots.id, view)) }),
      choices: (frame, view) =>
        CODES.filter((code) => code !== 'watch' || mayLookAgain(frame, view)).map((code) => ({
          code,
          value: code,
          label: say(`family-asks.${code}`),
        })),
      read: ({ text }, frame, view) => {
        const word = bareWord(text);
        const code = SAID.find(([pattern]) => pattern.test(word))?.[1];
        const isCode = code !== undefined && (code !== 'watch' || mayLookAgain(frame, view));
        return isCode ? code : text.trim().slice(0, WORDS_LIMIT);
      },
    },
    {
      id: 'what',
      schema: z.string().min(1).max(WORDS_LIMIT),
      freeText: true,
      ask: () => say('family-asks.ask-what'),
      choices: () => [],
      read: ({ text }) => text.trim().slice(0, WORDS_LIMIT),
    },
  ],
  next: (frame, view) => {
    const { outcome, what } = frame.slots;
    const ask = askOf(frame.slots.id, view);
    if (ask === undefined) return null;
    if (outcome === undefined) return 'outcome';
    return outcome === 'watch' && what === undefined && ask.children.length > 0 ? 'what' : null;
  },
  finish: (frame, view, context) => {
    const ask = askOf(frame.slots.id, view);
    if (ask === undefined) return { replies: [say('family-asks.gone')], commands: [] };
    return ended(ask, frame, view, context);
  },
  onCancel: () => ({ replies: [say('family-asks.stays')], commands: [] }),
  onSilence: () => ({ replies: [], commands: [] }),
};

function ended(ask: FamilyAsk, frame: Frame, view: View, context: Context): FlowEnd {
  const outcome = textOf(frame, 'outcome');
  if (outcome === 'no-answer')
    return { replies: [say('family-asks.stays')], commands: [{ ...answered(ask, outcome), isDone: false }] };
  const [child] = ask.children;
  const text = textOf(frame, 'what');
  if (outcome !== 'watch' || child === undefined || text === '')
    return { replies: [say('family-asks.noted')], commands: [answered(ask, outcome)] };
  const dueOn = addDays(view.today, LOOK_AGAIN_POLICY.afterDays);
  const look = { childId: child.id, contactId: null, concernId: null, ownerId: null, text, dueOn };
  return {
    replies: [say('family-asks.noted-watch', { on: dueOn })],
    commands: [answered(ask, outcome), { type: 'open-follow-up', followUpId: context.newId(), ...look }],
  };
}

function answered({ id, rev }: FamilyAsk, outcome: string): AnswerFamilyRequest {
  return { type: 'answer-family-request', requestId: id, rev, isDone: true, outcome };
}

/** Two of one person are told apart by their place in the list. */
function labelOf(ask: FamilyAsk, n: number, listed: readonly FamilyAsk[]): Say {
  const isOnly = listed.filter(({ name }) => name === ask.name).length === 1;
  return isOnly ? nameOf(ask) : say('family-asks.nth', { name: nameOf(ask), n: n + 1 });
}

function optionsOf(ask: FamilyAsk, name: Say): readonly Option[] {
  if (ask.kind === 'phone')
    return [
      commandOption(changePhoneWord.id, ask.id, say('family-asks.change', { name })),
      commandOption(keepPhoneWord.id, ask.id, say('family-asks.keep', { name })),
    ];
  const isCall = ask.kind !== 'leaving' && ask.kind !== 'returning';
  return [
    commandOption(
      familyAskDoneWord.id,
      ask.id,
      say(`family-asks.${isCall ? 'called' : 'seen-to'}`, { name }),
    ),
  ];
}

function nameOf(ask: FamilyAsk | undefined): Say {
  return ask === undefined || ask.name === '' ? say('family-asks.no-name') : plain(ask.name);
}

function askOf(id: unknown, { familyAsks = [] }: View): FamilyAsk | undefined {
  return familyAsks.find((ask) => ask.id === id);
}

/** A look again stands in the list of the child, which its directors read: not of what they are not told. */
function mayLookAgain(frame: Frame, view: View): boolean {
  const isSecret = askOf(frame.slots.id, view)?.kind === 'call-above';
  return !isSecret && (view.role === 'director' || view.role === 'supervisor' || view.role === 'deputy');
}

function isAsked({ role }: View): boolean {
  return role === 'director' || role === 'supervisor' || role === 'deputy' || role === 'county-desk';
}
