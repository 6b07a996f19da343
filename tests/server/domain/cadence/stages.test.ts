import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dutiesOf } from '../../../../server/domain/cadence/duties.ts';
import type { Duty } from '../../../../server/domain/cadence/duty.ts';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { stagesDue, stagesOf, upcomingStageDays } from '../../../../server/domain/cadence/stages.ts';
import { standingOf } from '../../../../server/domain/cadence/standing.ts';
import { workingDaysOf } from '../../../../server/domain/calendar/working-days.ts';
import { addDays } from '../../../../server/domain/local-date.ts';
import { readHolidayTable } from '../../../../server/platform/chinese-calendar.ts';
import { child, day, visits } from './family.ts';
import { anyFacts, anyToday } from './histories.ts';

const plan = FUJIAN_PLAN_POLICY;
const days = workingDaysOf(readHolidayTable());

function dutyOf(dutiesFrom: string, today: string): Duty {
  const [duty] = dutiesOf(child('medium', { dutiesFrom: day(dutiesFrom) }), [plan], day(today));
  if (!duty) throw new Error('no duty');
  return duty;
}

function stages(dutiesFrom: string, today: string): string[] {
  return stagesOf(dutyOf(dutiesFrom, today), plan, days, day(today)).map(({ stage, on }) => `${stage} ${on}`);
}

describe('reminder stages', () => {
  it('a month is reminded of at its start, 10 days, 3 days before its end, and on its last working day', () => {
    expect(stages('2026-11-01', '2026-11-30')).toEqual([
      'start 2026-11-01', // a Sunday, but never before the duty is owed
      'd10 2026-11-20',
      'd3 2026-11-27',
      'd0 2026-11-30',
    ]);
  });

  it('stages on the days off of a public holiday move to the working day before', () => {
    // 2026-10-01 to 07 are off; 10-31 is a Saturday and 10-10 is worked.
    expect(stages('2026-10-02', '2026-10-31')).toEqual([
      'start 2026-10-02',
      'd10 2026-10-21',
      'd3 2026-10-28',
      'd0 2026-10-30',
    ]);
  });

  it('the first, partial period starts on the day the child came in, and skips stages that lie before it', () => {
    expect(stages('2026-11-23', '2026-11-30')).toEqual([
      'start 2026-11-23',
      'd3 2026-11-27',
      'd0 2026-11-30',
    ]);
  });

  it('an overdue is raised after 1, 3 and 7 days, then every week for ever, never before its first day', () => {
    const overdue = stages('2026-09-01', '2026-10-31').filter((line) => line.startsWith('overdue'));
    expect(overdue).toEqual([
      'overdue1 2026-10-01', // the National Day holiday: the first overdue day is the earliest there is
      'overdue3 2026-10-01',
      'overdue7 2026-10-01',
      'overdueW1 2026-10-14',
      'overdueW2 2026-10-21',
      'overdueW3 2026-10-28',
    ]);
  });

  it('after an outage the latest stage is sent and the skipped ones are returned as merged', () => {
    const standing = standingOf(
      child('medium', { dutiesFrom: day('2026-11-01') }),
      [plan],
      day('2026-12-04'),
    );
    const due = stagesDue(standing, plan, days, day('2026-11-25'), day('2026-12-04'));
    expect(due.map(({ key, merged }) => `${key} ${String(merged)}`)).toEqual([
      'duty:c1:visit:2026-11-01:d3 true',
      'duty:c1:visit:2026-11-01:d0 true',
      'duty:c1:visit:2026-11-01:overdue1 true',
      'duty:c1:visit:2026-11-01:overdue3 false',
      'duty:c1:visit:2026-12-01:start false',
    ]);
  });

  it('an answered duty has no stage left', () => {
    const facts = child('medium', { dutiesFrom: day('2026-11-01'), encounters: visits('2026-11-05') });
    const standing = standingOf(facts, [plan], day('2026-11-20'));
    expect(stagesDue(standing, plan, days, null, day('2026-11-30'))).toEqual([]);
  });

  it('planning day by day and planning in one go give the same stages: none is lost, none comes twice', () => {
    const key = ({ key: text }: { key: string }) => text;
    fc.assert(
      fc.property(anyFacts, anyToday, fc.integer({ min: 1, max: 60 }), (facts, today, length) => {
        const standing = standingOf(facts, [plan], today);
        const start = addDays(today, -length);
        const middle = addDays(start, Math.floor(length / 2));
        const whole = stagesDue(standing, plan, days, start, today).map(key);
        const first = stagesDue(standing, plan, days, start, middle).map(key);
        const second = stagesDue(standing, plan, days, middle, today).map(key);
        expect([...first, ...second].sort()).toEqual([...whole].sort());
        expect(new Set(whole).size).toBe(whole.length);
        const ever = stagesDue(standing, plan, days, null, today);
        expect(
          ever
            .filter(({ on }) => on > start)
            .map(key)
            .sort(),
        ).toEqual([...whole].sort());
        const latest = ever.filter(({ merged }) => !merged).map(({ duty }) => duty.key);
        expect(new Set(latest).size).toBe(latest.length);
      }),
      { numRuns: 300 },
    );
  });

  it('the stage days still to come this month are told once each', () => {
    const facts = child('medium', { dutiesFrom: day('2026-11-01') });
    const standing = standingOf(facts, [plan], day('2026-11-20'));
    expect(upcomingStageDays([...standing.open, ...standing.open], plan, days, day('2026-11-20'))).toEqual([
      '2026-11-27',
      '2026-11-30',
    ]);
  });
});
