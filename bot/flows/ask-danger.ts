import { z } from 'zod';
import { begin, filled, type Flow } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { bareWord } from '../dialog/words.ts';
import { say } from '../../server/domain/say.ts';
import { ASK_DANGER, openReportWith, urgentOption } from './open-report.ts';

/** After so much silence the question steps aside; nothing is filed and nothing cleared (our default). */
const PATIENCE_MS = 60 * 60_000;
const WORDS_LIMIT = 4000;

/** Words outside a record that may speak of danger: they are quoted back, and only a person decides. */
export const askDanger: Flow = {
  id: ASK_DANGER,
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'danger',
      schema: z.enum(['yes', 'no']),
      urgent: true,
      ask: (frame) => say('signals.ask', { quote: textOf(frame, 'signal') }),
      choices: () => [
        { code: 'yes', value: 'yes', label: say('menu.urgent'), command: urgentOption().id },
        { code: 'no', value: 'no', label: say('signals.no-danger') },
      ],
      read: (heard) => {
        const word = bareWord(heard.text);
        if (/^(有|有的|是|是的|有危险|说不准|不确定|yes|not sure)$/u.test(word)) return 'yes';
        return /^(没有?|没事|没有?危险|不是|no)$/u.test(word) ? 'no' : undefined;
      },
    },
  ],
  next: ({ slots }) => (slots.danger === undefined ? 'danger' : null),
  absorb: (heard, frame) =>
    heard.intent === null ? filled(frame, 'words', joined(textOf(frame, 'words'), heard.text)) : undefined,
  finish: (frame, _view, context) => {
    if (frame.slots.danger !== 'yes') return { replies: [say('signals.no-report')], commands: [] };
    const { words, child } = frame.slots;
    return openReportWith(
      {
        words: typeof words === 'string' ? words : null,
        childId: typeof child === 'string' ? child : null,
        concernId: null,
      },
      context,
    );
  },
  // Whoever waves the question away hears that nothing was reported, and how to.
  onCancel: () => ({ replies: [say('signals.no-report')], commands: [] }),
  onSilence: () => ({ replies: [], commands: [] }),
};

/** The question about these words; the child only where one is certainly meant. */
export function beginAskDanger(signal: string, words: string, child: string | null): Frame {
  return begin(askDanger, {
    signal,
    words: words.slice(0, WORDS_LIMIT),
    ...(child === null ? {} : { child }),
  });
}

function joined(before: string, words: string): string {
  return `${before}；${words.trim()}`.slice(0, WORDS_LIMIT);
}
