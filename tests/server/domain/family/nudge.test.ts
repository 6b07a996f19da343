import { describe, expect, it, test } from 'vitest';
import {
  nextNudgeAt,
  nudgeWeek,
  unansweredInARow,
  wantsNudge,
} from '../../../../server/domain/family/nudge.ts';
import { parseLocalDate, type LocalDate } from '../../../../server/domain/local-date.ts';

const day = (text: string): LocalDate => parseLocalDate(text) ?? ('' as LocalDate);
const TODAY = day('2026-12-06');
const yes = { given: true, at: '2026-11-01T00:00:00.000Z' };
const no = { given: false, at: '2026-11-20T00:00:00.000Z' };
const wish = (what: 'quiet' | 'again', at: string) => ({ wish: what, at });

describe('who is reminded to ring the child', () => {
  test.each([
    ['a parent away who agreed', true, yes, null, true],
    ['a parent away who was never asked', true, null, null, false],
    ['a parent away who refused', true, no, null, false],
    ['a parent at home', false, yes, null, false],
    ['whoever asked for it', false, null, wish('again', '2026-11-25T00:00:00.000Z'), true],
    ['who asked for it after refusing', true, no, wish('again', '2026-11-25T00:00:00.000Z'), true],
    ['who refused after asking for it', true, no, wish('again', '2026-11-10T00:00:00.000Z'), false],
    ['who rings every day anyway', true, yes, wish('quiet', '2026-11-29T03:00:00.000Z'), false],
    ['who said so more than a month ago', true, yes, wish('quiet', '2026-11-01T03:00:00.000Z'), true],
  ])('%s', (_who, away, consent, said, expected) => {
    expect(wantsNudge({ away, consent, wish: said }, TODAY)).toBe(expected);
  });
});

describe('the hour of the week', () => {
  it('is Sunday from half past ten to seven, never at night', () => {
    expect(nudgeWeek(new Date('2026-12-06T10:29:59+08:00'))).toBeNull();
    expect(nudgeWeek(new Date('2026-12-06T10:30:00+08:00'))).toBe('2026-11-30');
    expect(nudgeWeek(new Date('2026-12-06T19:00:00+08:00'))).toBeNull();
    expect(nudgeWeek(new Date('2026-12-07T10:30:00+08:00'))).toBeNull();
  });

  it('comes again a week later', () => {
    expect(nextNudgeAt(new Date('2026-12-06T10:30:00+08:00')).toISOString()).toBe('2026-12-13T02:30:00.000Z');
    expect(nextNudgeAt(new Date('2026-12-05T22:00:00+08:00')).toISOString()).toBe('2026-12-06T02:30:00.000Z');
  });
});

it('counts a silence only where the reminder arrived, and from the last answer on', () => {
  const sent = (weekOn: string, arrived: boolean, answered: boolean) => ({
    weekOn: day(weekOn),
    arrived,
    answered,
  });
  const weeks = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30'];
  expect(unansweredInARow(weeks.map((week) => sent(week, true, false)))).toBe(5);
  expect(unansweredInARow(weeks.map((week, n) => sent(week, n !== 2, false)))).toBe(4);
  expect(unansweredInARow(weeks.map((week, n) => sent(week, true, n === 1)))).toBe(3);
  expect(unansweredInARow([])).toBe(0);
});
