import type { DialogEvent } from '../dialog/event.ts';
import { textOf, topFrame, type Session } from '../dialog/session.ts';
import { childOf, type View } from '../dialog/view.ts';
import { familyLetter, familyLetterWord, mayWrite } from './family-letter.ts';
import { certainChild } from './record-slots.ts';

/** The child whose family may be written to: asked for, being written to, or whose visit is about to be stored. */
export function looksAtLetters(
  event: DialogEvent,
  option: string | undefined,
  session: Session,
  view: View,
): string | undefined {
  if (!mayWrite(view)) return undefined;
  const frame = session.frames.find(({ flow }) => flow === familyLetter.id);
  const carried = new RegExp(`^c:${familyLetterWord.id}:(.+)$`, 'u').exec(option ?? '')?.[1];
  const isWord =
    event.kind === 'text' &&
    familyLetterWord.words.some((word) => event.text.trim().toLowerCase().startsWith(word));
  const named = isWord ? certainChild(event.heard) : undefined;
  return carried ?? named ?? (frame === undefined ? atItsCard(session, view) : textOf(frame, 'child'));
}

/** Whatever is answered below the card of a visit may store it. */
function atItsCard(session: Session, view: View): string | undefined {
  const top = topFrame(session);
  if (top?.flow !== 'record-visit' || top.asking !== 'outcome') return undefined;
  const child = childOf(view, top.slots.child);
  return child === undefined || child.tier === 'high' ? undefined : child.id;
}
