import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shanghaiInstant, shanghaiMinutes } from '../../../../server/domain/local-date.ts';
import { digestAt, nextAllowedAt } from '../../../../server/domain/reminding/quiet-hours.ts';
import {
  type DirectorWords,
  isSilent,
  isToldAgain,
} from '../../../../server/domain/reminding/silent-director.ts';
import { day } from '../cadence/family.ts';

const night = { fromMinutes: 21 * 60, untilMinutes: 7 * 60 + 30 };
const at = (date: string, hour: number, minute = 0) => shanghaiInstant(day(date), hour * 60 + minute);

describe('quiet hours', () => {
  it.each([
    ['in the evening', at('2026-11-23', 22), at('2026-11-24', 7, 30)],
    ['after midnight', at('2026-11-24', 2), at('2026-11-24', 7, 30)],
    ['at the first quiet minute', at('2026-11-23', 21), at('2026-11-24', 7, 30)],
    ['at the first allowed minute', at('2026-11-24', 7, 30), at('2026-11-24', 7, 30)],
    ['at noon', at('2026-11-24', 12), at('2026-11-24', 12)],
    ['on the last evening of a year', at('2026-12-31', 23), at('2027-01-01', 7, 30)],
  ])('a message ready %s goes out when it may', (_when, ready, expected) => {
    expect(nextAllowedAt(ready, night)).toEqual(expected);
  });

  it('a noon rest that does not span midnight ends the same day; equal ends mean no quiet hours', () => {
    const noon = { fromMinutes: 12 * 60, untilMinutes: 14 * 60 };
    expect(nextAllowedAt(at('2026-11-24', 13), noon)).toEqual(at('2026-11-24', 14));
    expect(nextAllowedAt(at('2026-11-24', 13), { fromMinutes: 0, untilMinutes: 0 })).toEqual(
      at('2026-11-24', 13),
    );
  });

  it('whatever the hours, the answer is allowed, never earlier, and less than a day away', () => {
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minutes, minutes, minutes, (fromMinutes, untilMinutes, now) => {
        const quiet = { fromMinutes, untilMinutes };
        const ready = shanghaiInstant(day('2026-11-24'), now);
        const next = nextAllowedAt(ready, quiet);
        const waitMs = next.getTime() - ready.getTime();
        expect(waitMs >= 0 && waitMs < 86_400_000).toBe(true);
        expect(nextAllowedAt(next, quiet)).toEqual(next);
        if (waitMs > 0) expect(shanghaiMinutes(next)).toBe(untilMinutes);
      }),
    );
  });

  it('a digest goes out at the chosen hour, or when the quiet hours end', () => {
    expect(digestAt(day('2026-11-24'), 8 * 60, night)).toEqual(at('2026-11-24', 8));
    expect(digestAt(day('2026-11-24'), 6 * 60, night)).toEqual(at('2026-11-24', 7, 30));
  });
});

describe('a silent director', () => {
  const silent: DirectorWords = {
    today: day('2026-12-03'),
    linkedOn: day('2026-11-20'),
    dutyOverdueSince: day('2026-12-01'),
    unansweredQuestionAskedAt: at('2026-12-01', 8),
    lastWordAt: at('2026-11-28', 9),
  };

  it('has let a duty pass and left a question of an earlier day unanswered', () => {
    expect(isSilent(silent)).toBe(true);
    expect(isSilent({ ...silent, lastWordAt: null })).toBe(true);
  });

  it.each([
    ['nothing is overdue', { dutyOverdueSince: null }],
    ['nothing was asked', { unansweredQuestionAskedAt: null }],
    ['the question is of today', { unansweredQuestionAskedAt: at('2026-12-03', 8) }],
    ['the director wrote anything since', { lastWordAt: at('2026-12-01', 9) }],
    ['no account was ever linked', { linkedOn: null }],
    ['the question is older than the first linking', { linkedOn: day('2026-12-02') }],
    ['the duty passes only tomorrow', { dutyOverdueSince: day('2026-12-04') }],
  ])('is not called silent when %s', (_why, change) => {
    expect(isSilent({ ...silent, ...change })).toBe(false);
  });
});

describe('a silence, to the supervisor', () => {
  const today = day('2026-12-14');
  it.each([
    ['never told', null, null, true],
    ['told yesterday', at('2026-12-13', 8), null, false],
    ['told six days ago', at('2026-12-08', 23), null, false],
    ['told a week ago', at('2026-12-07', 8), null, true],
    ['a word, and silent again since', at('2026-12-11', 8), at('2026-12-12', 9), true],
    ['the last word came before it was told', at('2026-12-11', 8), at('2026-12-10', 9), false],
  ])('%s', (_when, toldAt, lastWordAt, again) => {
    expect(isToldAgain({ today, toldAt, lastWordAt })).toBe(again);
  });
});
