import { describe, expect, it } from 'vitest';
import { workingDaysOf, workingDayUpTo } from '../../../../server/domain/calendar/working-days.ts';
import { readHolidayTable } from '../../../../server/platform/chinese-calendar.ts';
import { day } from '../cadence/family.ts';

const days = workingDaysOf(readHolidayTable());

describe('working days', () => {
  it.each([
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday worked for it'],
    ['2026-02-16', false, 'the eve of the Spring Festival'],
    ['2026-11-23', true, 'a plain Monday'],
    ['2026-11-22', false, 'a plain Sunday'],
  ])('%s is a working day: %s (%s)', (date, expected) => {
    expect(days.isWorkingDay(day(date))).toBe(expected);
  });

  it('a year whose holidays are not yet published has only its weekends off, and says so', () => {
    const early = workingDaysOf({ publishedYears: [2026], daysOff: [], daysWorked: [] });
    expect(early.isPublished(2026)).toBe(true);
    expect(early.isPublished(2027)).toBe(false);
    expect(early.isWorkingDay(day('2027-10-01'))).toBe(true);
    expect(early.isWorkingDay(day('2027-10-02'))).toBe(false);
    expect(days.isPublished(2039)).toBe(false);
    expect(days.isPublished(2003)).toBe(false);
    expect(days.isPublished(2025)).toBe(true);
  });

  it('the working day before a holiday is found, but not beyond the earliest day allowed', () => {
    expect(workingDayUpTo(days, day('2026-10-06'), day('2026-09-01'))).toBe('2026-09-30');
    expect(workingDayUpTo(days, day('2026-10-06'), day('2026-10-02'))).toBe('2026-10-02');
    expect(workingDayUpTo(days, day('2026-10-08'), day('2026-10-01'))).toBe('2026-10-08');
  });
});
