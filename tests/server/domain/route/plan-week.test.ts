import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWeek, withWish, type Waiting, type Wish } from '../../../../server/domain/route/plan-week.ts';
import { addDays } from '../../../../server/domain/local-date.ts';
import { day } from '../cadence/family.ts';

const MONDAY = day('2026-11-23');
const DAYS = [0, 1, 2, 3, 4].map((n) => addDays(MONDAY, n));
const on = (n: number) => addDays(MONDAY, n);
/** A child at a place, written `a1`: place a, child 1. */
const at = (...written: string[]): Waiting[] =>
  written.map((childId) => ({ childId, place: childId.slice(0, 1) }));
const told = (waiting: readonly Waiting[], wishes: readonly Wish[] = [], perDay = 3) => {
  const { days, later } = planWeek(waiting, DAYS, wishes, perDay);
  const lines = days.map((d) => `${d.on.slice(8)}: ${d.stops.map((s) => s.childIds.join(' ')).join(' | ')}`);
  return later.length === 0 ? lines : [...lines, `later: ${later.join(' ')}`];
};

describe('the way through the week', () => {
  it('takes the most urgent hamlet first and leaves no hamlet half visited', () => {
    expect(told(at('b1', 'a1', 'a2', 'b2', 'c1'))).toEqual(['23: b1 b2 | c1', '24: a1 a2']);
  });

  it('visits in parts only a hamlet that no day can hold', () => {
    expect(told(at('a1', 'a2', 'a3', 'a4', 'b1'))).toEqual(['23: a1 a2 a3', '24: a4 | b1']);
  });

  it('tells who does not fit', () => {
    const many = at(...Array.from({ length: 17 }, (_, n) => `${String.fromCharCode(97 + n)}1`));
    expect(told(many)).toHaveLength(6);
    expect(told(many).at(-1)).toBe('later: p1 q1');
  });

  it.each<[string, Wish[], string[]]>([
    ['明天去a', [{ kind: 'place', place: 'a', on: on(1) }], ['23: b1 | c1', '24: a1 a2']],
    ['周一不去了', [{ kind: 'day-off', on: on(0) }], ['24: a1 a2 | b1', '25: c1']],
    ['c1换到周五', [{ kind: 'child', childId: 'c1', on: on(4) }], ['23: a1 a2 | b1', '27: c1']],
    ['周六去c', [{ kind: 'place', place: 'c', on: on(5) }], ['23: a1 a2 | b1', '28: c1']],
    [
      'a at one day, then that day off',
      [
        { kind: 'place', place: 'a', on: on(1) },
        { kind: 'day-off', on: on(1) },
      ],
      ['23: a1 a2 | b1', '25: c1'],
    ],
    [
      'a day off, then gone all the same',
      [
        { kind: 'day-off', on: on(0) },
        { kind: 'child', childId: 'b1', on: on(0) },
      ],
      ['23: a1 a2 | b1', '24: c1'],
    ],
    [
      'a child who does not wait',
      [{ kind: 'child', childId: 'x9', on: on(2) }],
      ['23: a1 a2 | b1', '24: c1'],
    ],
  ])('%s', (_said, wishes, lines) => {
    expect(told(at('a1', 'a2', 'b1', 'c1'), wishes)).toEqual(lines);
  });

  it('forgets what is past', () => {
    const past: Wish = { kind: 'day-off', on: on(-1) };
    const next: Wish = { kind: 'day-off', on: on(1) };
    expect(withWish([past], next, MONDAY)).toEqual([next]);
  });
});

const anyWaiting = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat(9)), {
    maxLength: 45,
    selector: (pair) => pair.join(''),
  })
  .map((pairs) => at(...pairs.map((pair) => pair.join(''))));
const anyDay = fc.nat(6).map(on);
const anyWish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ kind: fc.constant('place' as const), place: fc.constantFrom('a', 'b', 'c', 'z'), on: anyDay }),
  fc.record({
    kind: fc.constant('child' as const),
    childId: fc.constantFrom('a1', 'b2', 'c3', 'z9'),
    on: anyDay,
  }),
  fc.record({ kind: fc.constant('day-off' as const), on: anyDay }),
);
const perDay = fc.integer({ min: 1, max: 8 });

describe('whatever waits and whatever is wished', () => {
  it('every child stands exactly once', () => {
    fc.assert(
      fc.property(anyWaiting, fc.array(anyWish, { maxLength: 8 }), perDay, (waiting, wishes, limit) => {
        const { days, later } = planWeek(waiting, DAYS, wishes, limit);
        const all = [...days.flatMap((d) => d.stops.flatMap((s) => s.childIds)), ...later];
        expect([...all].sort()).toEqual(waiting.map((w) => w.childId).sort());
      }),
    );
  });

  it('no day is fuller than a day can be, unless the director wished it so', () => {
    fc.assert(
      fc.property(anyWaiting, perDay, (waiting, limit) => {
        for (const { stops } of planWeek(waiting, DAYS, [], limit).days)
          expect(stops.flatMap((s) => s.childIds).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('a hamlet that a day can hold is visited on one day', () => {
    fc.assert(
      fc.property(anyWaiting, perDay, (waiting, limit) => {
        const { days } = planWeek(waiting, DAYS, [], limit);
        for (const place of new Set(waiting.map((w) => w.place))) {
          const size = waiting.filter((w) => w.place === place).length;
          const visits = days.filter((d) => d.stops.some((s) => s.place === place));
          if (size <= limit) expect(visits.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('a more urgent hamlet that is no larger never waits longer', () => {
    fc.assert(
      fc.property(anyWaiting, perDay, (waiting, limit) => {
        const { days } = planWeek(waiting, DAYS, [], limit);
        const dayOf = (place: string): string =>
          days.find((d) => d.stops.some((s) => s.place === place))?.on ?? '9999';
        const places = [...new Set(waiting.map((w) => w.place))];
        const sizeOf = (place: string): number => waiting.filter((w) => w.place === place).length;
        places.forEach((first, n) => {
          for (const second of places.slice(n + 1))
            if (sizeOf(first) <= sizeOf(second) && sizeOf(second) <= limit)
              expect(dayOf(first) <= dayOf(second)).toBe(true);
        });
      }),
    );
  });

  it('the last wish holds', () => {
    fc.assert(
      fc.property(anyWaiting, fc.array(anyWish, { maxLength: 8 }), anyWish, (waiting, wishes, last) => {
        const { days } = planWeek(waiting, DAYS, [...wishes, last]);
        const there = days.find((d) => d.on === last.on)?.stops.flatMap((s) => s.childIds) ?? [];
        if (last.kind === 'day-off') expect(there).toEqual([]);
        else
          for (const w of waiting)
            if (last.kind === 'child' ? w.childId === last.childId : w.place === last.place)
              expect(there).toContain(w.childId);
      }),
    );
  });
});
