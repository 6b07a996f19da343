import { plain, say, type Reply } from '../../server/domain/say.ts';
import { emptied, filled, type Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { dutyLines } from './numbers.ts';
import { childSlot } from './record-slots.ts';

/** Names that are on no list of this person, as they were said. */
const UNLISTED = 'unlisted';
const NONE = '';
/** 都不是, as an answer to which child is meant. */
export const SAYS_NONE = /^(都不是|不在(名单|里面)|名单里?没有|没有(这个|他|她)|none)/u;

/** 赵小虎 is the name of no child on the list. */
export function isUnknownName({ slots }: Frame): boolean {
  return typeof slots.unclear === 'string' && !Array.isArray(slots.candidates);
}

/** Which child; a name that is on no list may stay the name of nobody. */
export function listedChildSlot(askKey: string): Slot {
  const slot = childSlot(askKey);
  const none = { code: 'none', value: NONE, label: say('record.none-of-these') };
  return {
    ...slot,
    choices: (frame, view) => [...(isUnknownName(frame) ? [none] : []), ...slot.choices(frame, view)],
    read: (heard, frame, view) =>
      SAYS_NONE.test(bareWord(heard.text)) ? NONE : slot.read?.(heard, frame, view),
  };
}

/** The frame once it was said that the name is none of these. */
export function unlistedTaken(frame: Frame): Frame {
  const { child, unclear } = frame.slots;
  return child === NONE && typeof unclear === 'string' && isUnknownName(frame)
    ? withUnlisted(emptied(frame, 'child'), unclear)
    : frame;
}

export function withUnlisted(frame: Frame, quote: string): Frame {
  return filled(frame, UNLISTED, [...unlistedIn(frame), quote]);
}

export function unlistedIn({ slots }: Frame): readonly string[] {
  const names = slots[UNLISTED];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** That nothing was stored of a child on no list, and who can help; nothing where there is none. */
export function unlistedReplies(frame: Frame, view: View, words: 'kept' | 'lost'): readonly Reply[] {
  const names = unlistedIn(frame);
  if (names.length === 0) return [];
  const kept = say(words === 'kept' ? 'record.unlisted-kept' : 'record.unlisted-lost');
  return [say('record.unlisted', { names: names.map(plain), kept, helps: dutyLines(view) })];
}

/** The words wait as a draft, for the day the child is on the list. */
export function asDraft(frame: Frame): Frame {
  return emptied(frame, UNLISTED, 'child');
}
