import { type LocalDate, shanghaiDate } from '../local-date.ts';
import { isVisit, type Absence, type Encounter } from './child-facts.ts';

/** An absence as somebody told it, which nothing has corrected or taken back. */
interface ToldAbsence {
  readonly id: string;
  readonly authorId: string;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

/** 回来了 as somebody told it, which nothing has corrected or taken back. */
interface ToldReturn {
  readonly id: string;
  readonly on: LocalDate;
}

/**
 * The absences by day. A return ends every absence that had begun by then, also on its very day, whichever of the two
 * was told first: the order of filing decides nothing, and no child that is back stays away on paper.
 */
export function absencesOf(
  told: readonly ToldAbsence[],
  returns: readonly ToldReturn[],
): readonly (Absence & { readonly id: string })[] {
  const inOrder = returns.toSorted((a, b) => order(a.on, b.on) || order(a.id, b.id));
  return told
    .map((absence) => ended(absence, inOrder))
    .sort((a, b) => order(a.from, b.from) || order(a.id, b.id));
}

/** An obstacle by the instant it was told. */
interface ToldObstacle {
  readonly id: string;
  readonly filedAt: string;
  readonly kind: string;
}

/**
 * What is in the way now: the last obstacle, unless somebody has met the family in person since. 家人不让进 is over only
 * by a visit that counts (`counts`): where a child of middle or high risk was not seen, the family still keeps it from us
 * (domain rules §3). The day of the visit
 * decides and not the day of its filing, so that a visit before the obstacle, filed late, does not end it.
 */
export function obstacleInTheWay<T extends ToldObstacle>(
  told: readonly T[],
  encounters: readonly Encounter[],
  counts: (encounter: Encounter) => boolean,
): T | null {
  const last = told.toSorted((a, b) => order(a.filedAt, b.filedAt) || order(a.id, b.id)).at(-1);
  if (last === undefined) return null;
  const on = shanghaiDate(new Date(last.filedAt));
  const isPast = encounters.some(
    (e) =>
      isVisit(e.mode) &&
      (last.kind !== 'refused' || counts(e)) &&
      (e.on > on || (e.on === on && (e.filedAt ?? '') > last.filedAt)),
  );
  return isPast ? null : last;
}

function ended(absence: ToldAbsence, returns: readonly ToldReturn[]): ToldAbsence & Absence {
  const { from, until } = absence;
  const back = returns.find(({ on }) => from <= on && (until === null || on < until));
  return back === undefined ? absence : { ...absence, until: back.on, returnId: back.id };
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
