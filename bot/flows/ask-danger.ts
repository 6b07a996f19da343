import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { LOOK_AGAIN_POLICY } from '../../server/domain/look-again.ts';
import { commandOption, say } from '../../server/domain/say.ts';
import { begin, filled, type Context, type Flow, type FlowEnd } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { ASK_DANGER, openReportWith, urgentOption } from './open-report.ts';

/** After so much silence the question steps aside; nothing is filed and nothing cleared (our default). */
const PATIENCE_MS = 60 * 60_000;
const WORDS_LIMIT = 4000;
/** 是说错了: what somebody takes back is asked about and quoted no more. */
const TAKEN_BACK = /(?:说|写|记|打|填|报|搞|弄|听|看)错|不算|作废|撤(?:回|掉|销)|没有?这回事|没有的事/u;

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
      ask: (frame) =>
        TAKEN_BACK.test(textOf(frame, 'words'))
          ? say('signals.ask-unquoted')
          : say('signals.ask', { quote: textOf(frame, 'signal') }),
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
  finish: (frame, view, context) => {
    if (frame.slots.danger !== 'yes') return noDanger(frame, view, context);
    const { words, child } = frame.slots;
    return openReportWith(
      {
        words: typeof words === 'string' ? words : null,
        childId: typeof child === 'string' ? child : null,
        concernId: null,
      },
      view,
      context,
    );
  },
  // Whoever waves the question away hears that nothing was reported, and how to; the worry itself stays.
  onCancel: noDanger,
  onSilence: (frame, view, context) => ({
    replies: [],
    commands: looksAgain(frame, view) ? lookedAgain(frame, view, context).commands : [],
  }),
};

/** Words of a child that is known are kept as a worry, and somebody comes back to it on a day. */
function looksAgain({ slots }: Frame, view: View): boolean {
  return childOf(view, slots.child) !== undefined;
}

function noDanger(frame: Frame, view: View, context: Context): FlowEnd {
  if (!looksAgain(frame, view)) return { replies: [say('signals.no-report')], commands: [] };
  const { on, followUpId, commands } = lookedAgain(frame, view, context);
  // What is due today is being asked about, or stands in the list: nothing more is said of it.
  if (on <= view.today) return { replies: [say('signals.no-report')], commands };
  const options = [
    commandOption('look-day', followUpId, say('promise.change')),
    commandOption('look-drop', followUpId, say('follow-up.unneeded')),
  ];
  return { replies: [{ ...say('signals.looked-at', { on }), options }], commands };
}

/** The worry is on record with its words, and whoever told it looks again: after our default of days, or when they do anyway. */
function lookedAgain(
  frame: Frame,
  view: View,
  context: Context,
): { readonly on: LocalDate; readonly followUpId: string; readonly commands: readonly Command[] } {
  const [concernId, childId] = [context.newId(), textOf(frame, 'child')];
  const awaited = view.followUps.find((f) => f.childId === childId && f.kind === 'concern');
  const on = awaited?.dueOn ?? addDays(view.today, LOOK_AGAIN_POLICY.afterDays);
  const words = textOf(frame, 'words');
  const kept: readonly Command[] = [
    { type: 'open-concern', concernId, childId, outcome: 'unsure', words },
    { type: 'answer-concern', concernId, answer: 'follow-up', followUpOn: on },
  ];
  if (awaited) return { on, followUpId: awaited.id, commands: kept };
  const followUpId = context.newId();
  const look = { childId, contactId: null, concernId, ownerId: null, text: null, dueOn: on };
  return { on, followUpId, commands: [...kept, { type: 'open-follow-up', followUpId, ...look }] };
}

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
