import { z } from 'zod';
import type { RequestAbout } from '../../server/domain/family/request.ts';
import { parseLocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import { begin, type Context, type Flow, type FlowEnd, type Slot } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { dayOf, saysNobodyCares, type Moving } from '../understanding/family-words.ts';
import { beginAskDanger } from './ask-danger.ts';
import { asking } from './family-home.ts';
import { whoSlot, whoOf } from './family-who.ts';

/** Half an hour without a word: what was told goes to the director as it is (our default). */
const PATIENCE_MS = 30 * 60_000;
const SHORT = 60;
const WORDS_LIMIT = 4000;
/** 还没定: nobody has decided it yet. */
const OPEN = '.open';
const OTHER = '.other';
const NOBODY = '.nobody';
const NOT_KNOWN = /^(?:还)?(?:没定|没想好|不知道|不清楚|没确定|不一定|not yet)$/u;

const place: Slot = {
  id: 'place',
  schema: z.string().min(1),
  freeText: true,
  ask: () => say('family-leaves.ask-place'),
  choices: () => [{ code: 'open', value: OPEN, label: say('family-leaves.open') }],
  read: ({ text }) =>
    NOT_KNOWN.test(bareWord(text))
      ? OPEN
      : bareWord(text)
          .replace(/^(?:去|到)/u, '')
          .slice(0, SHORT),
};

/** A day where the words hold one, the words themselves otherwise: it is asked once. */
const day: Slot = {
  id: 'day',
  schema: z.string().min(1),
  freeText: true,
  ask: ({ slots }) => say(slots.kind === 'returning' ? 'family-leaves.ask-back' : 'family-leaves.ask-day'),
  choices: () => [{ code: 'open', value: OPEN, label: say('family-leaves.open') }],
  read: ({ text }, _frame, { today }) => {
    const word = bareWord(text);
    return NOT_KNOWN.test(word) ? OPEN : (dayOf(word, today).on ?? word.slice(0, SHORT));
  },
};

/** The adults of the child by name; whoever else, in words. */
const carer: Slot = {
  id: 'carer',
  schema: z.string().min(1),
  freeText: true,
  ask: () => say('family-leaves.ask-carer'),
  choices: (frame, view) => [
    ...adultsLeft(frame, view).map(({ id, name }) => ({ code: id, value: name, label: plain(name) })),
    { code: 'other', value: OTHER, label: say('family-leaves.other') },
    { code: 'open', value: OPEN, label: say('family-leaves.open') },
  ],
  read: ({ text }) => {
    const word = bareWord(text);
    if (NOT_KNOWN.test(word)) return OPEN;
    return saysNobodyCares(word) ? NOBODY : word.replace(/带$/u, '').slice(0, SHORT);
  },
};

const other: Slot = {
  id: 'other',
  schema: z.string().min(1),
  freeText: true,
  ask: () => say('family-leaves.ask-other'),
  choices: () => [],
  read: ({ text }) => text.trim().slice(0, SHORT),
};

/**
 * 外出, 回来: where, when, who looks after the child; each asked once. Delegated care is looked at by the director (未成年人
 * 保护法 第21—23条); a child that nobody looks after is asked about as danger.
 */
export const familyLeaves: Flow = {
  id: 'family-leaves',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [whoSlot('family-leaves.ask-who'), place, day, carer, other],
  next: (frame, view) => {
    const { slots } = frame;
    if (slots.who === undefined && slots.isOther !== true && (view.home?.persons.length ?? 0) > 1)
      return 'who';
    if (slots.kind === 'returning') return slots.day === undefined ? 'day' : null;
    const missing = (['place', 'day', 'carer'] as const).find((id) => slots[id] === undefined);
    if (missing !== undefined) return missing;
    return slots.carer === OTHER && slots.other === undefined ? 'other' : null;
  },
  finish: (frame, view, context) => kept(frame, view, context),
  onSilence: (frame, view, context) => ({ ...kept(frame, view, context), replies: [], then: [] }),
};

/** The question about what is missing of these words. `isOther`: they speak of somebody who does not hold the phone. */
export function beginLeaves(text: string, moving: Moving): Frame {
  const { kind, on } = moving;
  const isOther = !/我|咱/u.test(text);
  return begin(familyLeaves, {
    kind,
    words: text.trim().slice(0, WORDS_LIMIT),
    ...(isOther ? { isOther } : {}),
    ...(moving.place === null ? {} : { place: moving.place }),
    ...(on === null && moving.day === null ? {} : { day: on ?? moving.day ?? '' }),
    ...(saysNobodyCares(text) ? { carer: NOBODY } : {}),
  });
}

function kept(frame: Frame, view: View, context: Context): FlowEnd {
  const { kind } = frame.slots;
  const words = textOf(frame, 'words');
  const about = aboutOf(frame);
  const person = frame.slots.isOther === true ? undefined : whoOf(frame, view);
  const command = asking(
    kind === 'returning' ? 'returning' : 'leaving',
    { text: words, about, person },
    view,
    context,
  );
  const isAlone = frame.slots.carer === NOBODY;
  return {
    replies: [confirmed(frame, about)],
    commands: [command],
    ...(isAlone ? { then: [beginAskDanger('', words, null)] } : {}),
  };
}

function aboutOf(frame: Frame): Omit<RequestAbout, 'childIds'> {
  const said = (slot: string): string | undefined => {
    const text = textOf(frame, slot);
    return text === '' || text.startsWith('.') ? undefined : text;
  };
  const [where, when, who] = [said('place'), said('day'), said('other') ?? said('carer')];
  const on = when === undefined ? null : parseLocalDate(when);
  return {
    ...(where === undefined ? {} : { place: where }),
    ...(on !== null ? { on } : when === undefined ? {} : { day: when }),
    ...(who === undefined ? {} : { carer: who }),
    ...(frame.slots.carer === NOBODY ? { nobodyCares: true as const } : {}),
  };
}

/** One sentence that says it all back. */
function confirmed(frame: Frame, about: Omit<RequestAbout, 'childIds'>): Say {
  const when =
    about.on !== undefined && about.on !== null
      ? say('family-leaves.on', { on: about.on })
      : plain(about.day ?? '');
  if (frame.slots.kind === 'returning') return say('family-leaves.back', { when });
  const where =
    about.place === undefined ? say('family-leaves.away') : say('family-leaves.to', { place: about.place });
  const care =
    about.nobodyCares === true
      ? say('family-leaves.care-nobody')
      : about.carer === undefined
        ? say('family-leaves.care-open')
        : say('family-leaves.care', { carer: about.carer });
  return say('family-leaves.gone', { when, where, care });
}

/** Whoever of the home is not the one who goes. */
function adultsLeft(frame: Frame, view: View) {
  const goes = frame.slots.isOther === true ? undefined : whoOf(frame, view);
  return (view.homeAdults ?? []).filter(({ id }) => id !== goes?.id).slice(0, 6);
}
