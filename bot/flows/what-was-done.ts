import { z } from 'zod';
import { say } from '../../server/domain/say.ts';
import { begin, emptied, filled, type Flow } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { plainNames } from './trip-slots.ts';
import { bareWord } from '../dialog/words.ts';
import { recordTrip } from './trip.ts';
import { tripOf } from './trip-lines.ts';

/** Unanswered for so long, nothing was visited and nobody called (our default). */
const PATIENCE_MS = 24 * 3_600_000;

/** Words about several children that tell of no visit and no call: whether there was one is asked before anything. */
export const whatWasDone: Flow = {
  id: 'what-was-done',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    {
      id: 'done',
      schema: z.enum(['visit', 'contact', 'neither']),
      missed: 'record.choose-below',
      ask: (frame, view) =>
        say('free-words.what-was-done', { children: plainNames(tripOf(frame, view).lines, view) }),
      choices: () =>
        (['visit', 'contact', 'neither'] as const).map((code) => ({
          code,
          value: code,
          label: say(`free-words.done-${code}`),
        })),
      read: (heard) => {
        const word = bareWord(heard.text);
        if (/^(都)?(没有?|没去|不是|都没有|不记)(了|过)?$|^no$/u.test(word)) return 'neither';
        if (/^(都)?(去|看|走访|见)(看)?过?了?$/u.test(word)) return 'visit';
        return /^(都)?(打|联系)过?了?(电话)?$/u.test(word) ? 'contact' : undefined;
      },
      shows: (frame, view) => ({
        screen: 'record-card',
        childIds: tripOf(frame, view).lines.map((line) => line.childId),
      }),
    },
  ],
  next: ({ slots }) => (slots.done === undefined ? 'done' : null),
  onSilence: () => ({ replies: [], commands: [] }),
  finish: (frame) => {
    const { done } = frame.slots;
    if (done !== 'visit' && done !== 'contact')
      return { replies: [say('free-words.nothing-done')], commands: [] };
    return { replies: [], commands: [], then: [begin(recordTrip, tripSlots(frame, done))] };
  },
};

/** The question, with the trip it may become. */
export function beginWhatWasDone({ slots }: Frame): Frame {
  return begin(whatWasDone, slots);
}

function tripSlots(frame: Frame, done: 'visit' | 'contact'): Frame['slots'] {
  const told = filled(emptied(frame, 'done', 'mode'), 'kind', done);
  return done === 'visit' ? filled(told, 'mode', 'home').slots : told.slots;
}
