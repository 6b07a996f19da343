import { type LocalDate, addDays, daysBetween } from '../local-date.ts';
import type { Absence } from './child-facts.ts';

/**
 * The absences that have begun by `today`, by day, those that touch or overlap made one.
 * An absence announced for later defers nothing yet: the visit can still be made before.
 */
export function absencesUpTo(absences: readonly Absence[], today: LocalDate): readonly Absence[] {
  if (absences.length === 0) return absences;
  const begun = absences
    .filter(({ from, until }) => from <= today && (until === null || until >= from))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const merged: Absence[] = [];
  for (const absence of begun) {
    const last = merged.at(-1);
    if (last && touches(last, absence)) merged[merged.length - 1] = union(last, absence);
    else merged.push(absence);
  }
  return merged;
}

/** Whether the child was away on `day`; on the day of return it was back. */
export function isAwayOn(absences: readonly Absence[], day: LocalDate): boolean {
  return absences.some(({ from, until }) => from <= day && (until === null || day < until));
}

/**
 * 顺延 (our default): the child was away within the window, and the visit owed after the return may come later than
 * the window's end. `ownReturn` names the return that gave rise to the duty itself and cannot defer it.
 */
export function defers(
  absences: readonly Absence[],
  window: { readonly from: LocalDate; readonly dueOn: LocalDate },
  returnVisitDays: number,
  ownReturn: LocalDate | null = null,
): boolean {
  return absences.some(({ from, until }) => {
    if (from > window.dueOn) return false;
    if (until === null) return true;
    return until !== ownReturn && until >= window.from && addDays(until, returnVisitDays) > window.dueOn;
  });
}

function touches(earlier: Absence, later: Absence): boolean {
  return earlier.until === null || daysBetween(earlier.until, later.from) <= 1;
}

function union(earlier: Absence, later: Absence): Absence {
  if (earlier.until === null || later.until === null) return { from: earlier.from, until: null };
  return { from: earlier.from, until: later.until > earlier.until ? later.until : earlier.until };
}
