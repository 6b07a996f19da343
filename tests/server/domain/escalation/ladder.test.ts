import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_LADDER_POLICY,
  DEFAULT_LADDER_POLICY,
  nextPage,
  nextPageAfter,
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

describe('a call nobody makes', () => {
  const call = CALL_LADDER_POLICY;
  const asked = (at: Date, n: number) => nextPage(at, n, call.pages);

  it('is asked for at once, after 30 minutes, after 2 hours and every morning at 8', () => {
    expect(pageOffsetsMinutes(call.pages)).toEqual([0, 30, 120]);
    const afternoon = shanghaiInstant(day('2026-11-24'), 14 * 60);
    expect([3, 4].map((n) => asked(afternoon, n))).toEqual([
      shanghaiInstant(day('2026-11-25'), 8 * 60),
      shanghaiInstant(day('2026-11-26'), 8 * 60),
    ]);
  });

  it('late in the evening the morning is the next one, early in the morning the one after', () => {
    const [late, early] = [23 * 60, 6 * 60 + 30].map((m) => shanghaiInstant(day('2026-11-24'), m));
    expect(asked(late ?? openedAt, 3)).toEqual(shanghaiInstant(day('2026-11-25'), 8 * 60));
    expect(asked(early ?? openedAt, 3)).toEqual(shanghaiInstant(day('2026-11-25'), 8 * 60));
  });

  it('goes to the deputy and to the county desk, never to the county leader', () => {
    expect([0, 30, 120, 10_000].map((minutes) => rolesAt(call.steps, minutes))).toEqual([
      ['supervisor'],
      ['supervisor', 'deputy'],
      ['supervisor', 'deputy', 'county-desk'],
      ['supervisor', 'deputy', 'county-desk'],
    ]);
  });
});

describe('the page after an outage', () => {
  it('is the first of the schedule that lies ahead, whatever was missed', () => {
    const policy = fc.constantFrom(DEFAULT_LADDER_POLICY, CALL_LADDER_POLICY);
    fc.assert(
      fc.property(policy, fc.integer({ min: 0, max: 20_000 }), ({ pages: schedule }, minutes) => {
        const now = new Date(openedAt.getTime() + minutes * 60_000);
        const next = nextPageAfter(openedAt, 1, schedule, now);
        const all = Array.from({ length: 200 }, (_, n) => nextPage(openedAt, n, schedule));
        expect(next).toEqual(all.find((at) => at > now));
      }),
    );
  });
});
