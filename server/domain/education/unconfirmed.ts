import { partsOf, type LocalDate } from '../local-date.ts';
import { DEFAULT_OCCASION_POLICY, type OccasionPolicy } from './occasion-policy.ts';
import { breaksFor, type BreakKind, type SchoolBreak } from './school-break.ts';
import type { Stage } from './stage.ts';

/** A break whose dates nobody has confirmed, so that no notice before it can go out. */
export interface UnconfirmedBreak {
  readonly kind: BreakKind;
  readonly year: number;
  readonly stage: Stage;
  /** The row that waits to be compared with its source; null where there is none at all. */
  readonly entered: SchoolBreak | null;
}

/**
 * The break that comes next on this day, whether or not it is time to ask for it: of a winter that is under way the desk
 * still needs the last day.
 */
export function nextBreak(
  today: LocalDate,
  policy: OccasionPolicy = DEFAULT_OCCASION_POLICY,
): { readonly kind: BreakKind; readonly year: number } {
  const { year } = partsOf(today);
  const yearDay = today.slice(5);
  if (yearDay <= policy.askWinter.until) return { kind: 'winter', year };
  return yearDay <= policy.askSummer.until ? { kind: 'summer', year } : { kind: 'winter', year: year + 1 };
}

/**
 * What the desk must be asked about today: of the break that comes next, every stage without a confirmed row, once its
 * usual time is near. `areaCodes` are the county and what lies above it, the nearest first; `stages` those of its children.
 */
export function unconfirmedBreaks(
  today: LocalDate,
  rows: readonly SchoolBreak[],
  areaCodes: readonly string[],
  stages: readonly Stage[],
  policy: OccasionPolicy = DEFAULT_OCCASION_POLICY,
): readonly UnconfirmedBreak[] {
  if (!isAskedOn(today, policy)) return [];
  return missingOf(nextBreak(today, policy), rows, areaCodes, stages);
}

/** Every stage of this break without a confirmed row, asked for yet or not. */
export function missingOf(
  { kind, year }: { readonly kind: BreakKind; readonly year: number },
  rows: readonly SchoolBreak[],
  areaCodes: readonly string[],
  stages: readonly Stage[],
): readonly UnconfirmedBreak[] {
  return stages.flatMap((stage) => {
    const entered =
      breaksFor(rows, areaCodes, stage).find((row) => row.kind === kind && row.year === year) ?? null;
    return entered !== null && entered.verifiedOn !== null ? [] : [{ kind, year, stage, entered }];
  });
}

/** Whether the desk is asked on such a day at all. */
export function isAskedOn(today: LocalDate, policy: OccasionPolicy = DEFAULT_OCCASION_POLICY): boolean {
  const { askWinter, askSummer } = policy;
  const yearDay = today.slice(5);
  const isSummer = yearDay >= askSummer.from && yearDay <= askSummer.until;
  return yearDay >= askWinter.from || yearDay <= askWinter.until || isSummer;
}
