import { numberIn } from '../dialog/words.ts';
import type { DialogEvent } from '../dialog/event.ts';
import { textOf, topFrame, type Session } from '../dialog/session.ts';
import type { Looking, View } from '../dialog/view.ts';
import { asksAbout, cardWord } from './child-card.ts';
import { noContact, noContactWord } from './no-contact.ts';

/** A name may mean so many children at most; more are asked about by name first. */
const FAMILIES_LIMIT = 8;

/** What a turn looks at besides the view: families, where a card or a mark on an adult is asked for. */
export function looksAt(event: DialogEvent, session: Session, view: View): Looking {
  const option = optionOf(event, session);
  const frame = topFrame(session);
  const inFlow = frame?.flow === noContact.id ? [textOf(frame, 'child')] : null;
  const asked = event.kind === 'text' && (asksAbout(event.heard) || begins(event.text, cardWord.words));
  const marks = event.kind === 'text' && begins(event.text, noContactWord.words);
  const pressed = option?.startsWith('c:card:') === true || (option !== undefined && inFlow !== null);
  if (!asked && !marks && !pressed && inFlow === null) return { families: [] };
  const named = event.kind === 'text' ? event.heard.mentions.flatMap((m) => m.candidates) : [];
  const ids = [
    ...(inFlow ?? []),
    ...named.map((c) => c.childId),
    ...view.caseload.filter((c) => option?.includes(c.id) === true).map((c) => c.id),
  ];
  return { families: [...new Set(ids)].slice(0, FAMILIES_LIMIT) };
}

/** The button this event presses, by itself or by its number. */
function optionOf(event: DialogEvent, session: Session): string | undefined {
  if (event.kind === 'option') return event.option;
  const number = event.kind === 'text' ? numberIn(event.text) : null;
  return number === null ? undefined : session.offered[number - 1];
}

function begins(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.trim().toLowerCase().startsWith(word));
}
