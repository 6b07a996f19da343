import type { LoadPolicy } from '../reminding/digest-budget.ts';

/**
 * What an automatic message to a family is for. It stands in the `refs` of its row, beside the children it is about, so
 * that the month is counted from what was sent and from nothing else.
 */
export type FamilyPurpose = 'nudge' | 'tip' | 'letter' | 'visit' | 'visit-change' | 'safety';

/** Of a month's messages the last two are kept for what concerns a visit or safety (our default). */
const KEPT_FOR_VISITS_AND_SAFETY = 2;

const RANK: Readonly<Record<FamilyPurpose, 'always' | 'kept' | 'rest'>> = {
  safety: 'always',
  'visit-change': 'always',
  visit: 'kept',
  letter: 'kept',
  nudge: 'rest',
  tip: 'rest',
};

/**
 * Whether one more automatic message may go to a person who had so many this month, whatever each was for. A nudge or a
 * tip leaves the last two alone; a visit that is announced or called to mind may take them, and so may a letter: it goes to
 * parents far away, who are told of no visit. A safety notice, and the
 * change of a visit they were told of, always go: who waits at the door in vain trusts no message any more.
 */
export function familyBudgetAllows(
  purpose: FamilyPurpose,
  sentThisMonth: number,
  policy: Pick<LoadPolicy, 'guardianMessagesPerMonth'>,
): boolean {
  const rank = RANK[purpose];
  if (rank === 'always') return true;
  const most = policy.guardianMessagesPerMonth - (rank === 'rest' ? KEPT_FOR_VISITS_AND_SAFETY : 0);
  return sentThisMonth < most;
}
