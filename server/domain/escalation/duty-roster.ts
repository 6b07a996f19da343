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
  /** 换班: whose place this person takes in these days. */
  readonly replacesId?: string | null;
  /** When it was filed in a conversation; what was filed later holds. */
  readonly filedAt?: string | null;
}

/** Somebody who fills a role for an area on a day, and whom they replace. */
export interface DutyFiller extends Filler {
  readonly replacesId?: string | null;
}

/** The lines of the roster that hold on a day. */
export function onDuty<Term extends DutyTerm>(terms: readonly Term[], on: LocalDate): readonly Term[] {
  return terms.filter(({ fromOn, untilOn }) => fromOn <= on && (untilOn === null || untilOn >= on));
}

/**
 * Who fills the roles on a day: whoever stands on the roster, otherwise everybody who holds the role (`standing`); then
 * the swaps of that day. Of lines that were filed for one place the last filing holds. A line of somebody who does not
 * work here any more empties no role, and a swap with somebody who is not on duty changes nothing.
 */
export function fillersOn({ terms, standing, working }: DutyFacts, on: LocalDate): readonly DutyFiller[] {
  const lines = onDuty(terms, on).filter(({ workerId }) => working.has(workerId));
  const duties = lastFiled(lines.filter(({ replacesId }) => (replacesId ?? null) === null));
  const filled = new Set(duties.map(placeOf));
  const base: readonly DutyFiller[] = [
    ...duties,
    ...standing.filter((holder) => !filled.has(placeOf(holder))),
  ];
  const swaps = lines.filter(({ replacesId }) => (replacesId ?? null) !== null).toSorted(byFiling);
  const lastOf = new Map(swaps.map((swap) => [`${placeOf(swap)} ${swap.replacesId ?? ''}`, swap]));
  return swaps.filter((swap) => [...lastOf.values()].includes(swap)).reduce(swapped, base);
}

/** A day and role that was filed again: what stood there before gives way, the import's lines first of all. */
function lastFiled<Term extends DutyTerm>(lines: readonly Term[]): readonly Term[] {
  const last = new Map<string, string>();
  for (const line of lines) {
    const filedAt = line.filedAt ?? '';
    if (filedAt >= (last.get(placeOf(line)) ?? '')) last.set(placeOf(line), filedAt);
  }
  return lines.filter((line) => (line.filedAt ?? '') === last.get(placeOf(line)));
}

function swapped(fillers: readonly DutyFiller[], swap: DutyTerm): readonly DutyFiller[] {
  const { areaCode, role, workerId } = swap;
  return fillers.map((filler) =>
    placeOf(filler) === placeOf(swap) && filler.workerId === swap.replacesId
      ? { areaCode, role, workerId, replacesId: filler.replacesId ?? filler.workerId }
      : filler,
  );
}

function byFiling(a: DutyTerm, b: DutyTerm): number {
  const [first, second] = [a.filedAt ?? '', b.filedAt ?? ''];
  return first < second ? -1 : first > second ? 1 : 0;
}

export interface DutyFacts {
  readonly terms: readonly DutyTerm[];
  /** Those who hold a role of these areas, on the roster or not. */
  readonly standing: readonly Filler[];
  /** The ids of everybody named above who still works here. */
  readonly working: ReadonlySet<string>;
}

/** Days in a row on which somebody fills a role. */
export interface DutySpan extends DutyFiller {
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
}

/** Who fills which role when, from a day until another, in the order of their first day. */
export function dutySpans(facts: DutyFacts, fromOn: LocalDate, untilOn: LocalDate): readonly DutySpan[] {
  const open = new Map<string, DutySpan>();
  const spans: DutySpan[] = [];
  for (let on = fromOn; on <= untilOn; on = addDays(on, 1)) {
    const fillers = new Map(
      fillersOn(facts, on).map(({ areaCode, role, workerId, replacesId = null }) => [
        [areaCode, role, workerId, replacesId ?? ''].join(' '),
        { areaCode, role, workerId, replacesId: replacesId === workerId ? null : replacesId },
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

/** Somebody who may stand on the duty roster. */
export interface DutyPerson {
  readonly workerId: string;
  readonly name: string;
  readonly role: string;
  readonly areaCode: string;
}

/** What 换班 and an entry of the roster are read and decided by. */
export interface DutyDesk {
  readonly people: readonly DutyPerson[];
  readonly facts: DutyFacts;
}

/** A day of the roster as somebody files it. */
export interface DutyLine extends Filler {
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly name: string;
  readonly replacesId: string | null;
  readonly replaces: string | null;
}
