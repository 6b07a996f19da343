import { isAwayOn } from '../../server/domain/cadence/absences.ts';
import { isVisit, type ChildFacts } from '../../server/domain/cadence/child-facts.ts';
import type { Duty, Standing } from '../../server/domain/cadence/duty.ts';
import { standingOf } from '../../server/domain/cadence/standing.ts';
import { acceptsUnseen, inOrder, tierInForce } from '../../server/domain/cadence/tiers.ts';
import { dutyName } from '../../server/domain/caseload.ts';
import type { RecordContact } from '../../server/domain/commands.ts';
import { addDays, monthEnd } from '../../server/domain/local-date.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { View } from '../dialog/view.ts';

/** So many months ahead the next duty is looked for: a quarter and the month it begins in. */
const MONTHS_AHEAD = 4;

/** Why a duty that waits was not answered by this record, where somebody might expect that it was. */
export function whyNot(command: RecordContact, facts: ChildFacts, after: Standing, hasDone: boolean): Say[] {
  const { mode, takenOn, childSeen } = command;
  const tier = tierInForce(inOrder(facts.tierChanges), takenOn);
  if (isVisit(mode) && childSeen !== true && !acceptsUnseen(tier)) return [say('effect.because-unseen')];
  const waiting = [...after.overdue.map((o) => o.duty), ...after.open].filter((d) => d.kind !== 'talk');
  if (waiting.length === 0) return [];
  if (isAwayOn(facts.absences, takenOn) && childSeen !== true) return [say('effect.because-away')];
  const inPeriod = waiting.filter((d) => d.periodStart <= takenOn);
  if (inPeriod.length === 0) return hasDone ? [] : [say('effect.because-day', { on: takenOn })];
  if (!isVisit(mode) && inPeriod.some((d) => d.kind !== 'contact'))
    return [say(mode === 'elsewhere' ? 'effect.because-elsewhere' : 'effect.because-call')];
  const owesHome = mode === 'school' && inPeriod.some((d) => d.kind === 'home-visit');
  return owesHome ? [say('effect.because-school')] : [];
}

/** What is still owed, the overdue first; with nothing left, what is due next. A talk that just began is told by itself. */
export function leftOrNext(facts: ChildFacts, before: Standing, after: Standing, view: View): Say[] {
  const begun = (d: Duty): boolean => d.kind === 'talk' && !before.open.some((o) => o.key === d.key);
  const dues = [
    ...after.overdue.map((o) => say('todo.overdue', { duty: dutyName(o.duty), since: o.since })),
    ...after.open.filter((d) => !begun(d)).map((d) => say('todo.open', { duty: dutyName(d), on: d.dueOn })),
  ];
  if (dues.length > 0) return [say('effect.left', { dues })];
  return after.open.length > 0 ? [] : nextDue(facts, view);
}

function nextDue(facts: ChildFacts, view: View): Say[] {
  let day = view.today;
  for (let month = 0; month < MONTHS_AHEAD; month += 1) {
    day = addDays(monthEnd(day), 1);
    const [next] = standingOf(facts, view.policies, day).open;
    if (next) return [say('effect.next', { duty: dutyName(next), on: next.dueOn })];
  }
  return [];
}
