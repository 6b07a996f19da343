import type { LocalDate } from '../local-date.ts';
import { BREAK_KINDS, breaksFor, type BreakKind, type SchoolBreak } from './school-break.ts';
import { STAGES, type Stage } from './stage.ts';
import { nextBreak } from './unconfirmed.ts';

export interface CalendarArea {
  readonly code: string;
  readonly name: string;
}

/** 校历 as somebody reads it: what counts in their place. */
export interface SchoolCalendar {
  /** Their own area and everything above it, the nearest first. */
  readonly areas: readonly CalendarArea[];
  readonly rows: readonly SchoolBreak[];
  /** The stages the children there go to. */
  readonly stages: readonly Stage[];
}

/** Stages with the same days from the same source; without a row they wait for days. */
export interface CalendarLine {
  readonly stages: readonly Stage[];
  readonly row: SchoolBreak | null;
}

export interface CalendarBreak {
  readonly kind: BreakKind;
  readonly year: number;
  readonly lines: readonly CalendarLine[];
}

/** The breaks that are not over, the next one even where nothing is known of it; the earliest first. */
export function breaksAhead(calendar: SchoolCalendar, today: LocalDate): readonly CalendarBreak[] {
  const next = nextBreak(today);
  const codes = calendar.areas.map(({ code }) => code);
  const rows = STAGES.flatMap((stage) => breaksFor(calendar.rows, codes, stage)).filter(
    ({ endsOn }) => endsOn >= today,
  );
  const all = [next, ...rows].map(({ kind, year }) => ({ kind, year }));
  const once = all.filter(
    (one, place) => all.findIndex((o) => o.kind === one.kind && o.year === one.year) === place,
  );
  return once
    .toSorted((a, b) => a.year - b.year || BREAK_KINDS.indexOf(a.kind) - BREAK_KINDS.indexOf(b.kind))
    .map(({ kind, year }) => {
      const own = rows.filter((row) => row.kind === kind && row.year === year);
      const known = new Set(own.map(({ stage }) => stage));
      const isNext = kind === next.kind && year === next.year;
      const without = isNext ? calendar.stages.filter((stage) => !known.has(stage)) : [];
      return {
        kind,
        year,
        lines: [...together(own), ...(without.length > 0 ? [{ stages: without, row: null }] : [])],
      };
    });
}

function together(rows: readonly SchoolBreak[]): readonly CalendarLine[] {
  const byWords = new Map<string, SchoolBreak[]>();
  for (const row of rows) {
    const { areaCode, startsOn, endsOn, source, verifiedOn } = row;
    const key = JSON.stringify([areaCode, startsOn, endsOn, source, verifiedOn]);
    byWords.set(key, [...(byWords.get(key) ?? []), row]);
  }
  return [...byWords.values()].flatMap((same) =>
    same[0] === undefined ? [] : [{ stages: same.map(({ stage }) => stage), row: same[0] }],
  );
}
