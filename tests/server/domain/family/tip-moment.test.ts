import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextTipHour,
  tipComes,
  tipDayNow,
  type TipMoment,
} from '../../../../server/domain/family/tip-moment.ts';
import { TIP_POLICY } from '../../../../server/domain/family/tip-policy.ts';
import {
  addDays,
  daysBetween,
  shanghaiInstant,
  weekdayOf,
  type LocalDate,
} from '../../../../server/domain/local-date.ts';
import { DEFAULT_LOAD_POLICY } from '../../../../server/domain/reminding/digest-budget.ts';

const day = (text: string): LocalDate => text as LocalDate;
const wednesday = day('2026-11-25');
const clock = (on: LocalDate, hour: number, minute = 0): Date => shanghaiInstant(on, hour * 60 + minute);
const comes = (moment: TipMoment, on: LocalDate): boolean =>
  tipComes(moment, on, TIP_POLICY, DEFAULT_LOAD_POLICY);
const free: TipMoment = {
  wanted: true,
  isAway: false,
  lastTipOn: null,
  lastMessageOn: null,
  sentThisMonth: 0,
};

describe('the hour of the tips', () => {
  it.each<[string, Date, LocalDate | null]>([
    ['Wednesday before the hour', clock(wednesday, 19, 29), null],
    ['Wednesday at the hour', clock(wednesday, 19, 30), wednesday],
    ['after an outage of an hour', clock(wednesday, 20, 30), wednesday],
    ['too late in the evening', clock(wednesday, 21), null],
    ['Thursday', clock(addDays(wednesday, 1), 19, 30), null],
  ])('%s', (_when, at, on) => {
    expect(tipDayNow(at, TIP_POLICY)).toBe(on);
  });

  it('comes every week, and always after now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 60 }), (minutes) => {
        const now = new Date(clock(wednesday, 0).getTime() + minutes * 60_000);
        const next = nextTipHour(now, TIP_POLICY);
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(7 * 24 * 3_600_000);
        expect(tipDayNow(next, TIP_POLICY)).not.toBeNull();
      }),
    );
  });
});

describe('a tip by itself', () => {
  it.each<[string, Partial<TipMoment>, boolean]>([
    ['comes to whoever wants it', {}, true],
    ['does not come to whoever was not asked, or refused', { wanted: false }, false],
    ['does not come to a parent far away, who is reminded every week to ring', { isAway: true }, false],
    ['does not come twice in a week', { lastTipOn: addDays(wednesday, -6) }, false],
    [
      'comes a week later',
      { lastTipOn: addDays(wednesday, -7), lastMessageOn: addDays(wednesday, -7) },
      true,
    ],
    ['leaves three days after anything else', { lastMessageOn: addDays(wednesday, -3) }, false],
    ['comes four days after', { lastMessageOn: addDays(wednesday, -4) }, true],
    ['leaves the last two messages of a month to safety and visits', { sentThisMonth: 4 }, false],
    ['takes the fourth', { sentThisMonth: 3 }, true],
  ])('%s', (_what, changed, expected) => {
    expect(comes({ ...free, ...changed }, wednesday)).toBe(expected);
  });

  it('never makes more than a guardian’s six messages a month, whatever else comes', () => {
    const elsewhere = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 2 });
    fc.assert(
      fc.property(elsewhere, (otherDays) => {
        const messages: LocalDate[] = [];
        const tips: LocalDate[] = [];
        for (let on = day('2026-12-01'); on <= '2026-12-31'; on = addDays(on, 1)) {
          if (otherDays.includes(daysBetween(day('2026-12-01'), on))) messages.push(on);
          if (weekdayOf(on) !== TIP_POLICY.weekday) continue;
          const moment: TipMoment = {
            ...free,
            lastTipOn: tips.at(-1) ?? null,
            lastMessageOn: messages.at(-1) ?? null,
            sentThisMonth: messages.length,
          };
          if (!comes(moment, on)) continue;
          messages.push(on);
          tips.push(on);
        }
        expect(messages.length).toBeLessThanOrEqual(DEFAULT_LOAD_POLICY.guardianMessagesPerMonth);
        expect(tips.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
