import { fillersOn, type DutyFiller, type DutyTerm, type Filler } from './duty-roster.ts';
import type { LocalDate } from '../local-date.ts';

/** The roster of some areas as it stood at an instant: who holds their roles and every line still to come. Ids only. */
export interface RosterSnapshot {
  readonly areas: readonly string[];
  readonly terms: readonly DutyTerm[];
  readonly standing: readonly Filler[];
}

/** What a report keeps of the roster; lines that are over on that day will never hold again. */
export function snapshotOf(
  { terms, standing }: Pick<RosterSnapshot, 'terms' | 'standing'>,
  areas: readonly string[],
  today: LocalDate,
): RosterSnapshot {
  const isHere = ({ areaCode }: Filler): boolean => areas.includes(areaCode);
  return {
    areas,
    terms: terms
      .filter((term) => isHere(term) && (term.untilOn === null || term.untilOn >= today))
      .map(({ areaCode, role, workerId, fromOn, untilOn, replacesId = null, filedAt = null }) => ({
        ...{ areaCode, role, workerId, fromOn, untilOn },
        ...(replacesId === null ? {} : { replacesId }),
        ...(filedAt === null ? {} : { filedAt }),
      })),
    standing: standing.filter(isHere).map(({ areaCode, role, workerId }) => ({ areaCode, role, workerId })),
  };
}

/** Everybody who is named in these snapshots. */
export function namedInRosters(rosters: readonly RosterSnapshot[]): readonly string[] {
  return [
    ...new Set(rosters.flatMap(({ terms, standing }) => [...standing, ...terms].map((one) => one.workerId))),
  ];
}

/**
 * Who fills the roles on a day by what a report kept, whatever became of the roster since; `working` are those of them
 * who still work here. Where a later roster was taken in as well, those of both.
 */
export function keptFillersOn(
  rosters: readonly RosterSnapshot[],
  working: ReadonlySet<string>,
  on: LocalDate,
): readonly DutyFiller[] {
  const all = rosters.flatMap(({ terms, standing }) =>
    fillersOn({ terms, standing: standing.filter(({ workerId }) => working.has(workerId)), working }, on),
  );
  return [...new Map(all.map((one) => [[one.areaCode, one.role, one.workerId].join(' '), one])).values()];
}
