import type { RecordContact, WithdrawContact } from '../domain/commands.ts';
import type { ContactRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { encounterOf } from '../domain/encounter-of.ts';
import { childWrites } from './away-facts.ts';
import { insert, update } from './batch.ts';
import { concernRow } from './concern.ts';
import type { ChildHistory } from './loaded.ts';

/** Stores a visit or contact, what it means for the child's duties, and a concern in the same moment. */
export function recordContact(command: RecordContact, acting: Acting, history: ChildHistory): Decision {
  const { contactId, childId, mode, takenOn, childSeen, note, outcome, met, nobodyMet, concernId } = command;
  const filedAt = acting.at.toISOString();
  const contact: ContactRow = {
    id: contactId,
    childId,
    authorId: acting.personId ?? '',
    mode,
    takenOn,
    childSeen,
    met: nobodyMet === true ? null : JSON.stringify(met),
    note,
    outcome,
    filedAt,
    tripId: command.tripId ?? null,
    supersedesId: null,
    supersededById: null,
    withdrawn: false,
    reason: null,
    correctedById: null,
  };
  const before = history.facts.encounters;
  const encounters = nobodyMet === true ? before : [...before, { ...encounterOf(command), filedAt }];
  const concern =
    concernId === null || outcome === 'none'
      ? []
      : command.concernOnRecord === true
        ? [update('Concern', concernId, { contactId })]
        : [concernRow(concernId, outcome, { childId, contactId, words: null }, acting)];
  return decided(
    [
      insert('Contact', contact),
      ...childWrites(history, { encounters }, acting),
      ...concern,
      audit(acting, 'record-contact', contactId, contact),
    ],
    [],
    [{ table: 'Child', id: childId, rev: history.rev }],
  );
}

/** Takes a record back: a superseding record says so, the first one stays readable. */
export function withdrawContact(
  command: WithdrawContact,
  acting: Acting,
  target: ContactRow,
  history: ChildHistory,
): Decision {
  if (target.supersededById !== null || target.withdrawn || target.authorId !== acting.personId)
    return decided([]);
  const withdrawal: ContactRow = {
    ...target,
    id: command.contactId,
    filedAt: acting.at.toISOString(),
    supersedesId: target.id,
    withdrawn: true,
  };
  const encounters = history.facts.encounters.filter((e) => e.id !== target.id);
  return decided(
    [
      insert('Contact', withdrawal),
      update('Contact', target.id, { supersededById: command.contactId }),
      ...childWrites(history, { encounters }, acting),
      audit(acting, 'withdraw-contact', target.id, { by: command.contactId }),
    ],
    [],
    [{ table: 'Child', id: target.childId, rev: history.rev }],
  );
}
