import { z } from 'zod';
import { say } from '../../server/domain/say.ts';
import { begin, type Flow } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import { mobileIn } from '../understanding/family-words.ts';
import { asking } from './family-home.ts';
import { whoOf, whoSlot } from './family-who.ts';

const PATIENCE_MS = 30 * 60_000;

/** 电话换了: the new number is shown back, and a director changes it. Told again, the newest number counts. */
export const familyPhone: Flow = {
  id: 'family-phone',
  version: 1,
  patienceMs: PATIENCE_MS,
  slots: [
    whoSlot('family-phone.ask-who'),
    {
      id: 'phone',
      schema: z.string().regex(/^1[0-9]{10}$/u),
      missed: 'family-phone.missed',
      ask: () => say('family-phone.ask'),
      choices: () => [],
      read: ({ text }) => mobileIn(text) ?? undefined,
    },
  ],
  next: ({ slots }, { home }) => {
    if (slots.who === undefined && (home?.persons.length ?? 0) > 1) return 'who';
    return slots.phone === undefined ? 'phone' : null;
  },
  finish: (frame, view, context) => {
    const phone = textOf(frame, 'phone');
    return {
      replies: [say('family-phone.told', { phone })],
      commands: [asking('phone', { about: { phone }, person: whoOf(frame, view) }, view, context)],
    };
  },
};

export function beginPhone(text: string): Frame {
  const phone = mobileIn(text);
  return begin(familyPhone, phone === null ? {} : { phone });
}
