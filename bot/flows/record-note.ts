import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { beforeOf } from './lines-before.ts';
import type { noteNow } from './note-now.ts';
import { slotsOf } from './record-slots.ts';

/** The words of a record held against its lines, as the card shows them or as they are kept. */
export function noteOfFrame(frame: Frame, view: View, hold: typeof noteNow): string | null {
  const { child, on, mode, met, seen, note } = slotsOf(frame, view);
  if (child === undefined) return note;
  return hold(note, beforeOf(frame), { child: child.id, on, mode, met: met ?? [], seen }, view);
}
