import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import type { Heard } from '../dialog/event.ts';
import { emptied } from '../dialog/flow.ts';
import { textOf, type Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { awaySpan } from '../understanding/away-span.ts';
import { companionIn } from '../understanding/away-words.ts';

/** A child these words name that is not the one of this absence: then they correct nothing of it. */
export function otherNamed({ mentions }: Heard, { slots }: Frame): string | undefined {
  return mentions.flatMap((m) => m.candidates.map((c) => c.childId)).find((id) => id !== slots.child);
}

/** The frame with what these words say besides the answer; only a correction changes what was said before. */
export function withSaid(frame: Frame, heard: Heard, view: View, corrects: boolean): Frame {
  const { from, until } = awaySpan(heard.text, heard.sentOn ?? view.today);
  const said = { from, until, companion: companionIn(heard.text) };
  const news = Object.entries(said).filter(
    ([slot, value]) =>
      value !== null && value !== frame.slots[slot] && (corrects || frame.slots[slot] === undefined),
  );
  if (news.length === 0) return frame;
  const told = { ...frame, slots: { ...frame.slots, ...Object.fromEntries(news) } };
  const [begins, ends] = [dayOf(told, 'from'), dayOf(told, 'until')];
  return begins !== null && ends !== null && ends <= begins ? emptied(told, 'until') : told;
}

/** A day as a frame keeps it. */
export function dayOf(frame: Frame, slot: string): LocalDate | null {
  return parseLocalDate(textOf(frame, slot));
}
