import { filled } from '../dialog/flow.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { noteStored, type Before, type Lines } from './note-now.ts';
import { dayOf, modeOf, tripOf, withLines, type TripLine } from './trip-lines.ts';

const LINES = ['child', 'on', 'mode', 'met', 'seen'] as const;

/** The frame after a turn, with what its lines said before they were put right in it. */
export function remembering(before: Frame, after: Frame): Frame {
  const was = beforeOf(after);
  const news = LINES.filter(
    (line) =>
      was[line] === undefined &&
      before.slots[line] !== undefined &&
      !isSame(before.slots[line], after.slots[line]),
  );
  if (news.length === 0) return after;
  const all = { ...was, ...Object.fromEntries(news.map((line) => [line, before.slots[line]])) };
  return filled(after, 'was', all as unknown as SlotValue);
}

/** What the lines of a record said before. */
export function beforeOf({ slots }: Frame): Before {
  const { was } = slots;
  return typeof was === 'object' && was !== null && !Array.isArray(was) ? was : {};
}

/** The same for each child of a trip. */
export function rememberingEach(before: Frame, after: Frame, view: View): Frame {
  const [old, now] = [tripOf(before, view), tripOf(after, view)];
  const lines = now.lines.map((line): TripLine => {
    const earlier = old.lines.find(({ childId }) => childId === line.childId);
    if (earlier === undefined) return line;
    const [was, is] = [linesOf(earlier, old), linesOf(line, now)];
    const known = line.was ?? {};
    const news = LINES.filter(
      (one) => known[one] === undefined && isKnown(was[one]) && !isSame(was[one], is[one]),
    );
    if (news.length === 0) return line;
    return { ...line, was: { ...known, ...Object.fromEntries(news.map((one) => [one, was[one]])) } };
  });
  return lines.some((line, n) => line !== now.lines[n]) ? withLines(after, lines) : after;
}

/** The lines of one child of a trip, as its words are held against them. */
export function linesOf(
  line: TripLine,
  trip: Parameters<typeof dayOf>[1] & Parameters<typeof modeOf>[1],
): Lines {
  const { childId, met, seen, besides } = line;
  // Where it is asked first, nothing was said that could be put right.
  const mode = besides === true ? null : modeOf(line, trip);
  return { child: childId, on: dayOf(line, trip), mode, met, seen };
}

/** The words of one child of a trip as they are kept. */
export function noteOfLine(line: TripLine, trip: Parameters<typeof linesOf>[1], view: View): string | null {
  return noteStored(line.note, line.was ?? {}, linesOf(line, trip), view);
}

function isKnown(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
