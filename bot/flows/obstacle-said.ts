import { z } from 'zod';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import { begin, filled, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { awaySpan } from '../understanding/away-span.ts';
import { awayWords, companionIn, dayAhead } from '../understanding/away-words.ts';
import { tellsGone } from '../understanding/gone-words.ts';
import { reasonWords } from '../understanding/reason-words.ts';
import { away } from './away.ts';
import { withMoreWords } from './note-words.ts';
import { certainChild } from './record-slots.ts';
import { shownWords } from './shown-words.ts';
import { spokenNames } from './spoken-names.ts';

/** So much beside a name tells something. */
const STORY = 4;

/** What kept the director away, as it was said; that nothing was said, where nothing was. */
export function reasonLine(frame: Frame, kind: string, view: View): Say {
  if (kind !== 'other') return say(`obstacle.${kind}`);
  const words = reasonSaid(textOf(frame, 'note'), frame, view);
  if (words === null) return say(frame.asked.includes('kind') ? 'obstacle.other' : 'obstacle.not-said');
  const shown = shownWords(words);
  return typeof shown === 'string' ? plain(shown) : shown;
}

function reasonSaid(words: string, { slots }: Frame, view: View): string | null {
  const child = childOf(view, slots.child);
  return reasonWords(words, child ? spokenNames(child) : [], view.today);
}

/** The answer to why it could not be, in words that are none of ours: 家里摆酒席. */
export function tellsReason(heard: Heard, frame: Frame, view: View): boolean {
  const isOfAnother = heard.mentions.some((m) => !m.candidates.some((c) => c.childId === frame.slots.child));
  return !isOfAnother && heard.intent === null && reasonSaid(heard.text, frame, view) !== null;
}

/** The frame with these words in its note, where they tell why, besides what they answer. */
export function withReason(frame: Frame, heard: Heard, view: View): Frame {
  if (!tellsReason(heard, frame, view)) return frame;
  return filled(frame, 'note', withMoreWords(textOf(frame, 'note'), heard.text.trim()));
}

/** 没去看，他们走了: whether the child is away, or the family was only out. */
export const goneSlot: Slot = {
  id: 'gone',
  schema: z.enum(['yes', 'no']),
  missed: 'record.choose-below',
  ask: (frame, view) => say('obstacle.ask-gone', { child: childOf(view, frame.slots.child)?.name ?? '' }),
  choices: () => [
    { code: 'gone', value: 'yes', label: say('obstacle.gone') },
    { code: 'out', value: 'no', label: say('obstacle.only-out') },
  ],
  read: (heard, _frame, view) => {
    const word = bareWord(heard.text);
    // "20号再去": whoever goes again expects them there.
    if (/再[去看跑]|改天/u.test(word) || dayAhead(heard.text, view.today) !== null) return 'no';
    if (/没在家|出门|走亲戚|赶集|赶圩|就回|还回|^(?:不是|没有?|没走|还在|no)$/u.test(word)) return 'no';
    return /^(?:是的?|对的?|嗯+|不在村了?|走了|搬走了|yes)$|不在村/u.test(word) ? 'yes' : undefined;
  },
};

/** Another child, with more than its name: a story of its own. */
export function tellsOfAnotherChild(heard: Heard, { slots }: Frame): boolean {
  const other = certainChild(heard);
  const rest = heard.mentions.reduce((text, { quote }) => text.replace(quote, ''), bareWord(heard.text));
  return (
    typeof slots.child === 'string' &&
    other !== undefined &&
    heard.mentions.every((m) => m.candidates.every((c) => c.childId !== slots.child)) &&
    rest.length >= STORY
  );
}

/** Whether the words of this obstacle say that the child went away. */
export function mayBeGone(frame: Frame, view: View): boolean {
  const child = childOf(view, frame.slots.child);
  return child !== undefined && tellsGone(textOf(frame, 'note'), spokenNames(child), view.today);
}

/** 不在村, with what the words of the obstacle say of it. */
export function awayInstead(frame: Frame, view: View): Frame {
  const note = textOf(frame, 'note');
  const { from, until } = awaySpan(note, view.today);
  const told = awayWords(note, view.today) ?? { companion: companionIn(note), from, until };
  const known = Object.entries(told).filter(([, value]) => value !== null);
  return begin(away, { child: textOf(frame, 'child'), ...Object.fromEntries(known) });
}
