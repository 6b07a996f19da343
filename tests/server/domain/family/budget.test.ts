import { describe, expect, test } from 'vitest';
import { familyBudgetAllows, type FamilyPurpose } from '../../../../server/domain/family/budget.ts';
import { DEFAULT_LOAD_POLICY } from '../../../../server/domain/reminding/digest-budget.ts';

/** Up to which count of messages this month one more of each kind still goes. */
const LAST: readonly (readonly [FamilyPurpose, number])[] = [
  ['nudge', 3],
  ['tip', 3],
  ['visit', 5],
  ['letter', 5],
];

describe('what a family may be sent in a month', () => {
  test.each(LAST)('a %s goes after %i messages and not after one more', (purpose, last) => {
    expect(familyBudgetAllows(purpose, last, DEFAULT_LOAD_POLICY)).toBe(true);
    expect(familyBudgetAllows(purpose, last + 1, DEFAULT_LOAD_POLICY)).toBe(false);
  });

  test('nudges, tips and announced visits together never make more than six messages', () => {
    const wanted: readonly FamilyPurpose[] = [
      'nudge',
      'tip',
      'visit',
      'nudge',
      'tip',
      'visit',
      'nudge',
      'tip',
      'visit',
      'nudge',
    ];
    const sent = wanted.reduce(
      (count, purpose) => count + (familyBudgetAllows(purpose, count, DEFAULT_LOAD_POLICY) ? 1 : 0),
      0,
    );
    expect(sent).toBe(6);
  });
});
