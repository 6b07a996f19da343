import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingIn, stoodInFor, type Leave, type LeftForGood } from '../../../server/domain/leave.ts';
import { day } from './cadence/family.ts';

const away = (workerId: string, substituteId: string | null): Leave => ({
  id: `leave of ${workerId}`,
  workerId,
  substituteId,
  fromOn: day('2026-12-01'),
  untilOn: day('2026-12-05'),
});

const left = (workerId: string): LeftForGood => ({ ...away(workerId, null), hasLeft: true });

const answering = (workers: readonly string[], leaves: readonly Leave[]): readonly string[] =>
  standingIn(
    workers.map((workerId) => ({ workerId })),
    leaves,
  ).map((a) => a.workerId);

describe('who answers while somebody is on leave', () => {
  it.each([
    ['nobody is away', [], ['zheng', 'he']],
    ['the substitute stands in', [away('zheng', 'he')], ['he', 'he']],
    ['nobody stands in', [away('zheng', null)], ['he']],
    ['the substitute is away as well', [away('zheng', 'luo'), away('luo', 'lin')], ['lin', 'he']],
    ['whoever should has left for good', [left('zheng'), away('luo', 'zheng')], ['he']],
    ['a substitute was named before they left', [away('zheng', 'he'), left('zheng')], ['he', 'he']],
    ['two stand in for each other', [away('zheng', 'he'), away('he', 'zheng')], []],
  ] as const)('%s', (_what, leaves, expected) => {
    expect(answering(['zheng', 'he'], leaves)).toEqual(expected);
  });

  it('whoever answers for an assignment finds it among those they stand in for', () => {
    const who = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const leaves = fc.uniqueArray(fc.record({ workerId: who, substituteId: fc.option(who) }), {
      selector: (l) => l.workerId,
    });
    fc.assert(
      fc.property(who, leaves, (worker, pairs) => {
        const all = pairs.map((p) => away(p.workerId, p.substituteId));
        for (const found of answering([worker], all)) {
          expect(stoodInFor([found], all)).toContain(worker);
          expect(all.map((l) => l.workerId)).not.toContain(found);
        }
      }),
    );
  });
});
