import type {
  AddVoiceWords,
  Command,
  CorrectContact,
  RecordContact,
  WithdrawContact,
} from '../server/domain/commands.ts';
import type { AnswerNudge } from '../server/domain/family/nudge.ts';
import type { VisitCommand } from '../server/domain/family/visit-commands.ts';
import { allOf, type Acting, type Decision } from '../server/services/acting.ts';
import type { ChildHistory } from '../server/services/loaded.ts';
import { answerNudge } from '../server/services/nudges.ts';
import { recordContact } from '../server/services/record-contact.ts';
import { decideVisit, visitsEndedAnew, visitsKept, visitsReopened } from '../server/services/visits.ts';
import type { Facts } from './needs.ts';

/** What becomes of visits to come; whoever goes is told of what a family wishes. */
export function decideOnVisit(command: VisitCommand | AnswerNudge, acting: Acting, facts: Facts): Decision {
  if (command.type === 'answer-nudge') return answerNudge(command, acting);
  const tells = command.type === 'wish-visit' ? command.tells : [];
  return decideVisit(
    command,
    acting,
    tells.flatMap((id) => facts.accountsByWorker.get(id) ?? []),
    facts.visitTellings,
  );
}

const OF_VISITS: ReadonlySet<string> = new Set<(VisitCommand | AnswerNudge)['type']>([
  'answer-nudge',
  'plan-visits',
  'cancel-visits',
  'keep-visits',
  'visit-at-home',
  'pass-visit',
  'wish-visit',
]);

/** A command about a visit that is still to come, or a parent's word to the weekly reminder. */
export function isOfVisit(command: Command): command is VisitCommand | AnswerNudge {
  return OF_VISITS.has(command.type);
}

/** A record that is taken back or put right, and what it had ended. */
export function recordUndone(
  by: WithdrawContact | CorrectContact,
  change: Decision,
  acting: Acting,
  { endedVisits }: Facts,
): Decision {
  // What was refused ended nothing either.
  if (change.writes.length === 0) return change;
  const ended = endedVisits.filter(({ doneById }) => doneById === by.targetId);
  return allOf([change, visitsReopened(by, ended, acting)]);
}

/** 听写 puts a record in the place of another: what that one had ended is ended by this one. */
export function recordRenamed(
  { contactId, targetId }: AddVoiceWords,
  change: Decision,
  { endedVisits }: Facts,
): Decision {
  if (change.writes.length === 0) return change;
  const ended = endedVisits.filter(({ doneById }) => doneById === targetId);
  return allOf([change, visitsEndedAnew(contactId, ended)]);
}

/** A record, and the end of what was agreed on for its day. */
export function recordKeeping(
  record: RecordContact,
  acting: Acting,
  history: ChildHistory,
  facts: Facts,
): Decision {
  return allOf([recordContact(record, acting, history), visitsKept(record, facts.openVisits)]);
}
