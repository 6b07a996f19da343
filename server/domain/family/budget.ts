import type { LoadPolicy } from '../reminding/digest-budget.ts';

/**
 * What an automatic message to a family is for. All that stands in the `refs` of a row beside the children it is about counts for
 * the month, so that it is counted from what was sent and from nothing else. A safety notice, and the change of a visit they were
 * told of, count as well and ask nobody: who waits at the door in vain trusts no message any more.
 */
export type FamilyPurpose = 'nudge' | 'tip' | 'letter' | 'visit';

/** Of a month's messages the last two are kept for what concerns a visit or safety (our default). */
const KEPT_FOR_VISITS_AND_SAFETY = 2;

const MAY_TAKE_THE_LAST: Readonly<Record<FamilyPurpose, boolean>> = {
  visit: true,
  letter: true,
  nudge: false,
  tip: false,
};

/**
 * Whether one more automatic message may go to a person who had so many this month, whatever each was for. A nudge or a
 * tip leaves the last two alone; a visit that is announced or called to mind may take them, and so may a letter: it goes to
 * parents far away, who are told of no visit.
 */
export function familyBudgetAllows(
  purpose: FamilyPurpose,
  sentThisMonth: number,
  policy: Pick<LoadPolicy, 'guardianMessagesPerMonth'>,
): boolean {
  const kept = MAY_TAKE_THE_LAST[purpose] ? 0 : KEPT_FOR_VISITS_AND_SAFETY;
  return sentThisMonth < policy.guardianMessagesPerMonth - kept;
}
