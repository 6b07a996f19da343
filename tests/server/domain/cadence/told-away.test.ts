import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absencesUpTo, isAwayOn } from '../../../../server/domain/cadence/absences.ts';
import { dutiesOf } from '../../../../server/domain/cadence/duties.ts';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { absencesOf, obstacleInTheWay } from '../../../../server/domain/cadence/told-away.ts';
import { addDays } from '../../../../server/domain/local-date.ts';
import { child, day, encounter } from './family.ts';
import { anyFacts, anyToday, dayFrom } from './histories.ts';

const anyTold = fc.array(
  fc
    .record({ id: fc.uuid(), from: dayFrom(0, 120), days: fc.option(fc.integer({ min: 0, max: 60 })) })
    .map(({ id, from, days }) => ({
      id,
      authorId: 'w1',
      from,
      until: days === null ? null : addDays(from, days),
    })),
  { maxLength: 5 },
);
const anyReturns = fc.array(fc.record({ id: fc.uuid(), on: dayFrom(0, 150) }), { maxLength: 4 });

describe('what is told of a child that is away', () => {
  it('gives the same duties in whatever order it is told', () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyTold,
        anyReturns,
        anyToday,
        fc.func(fc.integer()),
        (facts, told, returns, today, rank) => {
          const mixed = <T extends { readonly id: string }>(list: readonly T[]) =>
            list.toSorted((a, b) => rank(a.id) - rank(b.id));
          const plan = [FUJIAN_PLAN_POLICY];
          expect(
            dutiesOf({ ...facts, absences: absencesOf(mixed(told), mixed(returns)) }, plan, today),
          ).toEqual(dutiesOf({ ...facts, absences: absencesOf(told, returns) }, plan, today));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is away from a day on until it is back, day by day', () => {
    fc.assert(
      fc.property(anyTold, anyReturns, dayFrom(0, 200), (told, returns, on) => {
        const isAway = told.some(
          ({ from, until }) =>
            from <= on && (until === null || on < until) && !returns.some((r) => from <= r.on && r.on <= on),
        );
        expect(isAwayOn(absencesOf(told, returns), on)).toBe(isAway);
      }),
      { numRuns: 500 },
    );
  });

  it('one that begins in the middle of a month defers that month, and one that ends early enough does not', () => {
    const facts = (until: string | null) => ({
      ...child('medium', { dutiesFrom: day('2026-11-01') }),
      absences: absencesOf(
        [{ id: 'a', authorId: 'w1', from: day('2026-11-10'), until: day('2026-12-20') }],
        until === null ? [] : [{ id: 'r', on: day(until) }],
      ),
    });
    const visit = (until: string | null, today: string) =>
      dutiesOf(facts(until), [FUJIAN_PLAN_POLICY], day(today))
        .filter(({ kind }) => kind === 'visit' || kind === 'return-visit')
        .map(({ kind, periodStart, dueOn, status }) => [kind, periodStart, dueOn, status].join(' '));
    expect(visit(null, '2026-11-20')).toEqual(['visit 2026-11-01 2026-11-30 deferred']);
    expect(visit('2026-11-12', '2026-11-20')).toEqual([
      'return-visit 2026-11-12 2026-11-26 open',
      'visit 2026-11-01 2026-11-30 open',
    ]);
    expect(visit('2026-11-25', '2026-12-15')).toEqual([
      'visit 2026-11-01 2026-11-30 deferred',
      'return-visit 2026-11-25 2026-12-09 missed',
      'visit 2026-12-01 2026-12-31 open',
    ]);
  });

  it('absences that touch are one with one return', () => {
    const told = (from: string, until: string) => ({
      id: from,
      authorId: '',
      from: day(from),
      until: day(until),
    });
    const both = absencesOf([told('2026-11-08', '2026-11-20'), told('2026-11-01', '2026-11-10')], []);
    expect(absencesUpTo(both, day('2026-11-30')).map(({ from, until }) => [from, until])).toEqual([
      ['2026-11-01', '2026-11-20'],
    ]);
  });
});

describe('what keeps a director from a child', () => {
  const morning = { kind: 'road', id: 'o1', filedAt: '2026-11-10T01:00:00.000Z' };
  const later = { kind: 'road', id: 'o2', filedAt: '2026-11-12T01:00:00.000Z' };
  const at = (on: string, mode: 'home' | 'school' | 'phone' | 'video', filedAt?: string) => ({
    ...encounter(on, mode),
    ...(filedAt === undefined ? {} : { filedAt }),
  });

  it.each([
    ['nobody has been there since', [], 'o2'],
    ['somebody was there before', [at('2026-11-11', 'home', '2026-11-20T01:00:00.000Z')], 'o2'],
    ['somebody called since', [at('2026-11-13', 'phone')], 'o2'],
    [
      'somebody was at school before it on the same day',
      [at('2026-11-12', 'school', '2026-11-12T00:30:00.000Z')],
      'o2',
    ],
    [
      'somebody was let in after it on the same day',
      [at('2026-11-12', 'home', '2026-11-12T09:00:00.000Z')],
      null,
    ],
    ['somebody was there on a later day', [at('2026-11-13', 'school')], null],
  ])('is the last obstacle: %s', (_why, encounters, inTheWay) => {
    expect(obstacleInTheWay([later, morning], encounters, () => false)?.id ?? null).toBe(inTheWay);
  });

  it('where the family let nobody in, is over only by a visit that counts', () => {
    const refused = { ...later, kind: 'refused' };
    const visit = at('2026-11-13', 'home');
    expect(obstacleInTheWay([refused], [visit], () => false)).toEqual(refused);
    expect(obstacleInTheWay([refused], [visit], () => true)).toBeNull();
  });
});
