import { expect, it, vi } from 'vitest';
import { simulateMonth } from '../load/month.ts';

vi.setConfig({ testTimeout: 300_000 });

it.each(['perfect', 'silent'] as const)(
  'a month of four directors, %s, stays within the budget',
  async (behaviour) => {
    const loads = await simulateMonth(4, behaviour);
    expect(loads.filter(({ budget, counted }) => budget !== null && counted > budget)).toEqual([]);
    const [five, many] = loads;
    // The run did happen: who files is answered, who is silent is reminded.
    expect((five?.answers ?? 0) > 0 && (many?.answers ?? 0) > 0).toBe(behaviour === 'perfect');
    expect(five?.digests).toBeGreaterThan(0);
    // A letter, a visit that was announced and its evening before, and reminders of the week up to the two that are kept.
    expect(loads.at(-1)?.counted).toBe(5);
  },
);
