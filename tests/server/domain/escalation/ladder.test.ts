import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_LADDER_POLICY,
  nextPage,
  pageOffsetsMinutes,
  rolesAt,
} from '../../../../server/domain/escalation/ladder.ts';
import { shanghaiInstant, shanghaiMinutes } from '../../../../server/domain/local-date.ts';
import { day } from '../cadence/family.ts';

const { steps, pages } = DEFAULT_LADDER_POLICY;
const openedAt = shanghaiInstant(day('2026-11-24'), 22 * 60 + 15);
const FIRST_DAY_PAGES = 13 + 22;

describe('the pages of an unacknowledged report', () => {
  it('come every 10 minutes for 2 hours, then every hour up to 24 hours', () => {
    const offsets = pageOffsetsMinutes(pages);
    expect(offsets.slice(0, 15)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 180, 240]);
    expect(offsets.at(-1)).toBe(24 * 60);
    expect(offsets).toHaveLength(FIRST_DAY_PAGES);
    expect(nextPage(openedAt, 0)).toEqual(openedAt);
    expect(nextPage(openedAt, 13)).toEqual(shanghaiInstant(day('2026-11-25'), 60 + 15));
  });

  it('come three times a day after that, at 8:00, 13:00 and 19:00 in Shanghai', () => {
    const next = [0, 1, 2, 3].map((n) => nextPage(openedAt, FIRST_DAY_PAGES + n));
    expect(next).toEqual([
      shanghaiInstant(day('2026-11-26'), 8 * 60),
      shanghaiInstant(day('2026-11-26'), 13 * 60),
      shanghaiInstant(day('2026-11-26'), 19 * 60),
      shanghaiInstant(day('2026-11-27'), 8 * 60),
    ]);
  });

  it('never stop, never stand still, and never leave more than 13 hours without a page', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 5000 }), (minutes, n) => {
        const opened = shanghaiInstant(day('2026-11-24'), minutes);
        const [page, following] = [nextPage(opened, n), nextPage(opened, n + 1)];
        const gapMinutes = (following.getTime() - page.getTime()) / 60_000;
        expect(gapMinutes > 0 && gapMinutes <= 13 * 60).toBe(true);
        if (n >= FIRST_DAY_PAGES) expect([480, 780, 1140]).toContain(shanghaiMinutes(page));
      }),
    );
  });
});

describe('the rungs', () => {
  it.each([
    [0, ['supervisor']],
    [9, ['supervisor']],
    [10, ['supervisor', 'deputy']],
    [20, ['supervisor', 'deputy', 'county-desk']],
    [30, ['supervisor', 'deputy', 'county-desk', 'county-leader']],
    [100_000, ['supervisor', 'deputy', 'county-desk', 'county-leader']],
  ])('after %i minutes without acknowledgement these are paged: %j', (minutes, roles) => {
    expect(rolesAt(steps, minutes)).toEqual(roles);
  });

  it('a ladder that starts with the county desk pages nobody below it', () => {
    expect(rolesAt([{ afterMinutes: 0, role: 'county-desk' }], 45)).toEqual(['county-desk']);
  });
});
