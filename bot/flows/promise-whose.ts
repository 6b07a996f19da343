import { z } from 'zod';
import { plain, say, type Say } from '../../server/domain/say.ts';
import { emptied, filled, type Slot } from '../dialog/flow.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { shownWords } from './shown-words.ts';
import { namedIn } from './trip-slots.ts';

/** To whom something was promised, and the record in whose words it stands. */
export interface Home {
  readonly childId: string;
  readonly contactId: string;
}

const ALL = 'all';
const homes = z.array(z.object({ childId: z.string(), contactId: z.string() }));

/** The question about one promise that was said of several homes. */
export function toHomes(frame: Frame, among: readonly Home[]): Frame {
  return among.length < 2 ? frame : filled(frame, 'among', among as unknown as SlotValue);
}

/** The homes among which it is asked; none where the promise was made to one. */
export function amongOf({ slots }: Frame): readonly Home[] {
  const told = homes.safeParse(slots.among);
  return told.success ? told.data : [];
}

/** To whom it was promised, as far as it is known: all of them while nobody said. */
export function homesOf(frame: Frame): readonly Home[] {
  const { childId, contactId, whose } = frame.slots;
  const among = amongOf(frame);
  if (among.length > 0)
    return among.filter((home) => typeof whose !== 'string' || [home.childId, ALL].includes(whose));
  return typeof childId === 'string' && typeof contactId === 'string' ? [{ childId, contactId }] : [];
}

/** The promise without the homes whose records were taken back; null where none is left. */
export function withoutHomes(frame: Frame, contactIds: readonly string[]): Frame | null {
  const isLeft = ({ contactId }: Home): boolean => !contactIds.includes(contactId);
  const among = amongOf(frame);
  if (among.length === 0) return homesOf(frame).some(isLeft) ? frame : null;
  const left = among.filter(isLeft);
  const [first, ...more] = left;
  if (first === undefined) return null;
  if (left.length === among.length) return frame;
  const told = { ...frame, slots: { ...frame.slots, ...first } };
  // One home is no question any more.
  return more.length > 0
    ? filled(told, 'among', left as unknown as SlotValue)
    : { ...emptied(told, 'among', 'whose'), asking: frame.asking === 'whose' ? null : frame.asking };
}

export function homeNames(frame: Frame, view: View): readonly Say[] {
  return homesOf(frame).map(({ childId }) => plain(childOf(view, childId)?.name ?? ''));
}

/** 答应谁家的: one of the homes, or all. */
export const whoseSlot: Slot = {
  id: 'whose',
  schema: z.string(),
  missed: 'record.choose-below',
  ask: (frame) =>
    say('promise.ask-whose', {
      text: shownWords(typeof frame.slots.text === 'string' ? frame.slots.text : ''),
    }),
  choices: (frame, view) => [
    ...amongOf(frame).map(({ childId }) => ({
      code: childId,
      value: childId,
      label: say('promise.home', { child: childOf(view, childId)?.name ?? '' }),
    })),
    { code: ALL, value: ALL, label: say('promise.all-homes') },
  ],
  read: (heard, frame) => {
    const named = namedIn(heard).filter((id) => amongOf(frame).some(({ childId }) => childId === id));
    const [only, ...more] = named;
    if (only !== undefined && more.length === 0) return only;
    const isAll = /^(都|全|两家|[三四五几]家|每家|一家一|both|all)/u.test(heard.text.trim());
    return isAll || named.length === amongOf(frame).length ? ALL : undefined;
  },
};
