import type { Absence } from '../../server/domain/cadence/child-facts.ts';
import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { CaseChild } from '../dialog/view.ts';

/** So long after a child is back its absence is still offered to be put right here (our default). */
const MENDABLE_DAYS = 90;

/** An absence on record, and whether the supervisor has still to agree to it. */
export interface KnownAbsence extends Absence {
  readonly id: string;
  readonly waits: boolean;
}

/** The absences of a child that may still be put right, the latest first. */
export function knownAbsences({ facts }: CaseChild, today: LocalDate): readonly KnownAbsence[] {
  const withId = (waits: boolean) => (absence: Absence) =>
    absence.id === undefined ? [] : [{ ...absence, id: absence.id, waits }];
  return [...(facts.pending?.asked ?? []).flatMap(withId(true)), ...facts.absences.flatMap(withId(false))]
    .filter(({ until }) => until === null || until >= addDays(today, -MENDABLE_DAYS))
    .sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
}

/** Whether the child is away today as far as anybody said, and nobody has said that it is back. */
export function isAwayNow({ facts }: CaseChild, today: LocalDate): boolean {
  return [...facts.absences, ...(facts.pending?.asked ?? [])].some(
    ({ from, until, returnId }) =>
      from <= today && returnId === undefined && (until === null || until >= today),
  );
}

/** The absence that these days overlap: what is told anew of it takes its place, the later word about the return holds. */
export function overlapped(
  child: CaseChild,
  from: LocalDate,
  until: LocalDate | null,
  today: LocalDate,
): KnownAbsence | null {
  const met = knownAbsences(child, today).filter(
    (a) =>
      a.returnId === undefined &&
      (until === null || a.from <= until) &&
      (a.until === null || a.until >= from),
  );
  return met.toSorted((a, b) => Number(b.waits) - Number(a.waits) || later(b, a))[0] ?? null;
}

/** The first day away: a child that came back on that very day was still there on it, and left on the next. */
export function firstDayAway({ facts }: CaseChild, from: LocalDate): LocalDate {
  return facts.absences.some(({ returnId, until }) => returnId !== undefined && until === from)
    ? addDays(from, 1)
    : from;
}

/** Of a HIGH child the supervisor agrees to every day more than was agreed (our default). */
export function asksSupervisor(
  { tier }: CaseChild,
  from: LocalDate,
  until: LocalDate | null,
  agreed: KnownAbsence | null,
): boolean {
  if (tier !== 'high') return false;
  if (agreed === null || agreed.waits || from < agreed.from) return true;
  return agreed.until !== null && (until === null || until > agreed.until);
}

/** "11月1日起，11月10日回来". */
export function spanLine({ from, until }: Pick<Absence, 'from' | 'until'>): Say {
  return say('away.span', {
    from,
    until: until === null ? say('away.until-unknown') : say('away.span-until', { on: until }),
  });
}

function later(a: Absence, b: Absence): number {
  if (a.until === b.until) return 0;
  return a.until === null || (b.until !== null && a.until > b.until) ? 1 : -1;
}
