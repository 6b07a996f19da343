import { addDays, weekdayOf, type LocalDate } from '../local-date.ts';

/** Somebody who fills a role for an area. */
export interface Filler {
  readonly areaCode: string;
  readonly role: string;
  readonly workerId: string;
}

/** A line of the duty roster: from a day until a day, both included, or on and on. */
export interface DutyTerm extends Filler {
  readonly fromOn: string;
  readonly untilOn: string | null;
}

/** The lines of the roster that hold on a day. */
export function onDuty<Term extends DutyTerm>(terms: readonly Term[], on: LocalDate): readonly Term[] {
  return terms.filter(({ fromOn, untilOn }) => fromOn <= on && (untilOn === null || untilOn >= on));
}

/**
 * Who fills the roles on a day: whoever stands on the roster, otherwise everybody who holds the role (`standing`). A line
 * of somebody who does not work here any more empties no role.
 */
export function fillersOn({ terms, standing, working }: DutyFacts, on: LocalDate): readonly Filler[] {
  const duties = onDuty(terms, on).filter(({ workerId }) => working.has(workerId));
  const filled = new Set(duties.map(placeOf));
  return [...duties, ...standing.filter((holder) => !filled.has(placeOf(holder)))];
}

export interface DutyFacts {
  readonly terms: readonly DutyTerm[];
  /** Those who hold a role of these areas, on the roster or not. */
  readonly standing: readonly Filler[];
  /** The ids of everybody named above who still works here. */
  readonly working: ReadonlySet<string>;
}

/** Days in a row on which somebody fills a role. */
export interface DutySpan extends Filler {
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
}

/** Who fills which role when, from a day until another, in the order of their first day. */
export function dutySpans(facts: DutyFacts, fromOn: LocalDate, untilOn: LocalDate): readonly DutySpan[] {
  const open = new Map<string, DutySpan>();
  const spans: DutySpan[] = [];
  for (let on = fromOn; on <= untilOn; on = addDays(on, 1)) {
    const fillers = new Map(
      fillersOn(facts, on).map(({ areaCode, role, workerId }) => [
        [areaCode, role, workerId].join(' '),
        { areaCode, role, workerId },
      ]),
    );
    for (const [key, span] of open) {
      if (fillers.has(key)) continue;
      spans.push(span);
      open.delete(key);
    }
    for (const [key, filler] of fillers)
      open.set(key, { ...filler, fromOn: open.get(key)?.fromOn ?? on, untilOn: on });
  }
  return [...spans, ...open.values()].toSorted((a, b) =>
    a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : 0,
  );
}

/** The Sunday of the week after this one. */
export function endOfNextWeek(today: LocalDate): LocalDate {
  return addDays(today, 14 - weekdayOf(today));
}

function placeOf({ areaCode, role }: Filler): string {
  return `${areaCode} ${role}`;
}
