import { z } from 'zod';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { DAYPARTS, timeTold, visitAnswers, type Appointment } from '../../server/domain/family/visit.ts';
import { say } from '../../server/domain/say.ts';
import { begin, filled, type CommandRun, type CommandWord, type Flow, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { visitDay } from '../understanding/visit-plan.ts';
import { visitReplyIn } from '../understanding/visit-reply.ts';
import { asking, directorsOf, homeBound } from './family-home.ts';
import { daysAhead } from './days-ahead.ts';

const PATIENCE_MS = 2 * 3_600_000;
const OFFERED_DAYS = [1, 2, 3];
const WORDS_LIMIT = 100;

const daySlot: Slot = {
  id: 'on',
  schema: z.string().refine((text) => parseLocalDate(text) !== null),
  missed: 'visit-told.day-unclear',
  ask: () => say('visit-told.ask-day'),
  choices: (_frame, view) => daysAhead(OFFERED_DAYS, view.today),
  read: (heard, _frame, view) => visitDay(heard.text, view.today)?.on,
};

/** 改时间: one line, when it would suit better. Whoever goes is asked. */
export const visitWish: Flow = {
  id: 'visit-wish',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [daySlot],
  next: ({ slots }) => (slots.on === undefined ? 'on' : null),
  settle: (frame, heard, view) => {
    if (heard === null) return frame;
    const said = filled(frame, 'text', heard.text.trim().slice(0, WORDS_LIMIT));
    const part = visitDay(heard.text, view.today)?.part ?? null;
    return part === null ? said : filled(said, 'part', part);
  },
  finish: (frame, view) => {
    const all = together(textOf(frame, 'visit'), view);
    const on = parseLocalDate(textOf(frame, 'on'));
    const [first] = all;
    if (first === undefined || on === null) return { replies: [say('visit-told.gone')], commands: [] };
    const part = DAYPARTS.find((one) => one === frame.slots.part) ?? null;
    const visits = all.map(({ id, rev, on: day, part: partBefore }) => ({
      id,
      rev,
      on: day,
      part: partBefore,
    }));
    return {
      replies: [say('visit-told.asked')],
      commands: [
        {
          type: 'wish-visit',
          ...{ visits, wish: { on, part }, text: textOf(frame, 'text') },
          ...{ children: all.map(({ childId }) => nameOf(childId, view)), tells: [first.directorId] },
        },
      ],
    };
  },
  // Whoever wrote that the day does not suit and names no other one: the director hears it, so that she does not go in vain.
  onSilence: (frame, view, context) => {
    const said = textOf(frame, 'said');
    if (said === '' || homeBound(view) === null || together(textOf(frame, 'visit'), view).length === 0)
      return { replies: [], commands: [] };
    return {
      replies: [say('visit-told.no-day')],
      commands: [asking('call-director', { text: said }, view, context)],
    };
  },
};

/** 在家, under a visit that was announced. */
export const visitHomeWord: CommandWord = {
  id: 'visit-home',
  words: ['在家', '在家的', '我在家', '都在家'],
  allowed: hasVisits,
  run: ({ target, view }) => atHome(together(target, view), view, false),
};

/** 改时间, beside it. */
export const visitWishWord: CommandWord = {
  id: 'visit-wish',
  words: ['改时间', '换时间', '改个时间', '换个时间', '不在家', '没在家'],
  allowed: hasVisits,
  run: ({ target, heard, view }) => {
    const [first] = together(target, view);
    return first === undefined ? changed(view) : wishing(first, heard?.text ?? '', {});
  },
};

/**
 * 在家等你, 那天没空，周六吧: an answer in their own words to the next visit they were told of; undefined where none stands
 * or the words are no answer.
 */
export function visitReplied(text: string, view: View): CommandRun | undefined {
  const [first] = hasVisits(view) ? together(null, view) : [];
  const reply = first === undefined ? null : visitReplyIn(text, view.today);
  if (first === undefined || reply === null) return undefined;
  if (reply.kind === 'home') return atHome(together(null, view), view, reply.asksWhen);
  const { instead } = reply;
  const isOther = instead !== null && (instead.on !== first.on || instead.part !== first.part);
  const part = isOther && instead.part !== null ? { part: instead.part } : {};
  return wishing(first, text, isOther ? { on: instead.on, ...part } : {});
}

function atHome(all: readonly Appointment[], view: View, asksWhen: boolean): CommandRun {
  const [first] = all;
  if (first === undefined) return changed(view);
  const seeYou = say('visit-told.see-you', { when: timeTold(first, view.today) });
  const home = asksWhen ? homeBound(view) : null;
  const lines = home === null ? [] : directorsOf(home, view);
  return {
    replies: lines.length === 0 ? [seeYou] : [seeYou, say('family-home.ask-her', { lines })],
    commands: [{ type: 'visit-at-home', visits: all.map(({ id, rev }) => ({ id, rev })) }],
  };
}

function wishing({ id }: Appointment, words: string, time: Frame['slots']): CommandRun {
  const said = words.trim().slice(0, WORDS_LIMIT);
  const told = said === '' ? {} : { said, text: said };
  return { replies: [], commands: [], then: [begin(visitWish, { visit: id, ...told, ...time })] };
}

/** Only whoever a director confirmed reads of a visit, and only of one that was told. */
function hasVisits({ home, visits }: View): boolean {
  return home?.standing === 'bound' && !home.noContact && visits !== undefined;
}

function told(view: View): readonly Appointment[] {
  return (view.visits?.appointments ?? []).filter(
    ({ told: isTold, state, on }) => isTold && state !== 'missed' && on >= view.today,
  );
}

/** The visit of a button, or the next one, with those that were told in the same message. */
function together(target: string | null, view: View): readonly Appointment[] {
  const all = told(view);
  const one = target === null ? all[0] : all.find(({ id }) => id === target);
  if (one === undefined) return [];
  return all.filter(
    ({ id, tripId, on }) => id === one.id || (tripId !== null && tripId === one.tripId && on === one.on),
  );
}

/** The button of an older message: what holds now. */
function changed(view: View): CommandRun {
  const [next] = told(view);
  if (next === undefined) return { replies: [say('visit-told.gone')], commands: [] };
  const reply = say('visit-told.now', { when: timeTold(next, view.today) });
  return { replies: [{ ...reply, options: visitAnswers(next.id, next.atHome) }], commands: [] };
}

function nameOf(childId: string, { home }: View): string {
  return home?.children.find(({ id }) => id === childId)?.name ?? '';
}
