import type { Heard, HeardTelling } from '../dialog/event.ts';
import type { View } from '../dialog/view.ts';
import type { Frame } from '../dialog/session.ts';
import { beginTrip } from './trip.ts';
import { lineFrom, linesApart } from './telling-lines.ts';

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
  const { on, mode, own } = linesApart(lines);
  const rest = told.isFirst
    ? heard
    : { ...heard, mentions: heard.mentions.filter((m) => m.certain), unresolved: [] };
  return beginTrip(rest, {
    kind: told.kind,
    on,
    mode,
    isLate: told.isLate,
    note: heard.text,
    lines: own,
  });
}
