import { describe, expect, it } from 'vitest';
import type { ChildFacts } from '../../../../server/domain/cadence/child-facts.ts';
import { affectedBy, dutiesOf } from '../../../../server/domain/cadence/duties.ts';
import type { Duty, DutyKind } from '../../../../server/domain/cadence/duty.ts';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { standingOf } from '../../../../server/domain/cadence/standing.ts';
import { calls, child, day, encounter, visits } from './family.ts';

const policies = [FUJIAN_PLAN_POLICY];
const quarter = { dutiesFrom: day('2026-10-01') };
const november = { dutiesFrom: day('2026-11-01') };

function duty(facts: ChildFacts, today: string, kind: DutyKind, periodStart: string): Duty {
  const found = dutiesOf(facts, policies, day(today)).find(
    (one) => one.kind === kind && one.periodStart === periodStart,
  );
  if (!found) throw new Error(`no ${kind} of ${periodStart}`);
  return found;
}

/** `{kind} {periodStart} {status} {dueOn}` of every duty. */
function ledger(facts: ChildFacts, today: string): string[] {
  return dutiesOf(facts, policies, day(today)).map(
    ({ kind, periodStart, status, dueOn }) => `${kind} ${periodStart} ${status} ${dueOn}`,
  );
}

function overdue(facts: ChildFacts, today: string): string[] {
  return standingOf(facts, policies, day(today)).overdue.map(({ kind, since }) => `${kind} since ${since}`);
}

function open(facts: ChildFacts, today: string): string[] {
  return standingOf(facts, policies, day(today)).open.map(({ kind, dueOn }) => `${kind} due ${dueOn}`);
}

describe('the fifteen cases every implementation must agree on', () => {
  it('1: visit 2026-12-02, nothing else: December contact and Q4 visit answered; November contact missed', () => {
    const facts = child('low', { ...november, encounters: visits('2026-12-02') });
    expect(ledger(facts, '2026-12-31')).toEqual([
      'contact 2026-11-01 missed 2026-11-30',
      'visit 2026-10-01 answered 2026-12-31',
      'contact 2026-12-01 answered 2026-12-31',
    ]);
    expect(overdue(facts, '2026-12-01')).toEqual(['contact since 2026-12-01']);
    expect(overdue(facts, '2026-12-02')).toEqual([]);
  });

  it('2: contacts 11-30 and 12-01, no visit in Q4: contacts answered, Q4 visit missed and overdue from 2027-01-01; a visit on 01-10 answers Q1 and ends the overdue', () => {
    const facts = child('low', { ...november, encounters: calls('2026-11-30', '2026-12-01') });
    expect(ledger(facts, '2027-01-01').slice(0, 3)).toEqual([
      'contact 2026-11-01 answered 2026-11-30',
      'visit 2026-10-01 missed 2026-12-31',
      'contact 2026-12-01 answered 2026-12-31',
    ]);
    expect(open(facts, '2026-12-31')).toEqual(['visit due 2026-12-31']);
    expect(overdue(facts, '2026-12-31')).toEqual([]);
    expect(overdue(facts, '2027-01-09')).toEqual(['visit since 2027-01-01']);
    const visited = { ...facts, encounters: [...facts.encounters, ...visits('2027-01-10')] };
    expect(overdue(visited, '2027-01-10')).toEqual([]);
    expect(duty(visited, '2027-01-10', 'visit', '2027-01-01').status).toBe('answered');
    expect(duty(visited, '2027-01-10', 'visit', '2026-10-01').status).toBe('missed');
  });

  it('3: MEDIUM, visits 01-31 and 03-01: January and March answered, February missed', () => {
    const facts = child('medium', { encounters: visits('2026-01-31', '2026-03-01') });
    expect(ledger(facts, '2026-03-31')).toEqual([
      'visit 2026-01-01 answered 2026-01-31',
      'visit 2026-02-01 missed 2026-02-28',
      'visit 2026-03-01 answered 2026-03-31',
    ]);
  });

  it.each(['2027-02-28', '2028-02-29'])(
    '4: MEDIUM, visit %s (last of February, common and leap year): February answered',
    (on) => {
      const facts = child('medium', { encounters: visits(on) });
      const february = duty(facts, `${on.slice(0, 4)}-03-01`, 'visit', `${on.slice(0, 4)}-02-01`);
      expect(february).toMatchObject({ status: 'answered', dueOn: on, answeredOn: on });
    },
  );

  it('5: raised to HIGH confirmed 12-28, last visit 12-10: December stays answered; extra visit due 01-04; a visit on 01-03 answers it and January', () => {
    const facts = child('low', {
      ...quarter,
      tierChanges: [
        { on: day('2026-10-01'), tier: 'low' },
        { on: day('2026-12-28'), tier: 'high' },
      ],
      encounters: [...calls('2026-10-05', '2026-11-05'), ...visits('2026-12-10')],
    });
    expect(open(facts, '2026-12-31')).toEqual(['tier-rise-visit due 2027-01-04']);
    expect(overdue(facts, '2027-01-04')).toEqual([]);
    expect(overdue(facts, '2027-01-05')).toEqual(['tier-rise-visit since 2027-01-05']);
    const visited = { ...facts, encounters: [...facts.encounters, ...visits('2027-01-03')] };
    expect(ledger(visited, '2027-01-31').slice(2)).toEqual([
      'visit 2026-10-01 answered 2026-12-31',
      'contact 2026-12-01 answered 2026-12-31',
      'tier-rise-visit 2026-12-28 answered 2027-01-04',
      'visit 2027-01-01 answered 2027-01-31',
    ]);
    expect(overdue(visited, '2027-01-31')).toEqual([]);
  });

  it('6: raised to MEDIUM confirmed 11-03, visit 11-20: answers November', () => {
    const facts = child('low', {
      ...november,
      tierChanges: [
        { on: day('2026-11-01'), tier: 'low' },
        { on: day('2026-11-03'), tier: 'medium' },
      ],
      encounters: visits('2026-11-20'),
    });
    expect(ledger(facts, '2026-11-30')).toEqual([
      'contact 2026-11-01 answered 2026-11-30',
      'tier-rise-visit 2026-11-03 answered 2026-11-30',
      'visit 2026-10-01 answered 2026-12-31',
    ]);
    expect(open(facts, '2026-12-01')).toEqual(['visit due 2026-12-31']);
  });

  it('7: fall HIGH to LOW confirmed 11-15, no visit in November: November visit still due; from December LOW', () => {
    const facts = child('high', {
      ...november,
      tierChanges: [
        { on: day('2026-11-01'), tier: 'high' },
        { on: day('2026-11-15'), tier: 'low' },
      ],
    });
    expect(open(facts, '2026-11-20')).toEqual(['visit due 2026-11-30']);
    expect(overdue(facts, '2026-12-01')).toEqual(['visit since 2026-12-01']);
    expect(open(facts, '2026-12-01')).toEqual(['contact due 2026-12-31']);
    expect(open(facts, '2027-01-01')).toEqual(['contact due 2027-01-31', 'visit due 2027-03-31']);
  });

  it('8: registered by a worker 11-27: first visit due 12-11; November owes nothing else', () => {
    const facts = child('low', { dutiesFrom: day('2026-11-27'), registration: 'worker' });
    expect(open(facts, '2026-11-27')[0]).toBe('first-visit due 2026-12-11');
    expect(ledger(facts, '2026-11-30').filter((line) => line.endsWith('2026-11-30'))).toEqual([]);
    const medium = child('medium', { dutiesFrom: day('2026-11-27'), registration: 'worker' });
    expect(open(medium, '2026-11-30')).toEqual(['first-visit due 2026-12-11']);
    expect(overdue(medium, '2026-12-11')).toEqual([]);
    expect(overdue(medium, '2026-12-12')).toEqual(['first-visit since 2026-12-12']);
  });

  it('9: imported 11-23, last visit blank: Q4 visit and November contact due by their ends; nothing overdue before', () => {
    const facts = child('low', { dutiesFrom: day('2026-11-23') });
    expect(open(facts, '2026-11-23')).toEqual(['contact due 2026-11-30', 'visit due 2026-12-31']);
    expect(overdue(facts, '2026-11-30')).toEqual([]);
    expect(overdue(facts, '2026-12-01')).toEqual(['contact since 2026-12-01']);
    expect(overdue(facts, '2027-01-01')).toEqual(['contact since 2026-12-01', 'visit since 2027-01-01']);
  });

  it('10: imported 11-23, last visit 10-17, last contact blank: Q4 visit answered; November contact due 11-30', () => {
    const facts = child('low', { dutiesFrom: day('2026-11-23'), importedLastVisitOn: day('2026-10-17') });
    expect(duty(facts, '2026-11-23', 'visit', '2026-10-01')).toMatchObject({
      status: 'answered',
      answeredOn: '2026-10-17',
    });
    expect(open(facts, '2026-11-23')).toEqual(['contact due 2026-11-30']);
  });

  it('11: HIGH, visited but child not seen 11-10: November visit not answered', () => {
    const facts = child('high', { ...november, encounters: [encounter('2026-11-10', 'home', false)] });
    expect(open(facts, '2026-11-30')).toEqual(['visit due 2026-11-30']);
    expect(duty(facts, '2026-12-01', 'visit', '2026-11-01').status).toBe('missed');
  });

  it('12: LOW, visited but child not seen 11-10: visit and contact answered; talk to the child due 11-17', () => {
    const facts = child('low', { ...november, encounters: [encounter('2026-11-10', 'home', false)] });
    expect(ledger(facts, '2026-11-12')).toEqual([
      'talk 2026-11-10 open 2026-11-17',
      'contact 2026-11-01 answered 2026-11-30',
      'visit 2026-10-01 answered 2026-12-31',
    ]);
    expect(overdue(facts, '2026-11-18')).toEqual(['talk since 2026-11-18']);
    const talked = { ...facts, encounters: [...facts.encounters, ...calls('2026-11-16')] };
    expect(open(talked, '2026-11-16')).toEqual([]);
  });

  it('13: 不在村 11-01 to 12-20, MEDIUM, videos 11-12 and 12-05: both months 顺延; visit due 2027-01-03', () => {
    const facts = child('medium', {
      ...november,
      absences: [{ from: day('2026-11-01'), until: day('2026-12-20') }],
      encounters: [encounter('2026-11-12', 'video'), encounter('2026-12-05', 'video')],
    });
    expect(ledger(facts, '2026-12-31')).toEqual([
      'visit 2026-11-01 deferred 2026-11-30',
      'contact 2026-11-01 answered 2026-11-30',
      'visit 2026-12-01 deferred 2026-12-31',
      'contact 2026-12-01 answered 2026-12-31',
      'return-visit 2026-12-20 open 2027-01-03',
    ]);
    expect(overdue(facts, '2027-01-03')).toEqual([]);
    expect(overdue(facts, '2027-01-04')).toEqual(['return-visit since 2027-01-04']);
  });

  it('14: MEDIUM, overdue since 12-01, 补录 on 12-05 of a visit made 11-29: November answered, overdue withdrawn', () => {
    const before = child('medium', november);
    expect(overdue(before, '2026-12-05')).toEqual(['visit since 2026-12-01']);
    const after = { ...before, encounters: visits('2026-11-29') };
    expect(overdue(after, '2026-12-05')).toEqual([]);
    const today = day('2026-12-05');
    const answered = affectedBy(dutiesOf(before, policies, today), dutiesOf(after, policies, today));
    expect(answered.map(({ kind, periodStart }) => `${kind} ${periodStart}`)).toEqual(['visit 2026-11-01']);
  });

  it('15: boarder, MEDIUM, 到校 visits in October, November, December, no home visit: months answered; one home visit of Q4 due 12-31', () => {
    const facts = child('medium', {
      ...quarter,
      boarder: true,
      encounters: ['2026-10-12', '2026-11-12', '2026-12-10'].map((on) => encounter(on, 'school')),
    });
    expect(ledger(facts, '2026-12-31')).toEqual([
      'visit 2026-10-01 answered 2026-10-31',
      'visit 2026-11-01 answered 2026-11-30',
      'home-visit 2026-10-01 open 2026-12-31',
      'visit 2026-12-01 answered 2026-12-31',
    ]);
    expect(overdue(facts, '2027-01-01')).toEqual(['home-visit since 2027-01-01']);
  });
});
