import { z } from 'zod';
import { plain, say, type Say } from '../../server/domain/say.ts';
import type { Choice, Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { isLockedDoor, leftOutOf, tripOf, type TripLine } from './trip-lines.ts';
import { askedAbout, namedIn, plainNames } from './trip-slots.ts';
import { TRY_AGAIN, saysTryAgain, tryAgainChoice } from './try-again.ts';

/** The answer that ends ticking children one by one. */
export const ALL_TICKED = 'done';
/** The question which child was not visited after all. */
export const UNMADE = 'unmade';

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

/** 没去成, and nobody said who: which of the children. */
export const unmadeSlot = tickSlot(
  UNMADE,
  (frame, view) => tripOf(frame, view).lines,
  (frame, view) => {
    const ticked = leftOutOf(frame, view);
    return ticked.length === 0
      ? say('trip.ask-unmade')
      : say('trip.ask-unmade-more', { ticked: ticked.map(plain) });
  },
  () => true,
);

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
  schema: z.enum(['worried', 'unsure', TRY_AGAIN]),
  ask: (frame, view) =>
    say(
      areLocked(frame, view)
        ? 'trip.ask-degree-locked'
        : frame.slots.outcome === 'calm'
          ? 'trip.ask-degree-unseen'
          : 'trip.ask-degree',
      { children: worriedNames(frame, view) },
    ),
  choices: (frame, view) => [
    ...(areLocked(frame, view) ? [tryAgainChoice()] : []),
    { code: 'worried', value: 'worried', label: say('outcome.worried') },
    { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
  ],
  read: (heard, frame, view) => {
    const word = bareWord(heard.text);
    if (saysTryAgain(heard) && areLocked(frame, view)) return TRY_AGAIN;
    if (/^(有|有点)?担心|^worried$/u.test(word)) return 'worried';
    return /^(不确定|说不准|不知道|unsure|not sure)$/u.test(word) ? 'unsure' : undefined;
  },
};

/** Nobody was ticked, and those who were not seen were behind locked doors. */
function areLocked(frame: Frame, view: View): boolean {
  const trip = tripOf(frame, view);
  const unseen = trip.lines.filter((line) => trip.worry.includes(line.childId));
  return frame.slots.outcome === 'calm' && unseen.every((line) => isLockedDoor(line, trip));
}
