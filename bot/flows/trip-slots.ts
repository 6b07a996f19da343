import { z } from 'zod';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { Choice, Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { certainChild, childLabel, daySlot, metSlot, modeSlot } from './record-slots.ts';
import { SAME_RECORD, earlierLine, readAgain } from './told-twice.ts';
import { namesOf, toldBefore, tripOf, type TripLine } from './trip-lines.ts';

/** The answer that ends ticking children one by one. */
export const ALL_TICKED = 'done';

/** A name nobody can be sure of: who is meant, or nobody of this trip. */
export interface UnclearName {
  readonly quote: string;
  readonly candidates: readonly string[];
}

export function unclearOf({ slots }: Frame): readonly UnclearName[] {
  return Array.isArray(slots.unclear) ? (slots.unclear as unknown as readonly UnclearName[]) : [];
}

/** The names as values of a sentence. */
export function plainNames(lines: readonly TripLine[], view: View): readonly Say[] {
  return namesOf(lines, view).map(plain);
}

/** Which child an unclear name means; it may also be left out. */
export const whichSlot: Slot = {
  id: 'which',
  schema: z.string(),
  ask: (frame) => {
    const [first] = unclearOf(frame);
    const key = (first?.candidates.length ?? 0) > 0 ? 'record.which-child' : 'record.child-unknown';
    return say(key, { quote: first?.quote ?? '' });
  },
  choices: (frame, view) => {
    const [first] = unclearOf(frame);
    const named = view.caseload.filter((c) => first?.candidates.includes(c.id) === true);
    const there = tripOf(frame, view).lines.map((line) => line.childId);
    const children = (named.length > 0 ? named : view.caseload).filter((c) => !there.includes(c.id));
    const none = { code: 'none', value: '', label: say('trip.leave-out') };
    return [...children.map((c) => ({ code: c.id, value: c.id, label: childLabel(c) })), none];
  },
  shows: (_frame, view, onPage) => ({
    screen: 'child-list',
    childIds: onPage.flatMap(({ code }) => (childOf(view, code) ? [code] : [])),
  }),
  read: (heard) => certainChild(heard),
};

export const tripDaySlot: Slot = { ...daySlot, ask: () => say('trip.ask-day') };

export const tripModeSlot: Slot = {
  ...modeSlot('trip.ask-mode', []),
  ask: (frame) => say(frame.slots.kind === 'contact' ? 'trip.ask-mode-contact' : 'trip.ask-mode'),
  choices: (frame) => modesOf(frame).map((mode) => ({ code: mode, value: mode, label: say(`mode.${mode}`) })),
  read: (heard, frame) =>
    heard.mode !== null && modesOf(frame).includes(heard.mode) ? heard.mode : undefined,
};

/** The modes that fit the trip: a way to several homes, or a round of calls. */
export function modesOf({ slots }: Frame): readonly ('home' | 'school' | 'phone' | 'video')[] {
  return slots.kind === 'contact' ? ['phone', 'video'] : ['home', 'school'];
}

/** The children of the trip a question is about: the one being corrected, or all of whom it is not known. */
export function askedAbout(frame: Frame, view: View, what: 'seen' | 'met' | 'note'): readonly TripLine[] {
  const { lines, mode } = tripOf(frame, view);
  if (frame.slots.redo === what) return lines.filter((line) => line.childId === frame.slots.part);
  if (what === 'note') return [];
  if (what === 'seen') return mode === 'phone' ? [] : lines.filter((line) => line.seen === null);
  return lines.filter((line) => line.met.length === 0);
}

/** 都见到了吗: one answer for all of whom nothing was said. */
export const tripSeenSlot: Slot = {
  id: 'seen',
  schema: z.enum(['yes', 'no', 'some']),
  ask: (frame, view) => {
    const lines = askedAbout(frame, view, 'seen');
    const key = tripOf(frame, view).mode === 'video' ? 'trip.ask-seen-video' : 'trip.ask-seen';
    return say(lines.length === 1 ? 'record.ask-seen' : key, {
      child: namesOf(lines, view)[0] ?? '',
      children: plainNames(lines, view),
    });
  },
  choices: (frame, view) => {
    const isOne = askedAbout(frame, view, 'seen').length === 1;
    const yes = { code: 'yes', value: 'yes', label: say(isOne ? 'record.seen' : 'trip.all-seen') };
    return isOne
      ? [yes, { code: 'no', value: 'no', label: say('record.not-seen') }]
      : [yes, { code: 'some', value: 'some', label: say('trip.some-unseen') }];
  },
  read: (heard, frame, view) => {
    if (heard.mentions.length > 0) return undefined;
    const word = bareWord(heard.text);
    const isOne = askedAbout(frame, view, 'seen').length === 1;
    if (/^(都|全)?(见|看)(到|着)了?|^(是的?|对|嗯+|有的?|都在|yes)$/u.test(word)) return 'yes';
    if (/^(都|一个也|全)没(见|看)(到|着)|^(没有?|没在|不在|no)$/u.test(word)) return isOne ? 'no' : 'some';
    return /^(没有?(见|看)(到|着)|没都|不是都|有的没)/u.test(word) ? (isOne ? 'no' : 'some') : undefined;
  },
};

/** Ticking children: each press takes one, 就这些 ends it; words may name several at once. */
function tickSlot(
  id: string,
  open: (frame: Frame, view: View) => readonly TripLine[],
  ask: (frame: Frame, view: View) => Say,
  mayEnd: (frame: Frame, view: View) => boolean,
): Slot {
  return {
    id,
    schema: z.union([z.literal(ALL_TICKED), z.array(z.string()).min(1).max(60)]),
    ask,
    choices: (frame, view) => [
      ...open(frame, view).map((line): Choice => ({
        code: line.childId,
        value: [line.childId],
        label: plain(childOf(view, line.childId)?.name ?? ''),
      })),
      ...(mayEnd(frame, view)
        ? [{ code: ALL_TICKED, value: ALL_TICKED, label: say('trip.that-is-all') }]
        : []),
    ],
    read: (heard, frame, view) => {
      if (/^(就这些|就这样|就.{0,4}(一)?个|没了|没有了|完了|that is all)$/u.test(bareWord(heard.text)))
        return mayEnd(frame, view) ? ALL_TICKED : undefined;
      const ids = namedIn(heard).filter((id) => open(frame, view).some((line) => line.childId === id));
      return ids.length > 0 ? ids : undefined;
    },
  };
}

/** The children these words certainly name. */
export function namedIn(heard: Heard): string[] {
  const ids = heard.mentions.flatMap((m) => (m.certain ? m.candidates.map((c) => c.childId) : []));
  return [...new Set(ids)];
}

export const unseenSlot = tickSlot(
  'unseen',
  (frame, view) => askedAbout(frame, view, 'seen'),
  (frame, view) => {
    const ticked = tickedUnseen(frame, view);
    return ticked.length === 0 ? say('trip.ask-unseen') : say('trip.ask-unseen-more', { ticked });
  },
  (frame, view) => tickedUnseen(frame, view).length > 0,
);

function tickedUnseen(frame: Frame, view: View): readonly Say[] {
  const { lines } = tripOf(frame, view);
  return plainNames(
    lines.filter((line) => line.seen === false),
    view,
  );
}

export const worriedSlot = tickSlot(
  'worried',
  (frame, view) => {
    const { lines, worry } = tripOf(frame, view);
    return lines.filter((line) => !worry.includes(line.childId));
  },
  (frame, view) => {
    const ticked = worriedNames(frame, view);
    return ticked.length === 0 ? say('trip.ask-worried') : say('trip.ask-worried-more', { ticked });
  },
  (frame, view) => tripOf(frame, view).worry.length > 0,
);

function worriedNames(frame: Frame, view: View): readonly Say[] {
  const { lines, worry } = tripOf(frame, view);
  return plainNames(
    lines.filter((line) => worry.includes(line.childId)),
    view,
  );
}

/** 有担心 or 不确定, for the children chosen. */
export const degreeSlot: Slot = {
  id: 'degree',
  schema: z.enum(['worried', 'unsure']),
  ask: (frame, view) =>
    say(frame.slots.outcome === 'calm' ? 'trip.ask-degree-unseen' : 'trip.ask-degree', {
      children: worriedNames(frame, view),
    }),
  choices: () => [
    { code: 'worried', value: 'worried', label: say('outcome.worried') },
    { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
  ],
  read: (heard) => {
    const word = bareWord(heard.text);
    if (/^(有|有点)?担心|^worried$/u.test(word)) return 'worried';
    return /^(不确定|说不准|不知道|unsure|not sure)$/u.test(word) ? 'unsure' : undefined;
  },
};

/** Who was met, once for all of whom it is not known. */
export const tripMetSlot: Slot = {
  ...metSlot,
  ask: (frame, view) =>
    say(frame.slots.kind === 'contact' ? 'trip.ask-spoke' : 'trip.ask-met', {
      children: plainNames(askedAbout(frame, view, 'met'), view),
    }),
  read: (heard, frame, view) => (heard.mentions.length > 0 ? undefined : metSlot.read?.(heard, frame, view)),
};

/** 这几条好像已经记过. */
export const tripAgainSlot: Slot = {
  id: 'again',
  schema: z.string().max(120),
  ask: (frame, view) => {
    const { on, mode } = tripOf(frame, view);
    const children = toldBefore(frame, view).ids.flatMap((id) => childOf(view, id) ?? []);
    const lines = on === null || mode === null ? [] : children.map((c) => earlierLine(c, on, mode));
    return say('told-twice.ask', { line: lines });
  },
  choices: (frame, view) => [
    { code: SAME_RECORD, value: SAME_RECORD, label: say('told-twice.same') },
    { code: 'other', value: toldBefore(frame, view).key, label: say('told-twice.other') },
  ],
  read: (heard, frame, view) => readAgain(heard.text, toldBefore(frame, view).key),
};

/** 改一处: the day, the way, or one child. */
export const tripChangeSlot: Slot = {
  id: 'change',
  schema: z.string(),
  ask: () => say('record.ask-change'),
  choices: (frame, view) => [
    ...['on', 'mode'].map((line) => ({ code: line, value: line, label: say(`record.line-${line}`) })),
    ...tripOf(frame, view).lines.map((line) => ({
      code: line.childId,
      value: line.childId,
      label: plain(childOf(view, line.childId)?.name ?? ''),
    })),
  ],
  read: (heard, frame, view) => {
    const [only, ...more] = namedIn(heard);
    const isThere = tripOf(frame, view).lines.some((line) => line.childId === only);
    return only !== undefined && more.length === 0 && isThere ? only : undefined;
  },
};

/** What of the child's line is to be said again. */
export const redoSlot: Slot = {
  id: 'redo',
  schema: z.enum(['seen', 'met', 'note', 'remove']),
  ask: (frame, view) => say('trip.ask-redo', { child: childOf(view, frame.slots.part)?.name ?? '' }),
  choices: (frame) => [
    ...(frame.slots.mode === 'phone'
      ? []
      : [{ code: 'seen', value: 'seen', label: say('record.line-seen') }]),
    { code: 'met', value: 'met', label: say('record.line-met') },
    { code: 'note', value: 'note', label: say('record.line-note') },
    { code: 'remove', value: 'remove', label: say('trip.leave-out') },
  ],
};

/** One child's note, said anew. */
export const tripNoteSlot: Slot = {
  id: 'note',
  freeText: true,
  schema: z.string().max(2000).nullable(),
  ask: (frame, view) => say('record.ask-note', { child: childOf(view, frame.slots.part)?.name ?? '' }),
  choices: () => [{ code: 'skip', value: null, label: say('record.skip') }],
  read: (heard) => heard.text.trim().slice(0, 2000),
};
