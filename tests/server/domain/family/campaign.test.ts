import { describe, expect, it } from 'vitest';
import type { DueOccasion } from '../../../../server/domain/education/occasions.ts';
import type { Stage } from '../../../../server/domain/education/stage.ts';
import {
  lastDayOf,
  proposalsOf,
  unanswered,
  type StandingCampaign,
} from '../../../../server/domain/family/campaign.ts';
import type { LocalDate } from '../../../../server/domain/local-date.ts';

const day = (text: string): LocalDate => text as LocalDate;
const winter = (stage: Stage, from = '2027-01-30', daysBefore: 7 | 1 = 7): DueOccasion => ({
  kind: 'winter-break',
  from: day(from),
  until: day('2027-02-26'),
  stage,
  areaCode: 'county',
  daysBefore,
  sendOn: day(daysBefore === 7 ? '2027-01-23' : '2027-01-29'),
  key: `winter-break:2027:county:${stage}:${String(daysBefore)}`,
});
const kept = (
  occasions: readonly DueOccasion[],
  state: StandingCampaign['state'] = 'proposed',
): StandingCampaign => {
  const [facts] = proposalsOf(day('2027-01-20'), occasions, []).fresh;
  if (facts === undefined) throw new Error('nothing was proposed');
  return { id: 'kept', state, ...facts };
};

describe('proposing a safety notice', () => {
  it('comes a week before it is due, and not earlier', () => {
    const ahead = [winter('primary')];
    expect(proposalsOf(day('2027-01-15'), ahead, []).fresh).toHaveLength(0);
    expect(proposalsOf(day('2027-01-16'), ahead, []).fresh).toHaveLength(1);
  });

  it('is one for all stages with the same days, so that a family with two children reads one', () => {
    const ahead = [winter('primary'), winter('junior'), winter('senior', '2027-02-03')];
    const { fresh } = proposalsOf(day('2027-01-20'), ahead, []);
    expect(fresh.map(({ stages }) => stages)).toEqual([['primary', 'junior'], ['senior']]);
  });

  it('happens once, whatever the answer was', () => {
    const ahead = [winter('primary')];
    for (const state of ['proposed', 'approved', 'declined', 'dropped', 'ended'] as const)
      expect(proposalsOf(day('2027-01-20'), ahead, [kept(ahead, state)])).toEqual({ fresh: [], changed: [] });
  });

  it('follows the calendar while it waits: another day, and a stage that was confirmed since', () => {
    const before = kept([winter('primary')]);
    const now = [winter('primary', '2027-01-31'), winter('junior', '2027-01-31')];
    const { fresh, changed } = proposalsOf(day('2027-01-20'), now, [before]);
    expect(fresh).toEqual([]);
    expect(changed).toEqual([
      expect.objectContaining({ id: 'kept', fromOn: '2027-01-31', stages: ['primary', 'junior'] }),
    ]);
  });

  it('of a stage that was confirmed after the others were sent is a notice of its own', () => {
    const sent = kept([winter('primary')], 'approved');
    const { fresh, changed } = proposalsOf(day('2027-01-22'), [winter('primary'), winter('junior')], [sent]);
    expect(changed).toEqual([]);
    expect(fresh.map(({ stages }) => stages)).toEqual([['junior']]);
  });
});

describe('a notice that nobody has answered', () => {
  const facts = { fromOn: day('2027-01-30'), dueOn: day('2027-01-23') };
  const season = { fromOn: day('2027-04-01'), dueOn: day('2027-04-01') };
  it.each([
    [facts, false, '2027-01-28', 'wait'],
    [facts, false, '2027-01-29', 'ask-again'],
    [facts, true, '2027-01-29', 'wait'],
    [facts, true, '2027-01-30', 'drop'],
    [facts, false, '2027-02-15', 'drop'],
    [season, false, '2027-03-31', 'wait'],
    [season, false, '2027-04-01', 'ask-again'],
    [season, true, '2027-04-07', 'wait'],
    [season, true, '2027-04-08', 'drop'],
  ] as const)('%o, asked again: %s, on %s: %s', (campaign, isAsked, today, expected) => {
    expect(unanswered(campaign, isAsked, day(today))).toBe(expected);
  });
});

describe('the last day of a notice', () => {
  it.each([
    ['winter-break', 7, '2027-01-30', '2027-02-26', '2027-02-26'],
    ['summer-break', 1, '2027-07-03', '2027-08-31', '2027-08-31'],
    ['spring-festival', 7, '2027-02-05', '2027-02-20', '2027-02-20'],
    ['term-start', 3, '2027-02-27', null, '2027-03-06'],
    ['flood-season', 0, '2027-04-01', '2027-10-31', '2027-05-01'],
    ['typhoon', 0, '2027-07-10', '2027-07-13', '2027-07-13'],
  ] as const)('of %s, %d days before %s until %s is %s', (kind, daysBefore, from, until, expected) => {
    const untilOn = until === null ? null : day(until);
    expect(lastDayOf({ kind, daysBefore, fromOn: day(from), untilOn })).toBe(expected);
  });
});
