import { parseLocalDate } from '../../server/domain/local-date.ts';
import type { Heard } from '../dialog/event.ts';
import { emptied, filled } from '../dialog/flow.ts';
import { textOf, type Frame, type SlotValue } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { understand } from '../understanding/understand.ts';
import { lineFrom, linesApart } from './telling-lines.ts';
import { emptyLine, lineOf, withLines, type TripLine } from './trip-lines.ts';
import { unclearOf } from './trip-slots.ts';
import { withUnlisted } from './unlisted.ts';

/** A name was asked about: its child joins the trip, with all that the first sentence says of it and of the others. */
export function whichTaken(frame: Frame, view: View): Frame {
  const { which } = frame.slots;
  if (typeof which !== 'string') return frame;
  const [first, ...rest] = unclearOf(frame);
  const open = filled(emptied(frame, 'which'), 'unclear', rest as unknown as SlotValue);
  const note = typeof frame.slots.words === 'string' ? frame.slots.words : null;
  if (which === '') return first?.candidates.length === 0 ? withUnlisted(open, first.quote) : open;
  const joined = withChild(open, which, note);
  return first === undefined
    ? joined
    : readAnew(filled(joined, 'meant', meantNow(frame, first.quote, which)), view);
}

/** The trip with one more child, of whom nothing is known yet. */
export function withChild(frame: Frame, childId: string, note: string | null): Frame {
  const lines = linesIn(frame);
  if (lines.some((line) => line.childId === childId)) return frame;
  // Beside children with days of their own, its day is asked.
  const isOwn = (what: 'on' | 'mode'): boolean =>
    frame.slots[what] === undefined && lines.some((line) => line[what] !== undefined);
  const line: TripLine = {
    ...emptyLine(childId, note),
    ...(isOwn('on') ? { on: null } : {}),
    ...(isOwn('mode') ? { mode: null } : {}),
  };
  return withLines(frame, [...lines, line]);
}

function linesIn({ slots }: Frame): readonly TripLine[] {
  return Array.isArray(slots.lines) ? (slots.lines as unknown as readonly TripLine[]) : [];
}

/** Every name that was asked about so far, and the child it means: one after the other in one list. */
function meantNow({ slots }: Frame, quote: string, childId: string): SlotValue {
  const before = Array.isArray(slots.meant) ? slots.meant : [];
  return [...before, quote, childId];
}

/** The sentence is read again now that it is known whom it names: a day, a way, who was seen was said with the name. */
function readAnew(frame: Frame, view: View): Frame {
  const said = textOf(frame, 'said');
  const meant = Array.isArray(frame.slots.meant)
    ? frame.slots.meant.filter((x) => typeof x === 'string')
    : [];
  if (said === '') return frame;
  const pairs = meant.flatMap((word, n) => (n % 2 === 0 ? [[word, meant[n + 1] ?? ''] as const] : []));
  const sentOn = parseLocalDate(textOf(frame, 'sentOn'));
  const heard: Heard = {
    ...understand(said, { today: sentOn ?? view.today, caseload: view.caseload, meant: new Map(pairs) }),
    ...(sentOn === null ? {} : { sentOn }),
  };
  return (heard.tellings ?? []).length > 0 ? apart(frame, heard, view) : withParts(frame, heard);
}

/** Each child with the day and the way the sentence tells of it. */
function apart(frame: Frame, heard: Heard, view: View): Frame {
  const isLate = frame.slots.late === true;
  const lines = linesIn(frame).map((line): TripLine => {
    const telling = heard.tellings?.find(({ childId }) => childId === line.childId);
    const on = line.on === undefined ? dayIn(frame) : line.on;
    const mode = line.mode ?? null;
    return telling === undefined ? { ...line, on, mode } : lineFrom(telling, heard, view, isLate);
  });
  const { on, mode, own } = linesApart(lines);
  const open = emptied(frame, 'on', 'mode', 'assumed');
  return withLines(
    { ...open, slots: { ...open.slots, ...(on === null ? {} : { on }), ...(mode === null ? {} : { mode }) } },
    own,
  );
}

function dayIn({ slots }: Frame) {
  return typeof slots.on === 'string' ? parseLocalDate(slots.on) : null;
}

/** What the sentence says of each child, and of all of them, on the lines of which nothing is known yet. */
function withParts(frame: Frame, heard: Heard): Frame {
  const lines = linesIn(frame).map((line): TripLine => {
    const part = heard.parts.find(({ childId }) => childId === line.childId);
    const isOpen = line.seen === null && line.met.length === 0;
    if (part !== undefined) return isOpen ? { ...line, ...lineOf(part) } : line;
    return isOpen && linesIn(frame).length === 1 ? { ...line, seen: heard.seen, met: heard.met } : line;
  });
  return withLines(frame, lines);
}
