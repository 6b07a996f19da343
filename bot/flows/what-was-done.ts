import { z } from 'zod';
import { plain, say, type Say } from '../../server/domain/say.ts';
import { begin, emptied, filled, type Flow } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { plainNames, unclearOf } from './trip-slots.ts';
import { bareWord } from '../dialog/words.ts';
import { keepSlot, keptTold, mayKeep } from './keep-told.ts';
import { recordContact } from './record-contact.ts';
import { recordVisit } from './record-visit.ts';
import { recordTrip } from './trip.ts';
import { tripOf } from './trip-lines.ts';

/** Unanswered for so long, nothing was visited and nobody called (our default). */
const PATIENCE_MS = 24 * 3_600_000;

/** Words about children that tell of no visit and no call: whether there was one is asked before anything. */
export const whatWasDone: Flow = {
  id: 'what-was-done',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'done',
      schema: z.enum(['visit', 'contact', 'neither']),
      missed: 'record.choose-below',
      ask: (frame, view) => say('free-words.what-was-done', { children: spokenOf(frame, view) }),
      choices: () =>
        (['visit', 'contact', 'neither'] as const).map((code) => ({
          code,
          value: code,
          label: say(`free-words.done-${code}`),
        })),
      read: (heard) => {
        const word = bareWord(heard.text);
        if (/^(都)?(没有?|没去|不是|都没有|不记|听(别人)?说的?)(了|过|，?不记)?$|^no$/u.test(word))
          return 'neither';
        if (/^(都)?(去|看|走访|见)(看)?过?了?$/u.test(word)) return 'visit';
        return /^(都)?(打|联系)过?了?(电话)?$/u.test(word) ? 'contact' : undefined;
      },
      shows: (frame, view) => ({
        screen: 'record-card',
        childIds: isOfOne(frame)
          ? [frame.slots.child].filter((id) => typeof id === 'string')
          : tripOf(frame, view).lines.map((line) => line.childId),
      }),
    },
    keepSlot(idsOf),
  ],
  next: (frame, view) => {
    const { done, keep } = frame.slots;
    if (done === undefined) return 'done';
    return done === 'neither' && keep === undefined && mayKeep(frame, idsOf(frame, view)) ? 'keep' : null;
  },
  // 嘉怡爸爸不让我去, told while this is asked, is taken up and not passed over.
  tellsOfAnother: (heard, frame, view) => {
    const here = idsOf(frame, view);
    const named = heard.mentions.flatMap(({ candidates }) => candidates.map(({ childId }) => childId));
    return named.length > 0 && named.every((id) => !here.includes(id));
  },
  onSilence: () => ({ replies: [], commands: [] }),
  finish: (frame, view, context) => {
    const { done } = frame.slots;
    const kept = keptTold(frame, view, context);
    if (kept !== null) return kept;
    if (done !== 'visit' && done !== 'contact')
      return { replies: [say('free-words.nothing-done')], commands: [] };
    const { slots } = told(frame, done);
    const one = done === 'visit' ? recordVisit : recordContact;
    return { replies: [], commands: [], then: [begin(isOfOne(frame) ? one : recordTrip, slots)] };
  },
};

/** The question, with the record or the trip it may become. */
export function beginWhatWasDone({ slots }: Frame): Frame {
  return begin(whatWasDone, slots);
}

/** One child, or one name nobody can be sure of. */
function isOfOne({ slots }: Frame): boolean {
  return slots.lines === undefined;
}

/** Every child these words may speak of. */
function idsOf(frame: Frame, view: View): readonly string[] {
  const { child, candidates } = frame.slots;
  const may = Array.isArray(candidates) ? candidates : [];
  const doubtful = unclearOf(frame).flatMap((one) => one.candidates);
  const lines = isOfOne(frame) ? [] : tripOf(frame, view).lines.map((line) => line.childId);
  return [child, ...may, ...doubtful, ...lines].filter((id) => typeof id === 'string');
}

/** The children these words speak of, and names as they were said where it is not known whose they are. */
function spokenOf(frame: Frame, view: View): readonly Say[] {
  const { child, unclear } = frame.slots;
  if (isOfOne(frame))
    return [plain(childOf(view, child)?.name ?? (typeof unclear === 'string' ? unclear : ''))];
  return [
    ...plainNames(tripOf(frame, view).lines, view),
    ...unclearOf(frame).map(({ quote }) => plain(quote)),
  ];
}

function told(frame: Frame, done: 'visit' | 'contact'): Frame {
  const open = emptied(frame, 'done', 'mode');
  const kind = isOfOne(frame) ? open : filled(open, 'kind', done);
  return done === 'visit' ? filled(kind, 'mode', 'home') : kind;
}
