import { z } from 'zod';
import { textOf } from '../dialog/session.ts';
import { begin, type CommandRun, type CommandWord, type Flow } from '../dialog/flow.ts';
import { say } from '../../server/domain/say.ts';

const WORDS_LIMIT = 2000;

/** 投诉建议: a word that works is required of software for public servants (国办函〔2026〕12号, as reprinted). */
export const feedback: Flow = {
  id: 'feedback',
  version: 1,
  patienceMs: 3_600_000,
  slots: [
    {
      id: 'text',
      freeText: true,
      schema: z.string().min(2).max(WORDS_LIMIT),
      ask: () => say('feedback.ask'),
      choices: () => [],
      read: (heard) => heard.text.trim().slice(0, WORDS_LIMIT),
    },
  ],
  next: ({ slots }) => (slots.text === undefined ? 'text' : null),
  finish: (frame, _view, context) => ({
    replies: [say('feedback.thanks')],
    commands: [{ type: 'give-feedback', feedbackId: context.newId(), text: textOf(frame, 'text') }],
  }),
};

/** "我想投诉，补贴没发": the words themselves are what is to be passed on. */
export function tellsFeedback(text: string): boolean {
  return /^\s*(?:我|我们)?(?:想|要|想要|有)(?:个|点|条)?(?:投诉|反映|提(?:个|点|一?[条点]?)?(?:建议|意见)|建议|意见)/u.test(
    text,
  );
}

/** What was said becomes feedback as it stands. */
export function feedbackSaid(text: string): CommandRun {
  const words = text.trim().slice(0, WORDS_LIMIT);
  return { replies: [], commands: [], then: [begin(feedback, { text: words })] };
}

export const feedbackWord: CommandWord = {
  id: 'feedback',
  words: ['投诉建议', '投诉', '建议', '意见', 'feedback'],
  takesRest: 'after-break',
  allowed: () => true,
  run: ({ target }) =>
    target === null ? { replies: [], commands: [], then: [begin(feedback, {})] } : feedbackSaid(target),
};

/** 看投诉建议: what people told the county, as they said it, for its desk alone. */
export const readFeedbackWord: CommandWord = {
  id: 'read-feedback',
  words: ['看投诉建议', '看投诉', '看建议', 'read feedback'],
  allowed: ({ role }) => role === 'county-desk',
  run: ({ view }) => {
    const said = view.feedback ?? [];
    if (said.length === 0) return { replies: [say('feedback.none')], commands: [] };
    const lines = said.map(({ at, text }) => say('feedback.line', { at, text }));
    return { replies: [say('feedback.list', { lines })], commands: [] };
  },
};
