import { affectedBy, dutiesOf } from '../../server/domain/cadence/duties.ts';
import { isCall, type ChildFacts } from '../../server/domain/cadence/child-facts.ts';
import type { Duty, Standing } from '../../server/domain/cadence/duty.ts';
import { standingOf } from '../../server/domain/cadence/standing.ts';
import { RECENT_ENCOUNTERS, dutyName } from '../../server/domain/caseload.ts';
import type { CorrectContact, RecordContact } from '../../server/domain/commands.ts';
import { encounterOf } from '../../server/domain/encounter-of.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { CaseChild, View } from '../dialog/view.ts';
import { leftOrNext, whyNot } from './duty-left.ts';

/**
 * What a record did to the duties of its child, in words: what it answered, why it did not answer one that waits, and
 * what is due next. Who wrote it makes no difference.
 */
export function effectsOf(child: CaseChild, command: RecordContact, view: View): readonly Say[] {
  const { dutiesFrom } = child.facts;
  if (command.nobodyMet === true)
    return [
      say(isCall(command.mode) ? 'effect.nobody-reached' : 'effect.nobody-met'),
      ...leftOrNext(child.facts, child.standing, child.standing, view),
    ];
  const facts = { ...child.facts, encounters: [...child.facts.encounters, encounterOf(command)] };
  const after = standingOf(facts, view.policies, view.today);
  const changed = changesBetween(child, facts, view);
  // An earlier day of the period the child came in answers it all the same.
  if (command.takenOn < dutiesFrom && changed.length === 0)
    return [say('effect.before-duties', { child: child.name, on: dutiesFrom })];
  return [
    ...changed,
    ...whyNot(command, facts, after, changed.length > 0),
    ...leftOrNext(facts, child.standing, after, view),
  ];
}

/** What a correction did: what counts now, and what it leaves to be done again. */
export function correctionEffects(child: CaseChild, command: CorrectContact, view: View): readonly Say[] {
  const others = child.facts.encounters.filter((e) => e.id !== command.targetId);
  const stands = !command.mistake && command.nobodyMet !== true;
  const encounters = stands ? [...others, encounterOf(command)] : others;
  const facts = { ...child.facts, encounters };
  return [...changesBetween(child, facts, view), ...owedAgain(child.standing, facts, view)];
}

function owedAgain(before: Standing, facts: ChildFacts, view: View): readonly Say[] {
  const after = standingOf(facts, view.policies, view.today);
  return [
    ...after.overdue
      .filter((o) => !isOverdue(before, o.duty))
      .map((o) => say('effect.overdue-again', { duty: dutyName(o.duty), since: o.since })),
    ...after.open
      .filter((duty) => duty.kind !== 'talk' && !isOpen(before, duty))
      .map((duty) => say('effect.open-again', { duty: dutyName(duty), on: duty.dueOn })),
  ];
}

/** What has come about between the child's facts as they are and as they will be: done, ended, or owed. */
function changesBetween(child: CaseChild, facts: ChildFacts, view: View): readonly Say[] {
  const { policies, today } = view;
  const after = standingOf(facts, policies, today);
  const answered = affectedBy(dutiesOf(child.facts, policies, today), dutiesOf(facts, policies, today));
  const ended = child.standing.overdue.filter((o) => !isOverdue(after, o.duty));
  const begun = after.open.filter((d) => d.kind === 'talk' && !isOpen(child.standing, d));
  return [
    ...answered
      .filter((duty) => isKnown(child.facts, duty))
      .map((duty) => say(`effect.${howAnswered(duty, child.standing)}`, { duty: dutyName(duty) })),
    ...ended
      .filter((o) => !answered.some((duty) => duty.key === o.duty.key))
      .map((o) => say('effect.ended', { duty: dutyName(o.duty) })),
    ...begun.map((duty) => say('effect.talk', { on: duty.dueOn })),
  ];
}

/** Of periods older than the encounters kept beside the child nobody can say here what answered them before. */
function isKnown({ encounters }: ChildFacts, { dueOn }: Duty): boolean {
  const oldest = encounters.map(({ on }) => on).sort()[0];
  return encounters.length < RECENT_ENCOUNTERS || oldest === undefined || dueOn >= oldest;
}

/** In time; late, where reminders of it are taken back; or late and long since overtaken by a later visit. */
function howAnswered(duty: Duty, before: Standing): 'done' | 'withdrawn' | 'answered-late' {
  if (isOpen(before, duty)) return 'done';
  return isOverdue(before, duty) ? 'withdrawn' : 'answered-late';
}

function isOpen({ open }: Standing, { key }: Duty): boolean {
  return open.some((duty) => duty.key === key);
}

function isOverdue({ overdue }: Standing, { key }: Duty): boolean {
  return overdue.some(({ duty }) => duty.key === key);
}
