import type { ChildFacts, Encounter, RiskTier } from '../../../../server/domain/cadence/child-facts.ts';
import { type LocalDate, parseLocalDate } from '../../../../server/domain/local-date.ts';

/** A date written in a test; a typing error stops the test. */
export function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`no such day: ${text}`);
  return date;
}

/** A child seen at home on each of these days. */
export function visits(...days: string[]): Encounter[] {
  return days.map((on) => encounter(on, 'home'));
}

/** A telephone call on each of these days. */
export function calls(...days: string[]): Encounter[] {
  return days.map((on) => encounter(on, 'phone'));
}

/** One encounter, the child seen unless said otherwise. */
export function encounter(on: string, mode: Encounter['mode'], childSeen = true): Encounter {
  return { id: `${mode} ${on}`, on: day(on), mode, childSeen };
}

/** An imported child with nothing recorded, on the ledger since long before. */
export function child(tier: RiskTier, more: Partial<ChildFacts> = {}): ChildFacts {
  const dutiesFrom = more.dutiesFrom ?? day('2026-01-01');
  return {
    childId: 'c1',
    dutiesFrom,
    registration: 'import',
    tierChanges: [{ on: dutiesFrom, tier }],
    encounters: [],
    importedLastContactOn: null,
    importedLastVisitOn: null,
    boarder: false,
    absences: [],
    endsOn: null,
    ...more,
  };
}
