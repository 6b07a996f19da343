import { UNREACHED, type Unreached, type Way } from './arrival.ts';

/** Where a notice stands with one person. */
export const PERSON_STATES = ['waiting', 'queued', 'accepted', 'confirmed', 'told', 'unreachable'] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export interface PersonStanding {
  readonly state: PersonState;
  readonly way: Way | null;
  readonly reason: Unreached | null;
  readonly townshipCode: string | null;
}

/** Counts of a notice. Everybody it is for stands in one of them, once. */
export interface Coverage {
  readonly total: number;
  /** They said that they read it. */
  readonly confirmed: number;
  /** The channel took it. */
  readonly accepted: number;
  /** Their director told them. */
  readonly told: number;
  /** Still on the way, or waiting for their director. */
  readonly left: number;
  readonly unreached: Readonly<Record<Unreached, number>>;
}

export interface TownshipCoverage {
  readonly townshipCode: string | null;
  readonly coverage: Coverage;
}

export function coverageOf(people: readonly PersonStanding[]): Coverage {
  const of = (state: PersonState): number => people.filter((one) => one.state === state).length;
  return {
    total: people.length,
    confirmed: of('confirmed'),
    accepted: of('accepted'),
    told: of('told'),
    left: of('waiting') + of('queued'),
    unreached: Object.fromEntries(
      UNREACHED.map((reason) => [
        reason,
        people.filter((one) => one.state === 'unreachable' && one.reason === reason).length,
      ]),
    ) as Record<Unreached, number>,
  };
}

/** The same for each township, in the order of their codes: no one is ranked. */
export function byTownship(people: readonly PersonStanding[]): readonly TownshipCoverage[] {
  const codes = [...new Set(people.map(({ townshipCode }) => townshipCode))].sort((a, b) =>
    (a ?? '') < (b ?? '') ? -1 : 1,
  );
  return codes.map((townshipCode) => ({
    townshipCode,
    coverage: coverageOf(people.filter((one) => one.townshipCode === townshipCode)),
  }));
}
