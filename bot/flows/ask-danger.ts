import { z } from 'zod';
import type { Command } from '../../server/domain/commands.ts';
import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { LOOK_AGAIN_POLICY } from '../../server/domain/look-again.ts';
import { commandOption, say, type Option } from '../../server/domain/say.ts';
import { begin, emptied, filled, type Context, type Flow, type FlowEnd } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, isFamily, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { withMoreWords } from './note-words.ts';
import { childSlot, likelyChild } from './record-slots.ts';
import { saysMore } from './record-words.ts';
import { ASK_DANGER, openReportWith, urgentOption } from './open-report.ts';
import { FAMILY_PATIENCE_MS, reportedSince } from './unanswered.ts';

/** After so much silence the question to a worker steps aside; nothing is filed and nothing cleared (our default). */
const PATIENCE_MS = 60 * 60_000;
const WORDS_LIMIT = 4000;
/** 是说错了: what somebody takes back is asked about and quoted no more. */
const TAKEN_BACK = /(?:说|写|记|打|填|报|搞|弄|听|看)错|不算|作废|撤(?:回|掉|销)|没有?这回事|没有的事/u;

/** 没回家, 找不到: a child that is missed is asked about the next day. */
const MISSED = /没有?(?:回|归)|不见|失踪|走失|找不(?:到|着)|没找(?:到|着)|没下落|missing|not come home/iu;

/** The child of whom it was told is none of the director's, or nobody knows which. */
const NOBODY_OF_THEIRS = '';
const whose = childSlot('signals.whose');

/** Words outside a record that may speak of danger: they are quoted back, and only a person decides. */
export const askDanger: Flow = {
  id: ASK_DANGER,
  version: 1,
  patienceOf: (_frame, view) => patienceWith(view),
  slots: [
    {
      id: 'danger',
      schema: z.enum(['yes', 'no']),
      urgent: true,
      ask: (frame, view) =>
        TAKEN_BACK.test(textOf(frame, 'words')) || mayBeReadByOthers(view)
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
    {
      ...whose,
      choices: (frame, view) => [
        { code: 'none', value: NOBODY_OF_THEIRS, label: say('signals.nobody-of-mine') },
        ...whose.choices(frame, view),
      ],
      read: (heard, frame, view) =>
        /^(都不是|不是(?:我|名单)|不知道|不清楚|不认识|none|nobody)/u.test(bareWord(heard.text))
          ? NOBODY_OF_THEIRS
          : heard.signals.some(({ quote }) => !textOf(frame, 'signal').includes(quote))
            ? undefined
            : whose.read?.(heard, frame, view),
    },
  ],
  next: (frame, view) => {
    const { danger, child } = frame.slots;
    if (danger === undefined) return 'danger';
    // What was told of a child of theirs is no report, and is not forgotten either.
    return danger === 'no' &&
      frame.slots.alone === true &&
      child === undefined &&
      view.role === 'director' &&
      view.caseload.length > 0
      ? 'child'
      : null;
  },
  // Whose it is may be told with more than a name: no word of it is dropped.
  settle: (frame, heard) =>
    heard !== null && frame.asking === 'child' && saysMore(heard)
      ? filled(frame, 'words', withMoreWords(textOf(frame, 'words'), heard.text.trim()))
      : frame,
  absorb: (heard, frame) => {
    if (heard.intent !== null) return undefined;
    const told = filled(frame, 'words', joined(textOf(frame, 'words'), heard.text));
    const [again] = heard.signals;
    if (frame.asking !== 'child' || again === undefined) return told;
    // 小红不想活了, as the answer to whose bruise it was: danger is asked about once more, of whom these words name.
    const child = likelyChild(heard);
    const open = filled(emptied(told, 'danger'), 'signal', again.quote);
    return child === null ? open : filled(open, 'child', child);
  },
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
  onSilence: (frame, view, context) =>
    isFamily(view)
      ? unanswered(frame, view, context)
      : {
          replies: [],
          commands: looksAgain(frame, view) ? lookedAgain(toLookAt(frame), view, context).commands : [],
        },
};

/** Nobody else comes back to the words of a family: they wait no longer than 求助 does. */
function patienceWith(view: View): number {
  return isFamily(view) ? FAMILY_PATIENCE_MS : PATIENCE_MS;
}

/**
 * Whoever of a family wrote of danger and fell silent may be unable to answer: a report, as silence after 求助 makes one.
 * What was asked because of a request (no words of danger are quoted there) is with whoever answers that request.
 */
function unanswered(frame: Frame, view: View, context: Context): FlowEnd {
  const words = textOf(frame, 'words');
  if (textOf(frame, 'signal') === '') return { replies: [], commands: [] };
  const known = reportedSince(askedAt(frame, view), view);
  if (known === undefined) return openReportWith({ words, childId: null, concernId: null }, view, context);
  return { replies: [], commands: [{ type: 'add-report-words', reportId: known.id, text: words }] };
}

function askedAt({ waitsUntil }: Frame, view: View): string {
  return waitsUntil === null ? '' : new Date(Date.parse(waitsUntil) - patienceWith(view)).toISOString();
}

/** Nobody knows yet who else reads the telephone of a family: what was said about danger stands in no answer there. */
function mayBeReadByOthers(view: View): boolean {
  return isFamily(view);
}

/** Words of a child that is known are kept as a worry, and somebody comes back to it on a day. */
function looksAgain({ slots }: Frame, view: View): boolean {
  return childOf(view, slots.child) !== undefined;
}

function noDanger(frame: Frame, view: View, context: Context): FlowEnd {
  if (!looksAgain(frame, view)) return { replies: [say('signals.no-report')], commands: [] };
  const { on, followUpId, commands } = lookedAgain(toLookAt(frame), view, context);
  // What is due today is being asked about, or stands in the list: nothing more is said of it.
  if (on <= view.today) return { replies: [say('signals.no-report')], commands };
  const options = lookOptions(followUpId);
  return { replies: [{ ...say('signals.looked-at', { on }), options }], commands };
}

/** The buttons under a day to look again: another day, or none. */
export function lookOptions(followUpId: string): readonly Option[] {
  return [
    commandOption('look-day', followUpId, say('promise.change')),
    commandOption('look-drop', followUpId, say('follow-up.unneeded')),
  ];
}

/** What was told of a child and is to be looked at again. */
interface ToLookAt {
  readonly childId: string;
  readonly words: string;
  /** Whether somebody said that there is no danger now. */
  readonly isDenied: boolean;
}

function toLookAt(frame: Frame): ToLookAt {
  return {
    childId: textOf(frame, 'child'),
    words: textOf(frame, 'words'),
    isDenied: frame.slots.danger === 'no',
  };
}

/**
 * The worry is on record with its words, and whoever told it looks again: after our default of days, or when they do
 * anyway; the next day where a child is missed, or where the question about danger got no answer.
 */
export function lookedAgain(
  { childId, words, isDenied }: ToLookAt,
  view: View,
  context: Context,
): { readonly on: LocalDate; readonly followUpId: string; readonly commands: readonly Command[] } {
  const concernId = context.newId();
  const awaited = view.followUps.find((f) => f.childId === childId && f.kind === 'concern');
  const { afterDays, soonDays } = LOOK_AGAIN_POLICY;
  const isSoon = !isDenied || MISSED.test(words);
  const usual = addDays(view.today, isSoon ? soonDays : afterDays);
  const known = awaited !== undefined && (!isSoon || awaited.dueOn <= usual) ? awaited : undefined;
  const on = known?.dueOn ?? usual;
  const kept: readonly Command[] = [
    { type: 'open-concern', concernId, childId, outcome: 'unsure', words },
    { type: 'answer-concern', concernId, answer: 'follow-up', followUpOn: on },
  ];
  if (known) return { on, followUpId: known.id, commands: kept };
  const followUpId = context.newId();
  const look = { childId, contactId: null, concernId, ownerId: null, text: null, dueOn: on };
  return { on, followUpId, commands: [...kept, { type: 'open-follow-up', followUpId, ...look }] };
}

/**
 * The question about these words; the child only where one is certainly meant. Words that were said alone, and not in
 * the middle of something else, are asked about by name as well.
 */
export function beginAskDanger(
  signal: string,
  words: string,
  child: string | null,
  { isAlone = false } = {},
): Frame {
  return begin(askDanger, {
    signal,
    ...(isAlone ? { alone: true } : {}),
    words: words.slice(0, WORDS_LIMIT),
    ...(child === null ? {} : { child }),
  });
}

function joined(before: string, words: string): string {
  return `${before}；${words.trim()}`.slice(0, WORDS_LIMIT);
}
