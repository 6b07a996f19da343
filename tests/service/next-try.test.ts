import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KnownObstacle } from '../../server/domain/cadence/child-facts.ts';
import { shanghaiInstant } from '../../server/domain/local-date.ts';
import { day, NORTH, PlanningCounty, village } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

const at = (date: string, hour: number): string => shanghaiInstant(day(date), hour * 60).toISOString();
const A = village(NORTH, 1);

let county: PlanningCounty | null = null;
afterEach(async () => {
  await county?.close();
  county = null;
});

/** The days on which the director of a child that is owed the visit of November gets a digest, until 2 December at noon. */
async function digestDays(obstacle: KnownObstacle | null): Promise<string[]> {
  county = await PlanningCounty.open(
    {
      dutiesFrom: '2026-11-01',
      today: '2026-11-20',
      workers: [
        { account: 'dir.li', name: '李主任', role: 'director', area: A, villages: [A] },
        { account: 'sup', name: '督导', role: 'supervisor', area: NORTH },
      ],
      children: [
        {
          name: '安安',
          tier: 'medium',
          village: A,
          ...(obstacle === null ? {} : { more: { pending: { asked: [], obstacle } } }),
        },
      ],
    },
    at('2026-11-26', 0),
  );
  await county.walkTo(at('2026-12-02', 12));
  return ((await county.heard())['dir.li'] ?? []).map((line) => line.slice(0, 5));
}

describe('after 去不了', () => {
  it('it is quiet until the day of the next try, and told again on it', async () => {
    const tryOn = day('2026-12-02');
    expect(await digestDays({ id: 'o1', authorId: 'w1', kind: 'ill', tryOn, goes: null })).toEqual(['12-02']);
    await county?.close();
    expect(await digestDays(null)).toEqual(['11-26', '11-27', '11-30', '12-01']);
  });
});
