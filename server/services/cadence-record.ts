import type { CadenceChild, ChildFacts, Encounter } from '../domain/cadence/child-facts.ts';
import { RECENT_ENCOUNTERS } from '../domain/caseload.ts';
import { summarise, type CadenceSummary } from '../domain/cadence/summary.ts';
import type { LocalDate } from '../domain/local-date.ts';

/** The two columns of a child that the rules of cadence are computed from, and the days people are shown. */
export interface CadenceColumns {
  readonly cadence: string;
  readonly recent: string;
  readonly lastVisitOn: LocalDate | null;
  readonly lastContactOn: LocalDate | null;
}

/** The columns for a history; computed anew at every record, correction, tier change and absence. */
export function cadenceColumns(facts: ChildFacts, today: LocalDate): CadenceColumns {
  const { encounters, importedLastContactOn, importedLastVisitOn, ...child } = facts;
  const summary = summarise(facts, today);
  const recent = encounters.toSorted(latestFirst).slice(0, RECENT_ENCOUNTERS);
  return {
    cadence: JSON.stringify({ child, summary }),
    recent: JSON.stringify({ encounters: recent, importedLastContactOn, importedLastVisitOn }),
    lastVisitOn: summary.lastVisitOn,
    lastContactOn: summary.lastContactOn,
  };
}

/** By day; those of one day by their filing, so that the same history always keeps the same encounters. */
function latestFirst(a: Encounter, b: Encounter): number {
  const [x, y] = [a, b].map(({ on, filedAt, id }) => `${on} ${filedAt ?? ''} ${id}`);
  return (x ?? '') < (y ?? '') ? 1 : -1;
}

/** The planner's view of a child. */
export interface Cadence {
  readonly child: CadenceChild;
  readonly summary: CadenceSummary;
}

/** What stands in the column `cadence`. */
export function readCadence(column: string): Cadence {
  return JSON.parse(column) as Cadence;
}

/** The facts a conversation computes with: the latest encounters stand for the history. */
export function recentFacts(child: CadenceChild, recent: string): ChildFacts {
  const rest = JSON.parse(recent) as {
    encounters: Encounter[];
    importedLastContactOn: LocalDate | null;
    importedLastVisitOn: LocalDate | null;
  };
  return { ...child, ...rest };
}
