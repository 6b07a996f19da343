import type { Heard, HeardTelling } from '../dialog/event.ts';
import type { View } from '../dialog/view.ts';
import { dayTold } from './record-day.ts';
import { begin } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import { beginTrip, recordTrip } from './trip.ts';
import { common, lineOf, type TripLine } from './trip-lines.ts';

/** The visits and calls that stand on one card: of each child at most one. */
export type Round = readonly HeardTelling[];

/** "昨天去了小明家,今天又去了": the first visit of each child makes one round, the second ones the next. */
export function roundsOf({ tellings = [] }: Heard): readonly Round[] {
  const rounds: HeardTelling[][] = [];
  for (const telling of tellings) {
    const free = rounds.find((round) => round.every((one) => one.childId !== telling.childId));
    if (free) free.push(telling);
    else rounds.push([telling]);
  }
  return rounds;
}

/** One visit of several as if it had been told alone. */
export function heardAlone(heard: Heard, telling: HeardTelling): Heard {
  const { date, mode, met, seen, words, intent } = telling;
  const own = heard.signals.filter(({ quote }) => words.includes(quote));
  const elsewhere = heard.signals.filter(({ quote }) =>
    (heard.tellings ?? []).every((one) => !one.words.includes(quote)),
  );
  const isMine = (m: Heard['mentions'][number]): boolean =>
    m.certain && m.candidates.some((c) => c.childId === telling.childId);
  const alone = { date, mode, met, seen, text: words, intent: intent ?? heard.intent };
  return {
    ...heard,
    ...alone,
    mentions: heard.mentions.filter(isMine).slice(0, 1),
    unresolved: [],
    parts: [],
    tellings: [],
    signals: [...own, ...elsewhere],
  };
}

/** One card for a round of several children, each with its own day and way where they differ. */
export function tripOfRound(
  round: Round,
  heard: Heard,
  view: View,
  told: { readonly kind: 'visit' | 'contact'; readonly isLate: boolean; readonly isFirst: boolean },
): Frame {
  const lines = round.map((telling) => lineFrom(telling, heard, view, told.isLate));
  const on = common(lines.map((line) => line.on ?? null));
  const mode = common(lines.map((line) => line.mode ?? null));
  const rest = told.isFirst
    ? heard
    : { ...heard, mentions: heard.mentions.filter((m) => m.certain), unresolved: [] };
  return beginTrip(rest, {
    kind: told.kind,
    on,
    mode,
    isLate: told.isLate,
    note: heard.text,
    lines: lines.map((line) => shared(line, on, mode)),
  });
}

/** A line without what it shares with all the others. */
function shared(line: TripLine, on: TripLine['on'], mode: TripLine['mode']): TripLine {
  const { childId, seen, met, note, own } = line;
  return {
    ...{ childId, seen, met, note, own },
    ...(on === null || on === undefined ? { on: line.on ?? null } : {}),
    ...(mode === null || mode === undefined ? { mode: line.mode ?? null } : {}),
  };
}

function lineFrom(telling: HeardTelling, heard: Heard, view: View, isLate: boolean): TripLine {
  const about = begin(recordTrip, isLate ? { late: true } : {});
  const day = dayTold({ ...heard, date: telling.date }, about, view);
  const isSilent = telling.date.on === null && !telling.date.ask && !isLate;
  const { mode, intent } = telling;
  return {
    ...lineOf(telling),
    on: day ?? (isSilent ? (heard.sentOn ?? view.today) : null),
    mode: mode ?? (intent === 'visit' ? 'home' : null),
  };
}
