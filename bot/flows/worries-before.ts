import { begin, emptied, filled, type Context, type FlowEnd } from '../dialog/flow.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';
import type { ContactOutcome, RecordContact } from '../../server/domain/commands.ts';
import { say } from '../../server/domain/say.ts';
import { SILENCE_MS, beginConcerns, callAbout, type Worry } from './concern.ts';

/**
 * Children ticked for one voice message are told one after the other. Whether it is safe to talk is asked once, after the
 * last of them; until then each worry is on record, and silence or 取消 loses none.
 */
const WORRIES = 'worries';

/** The worry that was said before the record was told to its end. */
export const CONCERN_ON_RECORD = 'concernOnRecord';

/** The worries of the children before this one. */
export function worriesBefore({ slots }: Frame): readonly Worry[] {
  const told = slots[WORRIES];
  return Array.isArray(told) ? (told as unknown as readonly Worry[]) : [];
}

/** The next child, with the worries told so far. */
function withWorries(frame: Frame, worries: readonly Worry[]): Frame {
  return worries.length === 0 ? frame : filled(frame, WORRIES, worries as unknown as SlotValue);
}

/** Somebody who worries and falls silent may not be alone. */
export function patienceWith(frame: Frame, patienceMs: number): number {
  return worriesBefore(frame).length > 0 ? SILENCE_MS : patienceMs;
}

export function silentWith(frame: Frame): FlowEnd {
  const worries = worriesBefore(frame);
  return worries.length === 0
    ? { replies: [], commands: [] }
    : { replies: [], commands: callAbout(worries), draft: emptied(frame, WORRIES) };
}

export function cancelledWith(frame: Frame): FlowEnd {
  return {
    replies: [say('dialog.cancelled-draft')],
    commands: [],
    draft: emptied(frame, WORRIES),
    then: beginConcerns(worriesBefore(frame)),
  };
}

/** Another child ticked for the same voice message is taken up next, with the day, the mode and the words kept. */
export function nextChild(frame: Frame, worries: readonly Worry[]): Frame[] {
  const waiting = frame.slots.waiting;
  if (!Array.isArray(waiting) || waiting.length === 0) return [];
  const [first, ...rest] = waiting;
  // Children ticked together were met alike.
  const own = frame.slots.alike === true ? [] : ['seen', 'met'];
  const kept = emptied(frame, ...own, 'outcome', 'signal', 'reported', 'change', 'again', CONCERN_ON_RECORD);
  const next = begin(
    { id: frame.flow, version: frame.version },
    { ...kept.slots, child: first ?? null, waiting: rest },
  );
  return [withWorries(next, worries)];
}

/** The worry of this very record that is on record and was asked about already; null where there is none. */
export function concernTold({ slots }: Frame): string | null {
  const known = slots[CONCERN_ON_RECORD];
  return typeof known === 'string' ? known : null;
}

/** A worry said while only this child was told of is the worry of its line. */
export function concernOfLine(
  childId: string,
  outcome: ContactOutcome,
  frame: Frame,
  context: Context,
): Pick<RecordContact, 'concernId' | 'concernOnRecord'> {
  if (outcome === 'none') return { concernId: null };
  const told = frame.slots.worriedChild === childId ? concernTold(frame) : null;
  return told === null ? { concernId: context.newId() } : { concernId: told, concernOnRecord: true };
}
