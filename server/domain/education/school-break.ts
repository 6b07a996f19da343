import type { LocalDate } from '../local-date.ts';
import type { Stage } from './stage.ts';

export const BREAK_KINDS = ['winter', 'summer'] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

/** 校历: one break of one stage, in a city or a county, as somebody entered it. */
export interface SchoolBreak {
  readonly id: string;
  readonly areaCode: string;
  readonly stage: Stage;
  readonly kind: BreakKind;
  readonly year: number;
  /** The first free day. */
  readonly startsOn: LocalDate;
  /** The last free day. */
  readonly endsOn: LocalDate;
  /** Where the dates are from, in words. */
  readonly source: string;
  /** The day on which somebody compared it with its source; null: unconfirmed, and nothing is sent by it. */
  readonly verifiedOn: LocalDate | null;
}

/** The year a break belongs to: that of its last day. */
export function yearOfBreak(endsOn: LocalDate): number {
  return Number(endsOn.slice(0, 4));
}

/**
 * The breaks that count for a child of this stage, the earliest first: of each break the row of the nearest area that
 * has one, confirmed or not. `areaCodes` are the areas above the child, the nearest first; `rows` hold no replaced ones.
 */
export function breaksFor(
  rows: readonly SchoolBreak[],
  areaCodes: readonly string[],
  stage: Stage,
): readonly SchoolBreak[] {
  const nearest = new Map<string, SchoolBreak>();
  for (const code of areaCodes)
    for (const row of rows) {
      const which = `${row.kind}:${String(row.year)}`;
      if (row.areaCode === code && row.stage === stage && !nearest.has(which)) nearest.set(which, row);
    }
  return [...nearest.values()].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
}
