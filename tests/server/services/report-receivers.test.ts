import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiversOf } from '../../../server/services/rungs.ts';
import { ladderOf, presentLadder } from '../../../server/services/report-ladder.ts';
import { orByToday, reachesAnybody, skippedOf } from '../../../server/services/report-receivers.ts';
import type { DutyRole, RoleHolder } from '../../../server/services/loaded.ts';

const ROLES: readonly DutyRole[] = ['supervisor', 'deputy', 'county-desk', 'county-leader'];
const PEOPLE = ['anna', 'bert', 'cora', 'dora', 'emil'];
const NO_ROSTER = { areas: ['north'], terms: [], standing: [] };
const REPORT = { reporterId: 'rita', ladder: JSON.stringify(presentLadder(NO_ROSTER)) };

const holder = fc
  .record({
    workerId: fc.constantFrom(...PEOPLE, 'rita'),
    role: fc.constantFrom(...ROLES),
    linked: fc.boolean(),
  })
  .map(({ workerId, role, linked }): RoleHolder => {
    const account = linked ? ({ id: `phone of ${workerId}` } as RoleHolder['account']) : null;
    return { workerId, role, areaCode: 'north', name: workerId, phone: null, account };
  });
const some = fc.subarray(PEOPLE);

describe('whoever a report under way reaches', () => {
  it('is somebody at any minute as long as anybody of its roster or of today’s can be reached', () => {
    fc.assert(
      fc.property(
        ...[fc.array(holder), fc.array(holder), some, some, fc.nat(5000)],
        (kept, now, excludedIds, unreachedIds, minutes) => {
          const before = { holders: kept, excludedIds, unreachedIds };
          const roster = { ...NO_ROSTER, standing: now };
          const after = orByToday(REPORT, before, { holders: now, roster });
          const isReachable = (all: readonly RoleHolder[]): boolean =>
            reachesAnybody(REPORT, { ...before, holders: all });
          const isThere = isReachable(kept) || isReachable(now.filter((h) => !isAmong(h, kept)));
          const { reached } = receiversOf(
            ladderOf(REPORT).steps,
            minutes,
            skippedOf(REPORT, excludedIds),
            after.holders,
            unreachedIds,
          );
          expect(reached.some((h) => !unreachedIds.includes(h.workerId))).toBe(isThere);
          expect(reached.some((h) => [...excludedIds, 'rita'].includes(h.workerId))).toBe(false);
          // Today's roster stays out as long as somebody of its own is left.
          if (isReachable(kept)) expect(after.holders).toBe(kept);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function isAmong({ workerId, role }: RoleHolder, all: readonly RoleHolder[]): boolean {
  return all.some((h) => h.workerId === workerId && h.role === role);
}
