import { describe, expect, it } from 'vitest';
import {
  dutySpans,
  endOfNextWeek,
  fillersOn,
  onDuty,
  type DutyTerm,
} from '../../../../server/domain/escalation/duty-roster.ts';
import { day } from '../cadence/family.ts';

const term = (workerId: string, fromOn: string, untilOn: string | null, role = 'supervisor'): DutyTerm => ({
  areaCode: 'north',
  role,
  workerId,
  fromOn,
  untilOn,
});
const holds = (workerId: string, role = 'supervisor') => ({ areaCode: 'north', role, workerId });
const facts = (terms: DutyTerm[], working = ['anna', 'bert', 'dora']) => ({
  terms,
  standing: [holds('anna'), holds('bert'), holds('dora', 'deputy')],
  working: new Set(working),
});

describe('the duty roster', () => {
  it('holds from its first day until its last, both included', () => {
    const both = [term('anna', '2026-11-23', '2026-11-25'), term('bert', '2026-11-26', null)];
    const names = (on: string) => onDuty(both, day(on)).map(({ workerId }) => workerId);
    expect([names('2026-11-22'), names('2026-11-23'), names('2026-11-25'), names('2027-03-01')]).toEqual([
      [],
      ['anna'],
      ['anna'],
      ['bert'],
    ]);
  });

  it('goes before the role; a role without a line, or with one of somebody who left, is filled by all who hold it', () => {
    const on = day('2026-11-23');
    const filled = (f: Parameters<typeof fillersOn>[0]) =>
      fillersOn(f, on).map(({ role, workerId }) => `${role} ${workerId}`);
    expect(filled(facts([term('dora', '2026-11-01', null)]))).toEqual(['supervisor dora', 'deputy dora']);
    expect(filled(facts([]))).toEqual(['supervisor anna', 'supervisor bert', 'deputy dora']);
    expect(filled(facts([term('gone', '2026-11-01', null)]))).toContain('supervisor anna');
  });

  it('follows a swap on its days alone, the last one filed for each, and ignores one with nobody on duty', () => {
    const swap = (replacesId: string, workerId: string, filedAt: string): DutyTerm => ({
      ...term(workerId, '2026-12-01', '2026-12-01'),
      replacesId,
      filedAt,
    });
    const on = (terms: DutyTerm[], date: string) =>
      fillersOn(facts(terms), day(date))
        .filter(({ role }) => role === 'supervisor')
        .map(({ workerId, replacesId }) => `${workerId} for ${replacesId ?? 'nobody'}`);
    const one = [swap('anna', 'dora', '1')];
    expect(on(one, '2026-12-01')).toEqual(['dora for anna', 'bert for nobody']);
    expect(on(one, '2026-12-02')).toEqual(['anna for nobody', 'bert for nobody']);
    expect(on([...one, swap('anna', 'anna', '2')], '2026-12-01')[0]).toBe('anna for anna');
    expect(on([swap('gone', 'dora', '1')], '2026-12-01')).toEqual(['anna for nobody', 'bert for nobody']);
    const left = fillersOn(facts(one, ['anna', 'bert']), day('2026-12-01'));
    expect(left.map(({ workerId }) => workerId)).toContain('anna');
  });

  it('of lines filed for one day and role keeps the last filing, and an open line of the import gives way for that day', () => {
    const filed = (workerId: string, filedAt: string): DutyTerm => ({
      ...term(workerId, '2026-12-01', '2026-12-01'),
      filedAt,
    });
    const terms = [term('anna', '2026-11-01', null), filed('bert', '1'), filed('dora', '2')];
    const on = (date: string) =>
      fillersOn(facts(terms), day(date))
        .filter(({ role }) => role === 'supervisor')
        .map(({ workerId }) => workerId);
    expect([on('2026-12-01'), on('2026-12-02')]).toEqual([['dora'], ['anna']]);
  });

  it('is told in spans of days, and somebody who comes back begins another one', () => {
    const spans = dutySpans(
      facts([term('dora', '2026-11-25', '2026-11-26')]),
      day('2026-11-24'),
      day('2026-11-28'),
    );
    expect(
      spans.filter(({ role }) => role === 'supervisor').map((s) => [s.workerId, s.fromOn, s.untilOn]),
    ).toEqual([
      ['anna', '2026-11-24', '2026-11-24'],
      ['bert', '2026-11-24', '2026-11-24'],
      ['dora', '2026-11-25', '2026-11-26'],
      ['anna', '2026-11-27', '2026-11-28'],
      ['bert', '2026-11-27', '2026-11-28'],
    ]);
  });

  it.each([
    ['2026-11-23', '2026-12-06'],
    ['2026-11-29', '2026-12-06'],
    ['2026-11-30', '2026-12-13'],
  ])('of %s goes until the Sunday of the next week, %s', (today, sunday) => {
    expect(endOfNextWeek(day(today))).toBe(sunday);
  });
});
