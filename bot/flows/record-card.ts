import { z } from 'zod';
import { NOBODY } from '../../server/domain/attempt.ts';
import { partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { Choice, Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { noteNow } from './note-now.ts';
import { urgentOption } from './open-report.ts';
import { noteOfFrame } from './record-note.ts';
import { metList, slotsOf } from './record-slots.ts';
import { sentIn, sentLines } from './sent.ts';
import { shownWords } from './shown-words.ts';
import { siblingsOf } from './trip-lines.ts';
import { isLockedDoor, saysTryAgain, tryAgainChoice, TRY_AGAIN } from './try-again.ts';

/** So many brothers and sisters of the same home are offered on a card. */
const SIBLINGS_OFFERED = 2;

/** The card: everything that was understood, with the day and its weekday, and the question that is always asked. */
export function cardSlot(id: 'record-visit' | 'record-contact'): Slot {
  return {
    id: 'outcome',
    schema: z.union([
      z.enum(['none', 'worried', 'unsure', 'change', TRY_AGAIN]),
      z.string().startsWith('add:'),
    ]),
    ask: (frame, view) =>
      say('record.card', {
        title: say(`record.title-${id}`),
        lines: cardLines(frame, view),
        last: lastQuestion(frame, view),
      }),
    choices: (frame, view) => [
      ...(mayBeCalm(frame, view) ? [{ code: 'none', value: 'none', label: say('outcome.none') }] : []),
      ...(isLockedDoor(frame, view) ? [tryAgainChoice()] : []),
      { code: 'worried', value: 'worried', label: say('outcome.worried') },
      { code: 'unsure', value: 'unsure', label: say('outcome.unsure') },
      { code: 'change', value: 'change', label: say('record.change') },
      ...siblingChoices(frame, view),
      ...(typeof frame.slots.signal === 'string' ? [dangerChoice()] : []),
    ],
    shows: (frame, view) => {
      const { child } = slotsOf(frame, view);
      return { screen: 'record-card', childIds: child ? [child.id] : [] };
    },
    missed: 'record.choose-below',
    refuses: (heard, frame, view) =>
      saysCalm(heard) && !mayBeCalm(frame, view) ? say('record.calm-unseen') : null,
    read: (heard, frame, view) => {
      const word = bareWord(heard.text);
      if (saysTryAgain(heard) && isLockedDoor(frame, view)) return TRY_AGAIN;
      if (saysCalm(heard) && mayBeCalm(frame, view)) return 'none';
      if (/^(有担心|有点担心|担心|worried)$/iu.test(word)) return 'worried';
      if (/^(不确定|说不准|不知道|unsure|not sure)$/iu.test(word)) return 'unsure';
      if (/^(改|改一处|不对|错了|change)$/iu.test(word)) return 'change';
      return undefined;
    },
  };
}

export function saysCalm({ text }: Heard): boolean {
  return /^(未发现异常|没有?异常|nothing unusual found)$/iu.test(bareWord(text));
}

/** "王家欣也见到了": a brother or sister of the same home, offered and never assumed. */
function siblingChoices(frame: Frame, view: View): readonly Choice[] {
  const { child, mode } = slotsOf(frame, view);
  // What was sent belongs to this child's record; the trip card carries words only.
  if (!child || mode !== 'home' || sentIn(frame).length > 0) return [];
  return siblingsOf([child.id], view)
    .slice(0, SIBLINGS_OFFERED)
    .map(({ id, name }) => ({
      code: id,
      value: `add:${id}`,
      label: say('trip.sibling-too', { child: name }),
    }));
}

/** The red button beside a phrase that may speak of danger. */
function dangerChoice(): Choice {
  return { code: 'urgent', value: 'worried', label: say('menu.urgent'), command: urgentOption().id };
}

/** 未发现异常 is not offered when the child was not seen: nobody can say so who has not looked. */
function mayBeCalm(frame: Frame, view: View): boolean {
  const { mode, seen, met } = slotsOf(frame, view);
  return mode === 'phone' ? met?.includes(NOBODY) !== true : seen === true;
}

function lastQuestion(frame: Frame, view: View): Say {
  const { child } = slotsOf(frame, view);
  if (typeof frame.slots.signal === 'string')
    return say('record.last-question-signal', { child: child?.name ?? '' });
  if (isLockedDoor(frame, view)) return say('record.last-question-locked', { child: child?.name ?? '' });
  if (!mayBeCalm(frame, view)) return say('record.last-question-unseen', { child: child?.name ?? '' });
  return say(frame.slots.mode === 'phone' ? 'record.last-question-heard' : 'record.last-question', {
    child: child?.name ?? '',
  });
}

function cardLines(frame: Frame, view: View): Say[] {
  const { child, on, mode, met, seen } = slotsOf(frame, view);
  const note = noteOfFrame(frame, view, noteNow);
  const lines: Say[] = [say('record.card-child', { child: child?.name ?? '' })];
  if (on !== null) lines.push(dayLine(on, view));
  if (mode !== null) lines.push(say('record.card-mode', { mode: say(`mode.${mode}`) }));
  if (met !== null && met.length > 0) lines.push(say('record.card-met', { met: metList(met) }));
  if (seen !== null)
    lines.push(say('record.card-seen', { seen: say(seen ? 'record.seen' : 'record.not-seen') }));
  if (note !== null) lines.push(say('record.card-note', { note: shownWords(note) }));
  return [...lines, ...sentLines(frame)];
}

/** The day with its weekday, and with its year where that is not this one. */
function dayLine(on: LocalDate, view: View): Say {
  const isThisYear = partsOf(on).year === partsOf(view.today).year;
  return say(isThisYear ? 'record.card-day' : 'record.card-day-year', { on });
}
