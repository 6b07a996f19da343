import type { LocalDate } from '../../server/domain/local-date.ts';
import type { Heard, HeardTelling, Mode } from '../dialog/event.ts';
import { begin } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';
import { dayTold } from './record-day.ts';
import { common, lineOf, type TripLine } from './trip-lines.ts';

/** The line of one visit or call of several, with its own day and way; null where they have to be asked. */
export function lineFrom(telling: HeardTelling, heard: Heard, view: View, isLate: boolean): TripLine {
  const about = begin({ id: 'record-trip', version: 1 }, isLate ? { late: true } : {});
  const day = dayTold({ ...heard, date: telling.date }, about, view);
  const isSilent = telling.date.on === null && !telling.date.ask && !isLate;
  const { mode, intent } = telling;
  return {
    ...lineOf(telling),
    on: day ?? (isSilent ? (heard.sentOn ?? view.today) : null),
    mode: mode ?? (intent === 'visit' ? 'home' : null),
  };
}

/** What all lines share stands once above them, and no longer with each. */
export function linesApart(lines: readonly TripLine[]): {
  readonly on: LocalDate | null;
  readonly mode: Mode | null;
  readonly own: readonly TripLine[];
} {
  const on = common(lines.map((line) => line.on ?? null));
  const mode = common(lines.map((line) => line.mode ?? null));
  return { on, mode, own: lines.map((line) => shared(line, on, mode)) };
}

/** A line without what it shares with all the others. */
function shared(line: TripLine, on: TripLine['on'], mode: TripLine['mode']): TripLine {
  const { childId, seen, met, note, own, besides } = line;
  return {
    ...{ childId, seen, met, note, own },
    ...(besides === true ? { besides } : {}),
    ...(on === null || on === undefined ? { on: line.on ?? null } : {}),
    ...(mode === null || mode === undefined ? { mode: line.mode ?? null } : {}),
  };
}
