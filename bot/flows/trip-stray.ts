import { z } from 'zod';
import { CHILD_ITSELF } from '../../server/domain/attempt.ts';
import { ENCOUNTER_MODES, isCall } from '../../server/domain/cadence/child-facts.ts';
import { plain, say } from '../../server/domain/say.ts';
import type { Heard, Mode } from '../dialog/event.ts';
import { emptied, filled, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { withMoreWords } from './note-words.ts';
import { MET_THERE, correctsWay } from './put-right.ts';
import { changed, seenAs, tripOf, type TripLine } from './trip-lines.ts';
import { modesIn, namedIn } from './trip-slots.ts';

/** The questions that ask for the way themselves. */
const ASKS_WAY = /^(?:mode|mode-of|which|redo|change|whose-way)$/u;
const ALL = 'all';

/** A way that is not that of the trip, said of nobody by name: of whom it was said is asked, with the very words. Null for the rest. */
export function withStrayWay(frame: Frame, heard: Heard, view: View): Frame | null {
  const { mode, text } = heard;
  const words = text.trim();
  const { lines } = tripOf(frame, view);
  const isOwn = lines.some((line) => line.mode !== undefined);
  if (mode === null || namedIn(heard).length > 0 || heard.signals.length > 0) return null;
  if (!correctsWay(words) || ASKS_WAY.test(frame.asking ?? '')) return null;
  if (modesIn(frame, view).includes(mode) && !isOwn) return null;
  const open = filled(filled(frame, 'strayWay', mode), 'strayWords', words);
  return lines.length === 1 || words.includes('都') ? strayTaken(filled(open, 'whose-way', ALL), view) : open;
}

/** Whether a way was said and it is not known of whom. */
export function isWayAstray({ slots }: Frame): boolean {
  return typeof slots.strayWay === 'string';
}

/** 说的是谁: one child of the trip, or all. */
export const whoseWaySlot: Slot = {
  id: 'whose-way',
  schema: z.string(),
  missed: 'record.choose-below',
  ask: (frame) => say('trip.ask-whose-way', { words: textOf(frame, 'strayWords') }),
  choices: (frame, view) => [
    ...tripOf(frame, view).lines.map(({ childId }) => ({
      code: childId,
      value: childId,
      label: plain(childOf(view, childId)?.name ?? ''),
    })),
    { code: ALL, value: ALL, label: say('trip.all-of-them') },
  ],
  read: (heard, frame, view) => {
    const [only, ...more] = namedIn(heard);
    const isThere = tripOf(frame, view).lines.some((line) => line.childId === only);
    if (only !== undefined && more.length === 0 && isThere) return only;
    return /^(都|全|两个|[三四五几]个|大家|both|all)/u.test(heard.text.trim()) ? ALL : undefined;
  },
};

/** 碰上的 says that it was seen; of a voice on the telephone nobody says so. */
function metSo(line: TripLine, mode: Mode, words: string): TripLine {
  if (isCall(mode)) return { ...line, seen: null, met: line.met.filter((who) => who !== CHILD_ITSELF) };
  return mode === 'elsewhere' && MET_THERE.test(words) && line.seen === null ? seenAs(line, true) : line;
}

/** The way, and the words that tell it, stand with the children they were said of. */
export function strayTaken(frame: Frame, view: View): Frame {
  const whose = frame.slots['whose-way'];
  const mode = ENCOUNTER_MODES.find((one) => one === frame.slots.strayWay);
  if (typeof whose !== 'string' || mode === undefined) return frame;
  const words = textOf(frame, 'strayWords');
  const ids = tripOf(frame, view).lines.flatMap(({ childId }) =>
    whose === ALL || whose === childId ? [childId] : [],
  );
  const told = changed(frame, ids, (line) => {
    return {
      ...metSo(line, mode, words),
      mode,
      besides: false,
      note: withMoreWords(line.note, words),
      own: withMoreWords(line.own, words),
    };
  });
  return emptied(told, 'whose-way', 'strayWay', 'strayWords', 'outcome', 'again');
}
