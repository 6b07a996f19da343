import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookFor } from '../../../../server/domain/family/look-for.ts';
import { addDays } from '../../../../server/domain/local-date.ts';
import { day } from '../cadence/family.ts';

describe('what to look for on a visit', () => {
  it.each([
    [3, '2026-07-20', 'water-small storm age-0'],
    [9, '2026-07-20', 'water storm age-7'],
    [14, '2026-04-01', 'water-big storm age-13'],
    [9, '2026-11-23', 'winter age-7'],
    [5, '2027-01-15', 'winter-small fireworks break age-4'],
    [12, '2027-02-20', 'winter fireworks term age-10'],
    [17, '2026-09-01', 'water-big storm term age-16'],
  ])('at %i on %s', (age, on, keys) => {
    expect(lookFor(age, day(on)).join(' ')).toBe(
      keys
        .split(' ')
        .map((key) => `look-for.${key}`)
        .join(' '),
    );
  });

  it('is one line of the season, one of the age, and never more than four', () => {
    const anyDay = fc.nat(730).map((days) => addDays(day('2026-01-01'), days));
    fc.assert(
      fc.property(fc.nat(17), anyDay, (age, on) => {
        const topics = lookFor(age, on);
        expect(topics.length).toBeGreaterThanOrEqual(2);
        expect(topics.length).toBeLessThanOrEqual(4);
        expect(topics.filter((key) => key.startsWith('look-for.age-'))).toHaveLength(1);
      }),
    );
  });
});
