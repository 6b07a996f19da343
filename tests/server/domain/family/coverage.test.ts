import { describe, expect, it } from 'vitest';
import { UNREACHED } from '../../../../server/domain/family/arrival.ts';
import {
  byTownship,
  coverageOf,
  PERSON_STATES,
  type PersonStanding,
} from '../../../../server/domain/family/coverage.ts';

const everyKind: readonly PersonStanding[] = PERSON_STATES.flatMap((state, n) =>
  (state === 'unreachable' ? UNREACHED : [null]).map((reason, place) => ({
    ...{ state, reason, way: null },
    townshipCode: (n + place) % 2 === 0 ? 'south' : 'north',
  })),
);

describe('what became of a safety notice', () => {
  it('counts everybody once, in whatever state they are', () => {
    const { total, confirmed, accepted, told, left, unreached } = coverageOf(everyKind);
    const gone = Object.values(unreached).reduce((sum, one) => sum + one, 0);
    expect(total).toBe(everyKind.length);
    expect(confirmed + accepted + told + left + gone).toBe(total);
  });

  it('adds up by township, in the order of their codes', () => {
    const parts = byTownship(everyKind);
    expect(parts.map(({ townshipCode }) => townshipCode)).toEqual(['north', 'south']);
    expect(parts.reduce((sum, { coverage }) => sum + coverage.total, 0)).toBe(everyKind.length);
  });
});
