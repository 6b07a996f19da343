import { z } from 'zod';
import { say } from '../../server/domain/say.ts';
import type { SoughtChild } from '../../server/domain/family/family.ts';
import type { Slot } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { childLabel } from './record-slots.ts';

/** Which child, for a desk that answers for none: by its whole name, and among those who bear it. */
export const soughtSlot: Slot = {
  id: 'sought',
  schema: z.string(),
  freeText: true,
  missed: 'no-contact.not-found',
  ask: (frame) => say(soughtIn(frame).length > 1 ? 'no-contact.ask-which' : 'no-contact.ask-name'),
  choices: (frame, view) =>
    soughtOf(frame, view).map((child) => ({ code: child.id, value: child.id, label: childLabel(child) })),
  shows: (frame) => ({ screen: 'child-list', childIds: soughtIn(frame) }),
  read: (_heard, _frame, view) => (view.sought?.length === 1 ? view.sought[0]?.id : undefined),
};

/** Words that name several children: they are asked about. */
export function soughtByName(frame: Frame, view: View): Frame | undefined {
  const found = (view.sought ?? []).map((child) => child.id);
  return found.length > 1 ? { ...frame, slots: { ...frame.slots, candidates: found } } : undefined;
}

/** The ids a frame remembers: the child itself, or those among whom one is asked about. */
export function soughtIn(frame: Frame | undefined): readonly string[] {
  const { child, candidates } = frame?.slots ?? {};
  if (typeof child === 'string') return [child];
  return Array.isArray(candidates) ? candidates.filter((id) => typeof id === 'string') : [];
}

function soughtOf(frame: Frame, view: View): readonly SoughtChild[] {
  const ids = soughtIn(frame);
  return (view.sought ?? []).filter((child) => ids.includes(child.id));
}

/** A child of the caseload, or one that a desk asked for. */
export function namedChild(
  view: View,
  id: unknown,
): Pick<SoughtChild, 'id' | 'name' | 'directorIds'> | undefined {
  return childOf(view, id) ?? view.sought?.find((child) => child.id === id);
}
