import { isVisit, type ChildFacts, type EncounterMode } from '../cadence/child-facts.ts';
import type { LocalDate } from '../local-date.ts';

/** When somebody last was there or on the line; the mode of an imported day is not known. */
export interface LastMet {
  readonly on: LocalDate;
  readonly mode: EncounterMode | null;
}

/** The last visit, and the last contact where it was later than that. */
export function lastMet(facts: ChildFacts): {
  readonly visit: LastMet | null;
  readonly contact: LastMet | null;
} {
  const visits = facts.encounters.filter((e) => isVisit(e.mode));
  const calls = facts.encounters.filter((e) => !isVisit(e.mode));
  const visit = latest(visits, facts.importedLastVisitOn);
  const contact = latest(calls, facts.importedLastContactOn);
  return { visit, contact: contact !== null && (visit === null || contact.on > visit.on) ? contact : null };
}

function latest(encounters: readonly LastMet[], imported: LocalDate | null): LastMet | null {
  const all = imported === null ? encounters : [...encounters, { on: imported, mode: null }];
  return all.reduce<LastMet | null>((best, e) => (best === null || e.on > best.on ? e : best), null);
}
