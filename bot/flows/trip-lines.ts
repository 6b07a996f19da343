import { CHILD_ITSELF, NOBODY, isUnreached } from '../../server/domain/attempt.ts';
import { ENCOUNTER_MODES, isCall, isVisit } from '../../server/domain/cadence/child-facts.ts';
import { parseLocalDate, type LocalDate } from '../../server/domain/local-date.ts';
import type { HeardPart, Mode } from '../dialog/event.ts';
import type { Frame, SlotValue } from '../dialog/session.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import type { Before } from './note-now.ts';
import { NOTE_LIMIT } from './record-slots.ts';
import { earlierRecord } from './told-twice.ts';
import { mayTryAgain } from './try-again.ts';

/** What is known of one child of a trip. */
export interface TripLine {
  readonly childId: string;
  /** Null while nobody said whether the child was seen. */
  readonly seen: boolean | null;
  readonly met: readonly string[];
  readonly note: string | null;
  /** What was said of this child alone, for the card. */
  readonly own: string;
  /** The day of this child, where it is not that of the trip; null where it has to be asked. */
  readonly on?: LocalDate | null;
  /** How this child was met, where it is not the way of the trip; null where it has to be asked. */
  readonly mode?: Mode | null;
  /** Met on the way to the others: whether it was in its own home is asked. */
  readonly besides?: boolean;
  /** What the lines of this child said before they were put right. */
  readonly was?: Before;
}

/** What a trip knows, typed. */
export interface Trip {
  readonly lines: readonly TripLine[];
  readonly on: LocalDate | null;
  readonly mode: Mode | null;
  /** The children who need a second look: chosen by the person, or not seen. */
  readonly worry: readonly string[];
}

/** The trip of a frame; children who left the caseload meanwhile are no longer in it. */
export function tripOf(frame: Frame, view: View): Trip {
  const { on, mode, worry } = frame.slots;
  return {
    lines: linesOf(frame).filter((line) => childOf(view, line.childId) !== undefined),
    on: typeof on === 'string' ? parseLocalDate(on) : null,
    mode: ENCOUNTER_MODES.find((m) => m === mode) ?? null,
    worry: Array.isArray(worry) ? worry.filter((id) => typeof id === 'string') : [],
  };
}

/** The day of a line: its own, or that of the trip. */
export function dayOf(line: TripLine, trip: Pick<Trip, 'on'>): LocalDate | null {
  return line.on === undefined ? trip.on : line.on;
}

/** The way of a line: its own, or that of the trip. */
export function modeOf(line: TripLine, trip: Pick<Trip, 'mode'>): Mode | null {
  return line.mode === undefined ? trip.mode : line.mode;
}

/** Whether this line was a call. */
export function isCalled(line: TripLine, trip: Pick<Trip, 'mode'>): boolean {
  return isCall(modeOf(line, trip));
}

/** The one day, or the one way, of all lines; null where they differ. */
export function common<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** Visits, calls, or both in one telling. */
export function kindOf(frame: Frame, view: View): 'visit' | 'contact' | 'mixed' {
  const trip = tripOf(frame, view);
  const told = frame.slots.kind === 'contact';
  const isContact = trip.lines.map((line) => {
    const mode = modeOf(line, trip);
    return mode === null ? (line.mode === undefined ? told : null) : !isVisit(mode);
  });
  if (isContact.every((contact) => contact === true))
    return isContact.length > 0 || told ? 'contact' : 'visit';
  return isContact.every((contact) => contact === false) ? 'visit' : 'mixed';
}

function linesOf({ slots }: Frame): readonly TripLine[] {
  return Array.isArray(slots.lines) ? (slots.lines as unknown as readonly TripLine[]) : [];
}

/** The frame with other lines. */
export function withLines(frame: Frame, lines: readonly TripLine[]): Frame {
  return { ...frame, slots: { ...frame.slots, lines: lines as unknown as SlotValue } };
}

/** The frame with the lines of these children changed. */
export function changed(frame: Frame, ids: readonly string[], change: (line: TripLine) => TripLine): Frame {
  return withLines(
    frame,
    linesOf(frame).map((line) => (ids.includes(line.childId) ? change(line) : line)),
  );
}

/** The line of a child nothing was said of. */
export function emptyLine(childId: string, note: string | null): TripLine {
  return { childId, seen: null, met: [], note, own: '' };
}

/** The line of a child as a sentence about several tells it. */
export function lineOf(part: HeardPart): TripLine {
  const { childId, own } = part;
  const besides = part.besides === true ? { besides: true } : {};
  const line = { childId, note: part.words.slice(0, NOTE_LIMIT) || null, own, ...besides };
  return part.nobody ? { ...line, seen: false, met: [NOBODY] } : { ...line, seen: part.seen, met: part.met };
}

/** The line after somebody said whether the child was seen. */
export function seenAs(line: TripLine, seen: boolean): TripLine {
  const others = line.met.filter((who) => who !== CHILD_ITSELF && who !== NOBODY);
  return { ...line, seen, met: seen ? [...others, CHILD_ITSELF] : others };
}

/** The line after somebody said who was met; the child stays where it was seen. */
export function metAs(line: TripLine, met: readonly string[]): TripLine {
  if (met.includes(NOBODY)) return { ...line, met: [NOBODY], seen: false };
  const isSeen = line.seen === true || met.includes(CHILD_ITSELF);
  const others = met.filter((who) => who !== CHILD_ITSELF);
  return { ...line, met: isSeen ? [...others, CHILD_ITSELF] : others, seen: isSeen ? true : line.seen };
}

/** Nobody can say 未发现异常 who has not looked: on the phone one has listened, everywhere else the child must be seen. */
export function mayBeCalm(line: TripLine, mode: Mode | null): boolean {
  return mode === 'phone' ? !line.met.includes(NOBODY) : line.seen === true;
}

/** A call to this child that reached nobody: nothing is asked about it. */
export function isUnreachedLine(line: TripLine, trip: Pick<Trip, 'mode'>): boolean {
  const mode = modeOf(line, trip);
  return mode !== null && isUnreached({ mode, childSeen: line.seen, met: line.met });
}

/** Neither this child nor its family was met: 改天再去 is offered. */
export function isLockedDoor(line: TripLine, trip: Pick<Trip, 'mode'>): boolean {
  return mayTryAgain({ ...line, mode: modeOf(line, trip) });
}

/** The children of the trip whom this line asks about. */
export function namesOf(lines: readonly TripLine[], view: View): readonly string[] {
  return lines.flatMap((line) => childOf(view, line.childId)?.name ?? []);
}

/** The children who left the trip because nobody came to them, and did not join it again. */
export function leftOutOf(frame: Frame, view: View): readonly string[] {
  const { leftOut } = frame.slots;
  if (!Array.isArray(leftOut)) return [];
  const there = tripOf(frame, view).lines.map((line) => line.childId);
  const ids = leftOut.filter((id) => typeof id === 'string' && !there.includes(id));
  return ids.flatMap((id) => childOf(view, id)?.name ?? []);
}

/** Children who left the trip because going to them was a slip of the tongue. */
export const SAID_WRONG = 'saidWrong';

export function saidWrongIds({ slots }: Frame): readonly string[] {
  const ids = slots[SAID_WRONG];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** Their names, where they did not join the trip again. */
export function saidWrongIn(frame: Frame, view: View): readonly string[] {
  const there = tripOf(frame, view).lines.map((line) => line.childId);
  return saidWrongIds(frame).flatMap((id) => (there.includes(id) ? [] : (childOf(view, id)?.name ?? [])));
}

/** So long a name of a question is remembered. */
const KEY_LIMIT = 120;

/** The records of the trip that seem to be there already, and their name as the answer remembers it. */
export function toldBefore(
  frame: Frame,
  view: View,
): { readonly key: string; readonly ids: readonly string[] } {
  const trip = tripOf(frame, view);
  const again = trip.lines.flatMap((line) => {
    const [child, on, mode] = [childOf(view, line.childId), dayOf(line, trip), modeOf(line, trip)];
    return child && on !== null && mode !== null && earlierRecord(child, on, mode)
      ? [{ id: child.id, told: `${on} ${mode}` }]
      : [];
  });
  const told = [...new Set(again.map((one) => one.told))].join(' ');
  const key = again.length === 0 ? '' : `${told} ${again.length.toString()}`.slice(-KEY_LIMIT);
  return { key, ids: again.map((one) => one.id) };
}

/** Brothers and sisters of the caseload who live with a child of the trip and were not named: offered, never assumed. */
export function siblingsOf(childIds: readonly string[], view: View): readonly CaseChild[] {
  const homes = new Set(childIds.flatMap((id) => childOf(view, id)?.householdId ?? []));
  return view.caseload.filter(
    (c) => c.householdId !== null && homes.has(c.householdId) && !childIds.includes(c.id),
  );
}

/** Whether this child was met at the home of another, for all that is known: brothers and sisters there live in it. */
export function isMetBesides(line: TripLine, trip: Trip, view: View): boolean {
  if (line.besides !== true || modeOf(line, trip) !== 'home') return false;
  const home = childOf(view, line.childId)?.householdId ?? null;
  const others = trip.lines.filter((one) => one.besides !== true && modeOf(one, trip) === 'home');
  return !others.some((one) => home !== null && childOf(view, one.childId)?.householdId === home);
}
