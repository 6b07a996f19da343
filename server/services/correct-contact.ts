import type { CorrectContact } from '../domain/commands.ts';
import { encounterOf } from '../domain/encounter-of.ts';
import { say } from '../domain/say.ts';
import type { ChatAccountRow, ContactRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision, type Outgoing } from './acting.ts';
import { childWrites } from './away-facts.ts';
import { insert, update } from './batch.ts';
import type { ChildHistory } from './loaded.ts';
import { concernRow } from './concern.ts';

/** No child has this revision: the batch is refused and the turn is done again from the reading on. */
const NEVER = -1;

/**
 * 更正: a record that supersedes another, with a reason, whenever it is found to be wrong. The first one stays readable,
 * a concern that came of it stays as well, and the duties are computed anew from the history as it is now.
 */
export function correctContact(
  command: CorrectContact,
  acting: Acting,
  target: ContactRow,
  history: ChildHistory,
  author: ChatAccountRow | null,
): Decision {
  // Somebody else corrected it a moment ago: what was shown before and after no longer holds.
  if (target.id !== command.targetId || target.supersededById !== null || target.withdrawn)
    return decided([], [], [{ table: 'Child', id: target.childId, rev: NEVER }]);
  const later = laterRow(command, acting, target);
  const others = history.facts.encounters.filter((e) => e.id !== target.id);
  const encounters =
    command.mistake || command.nobodyMet === true
      ? others
      : [...others, { ...encounterOf(command), filedAt: later.filedAt }];
  const { outcome, concernId } = command;
  return decided(
    [
      insert('Contact', later),
      update('Contact', target.id, { supersededById: command.contactId }),
      ...childWrites(history, { encounters }, acting),
      ...(concernId === null || outcome === 'none'
        ? []
        : [
            concernRow(
              concernId,
              outcome,
              { childId: later.childId, contactId: later.id, words: null },
              acting,
            ),
          ]),
      audit(acting, 'correct-contact', target.id, { by: command.contactId, mistake: command.mistake }),
    ],
    author === null ? [] : [told(command, target, author)],
    [{ table: 'Child', id: target.childId, rev: history.rev }],
  );
}

function laterRow(command: CorrectContact, acting: Acting, target: ContactRow): ContactRow {
  const { mode, takenOn, childSeen, met, nobodyMet, note, outcome } = command;
  const said = command.mistake
    ? {}
    : { mode, takenOn, childSeen, met: nobodyMet === true ? null : JSON.stringify(met), note, outcome };
  return {
    ...target,
    ...said,
    id: command.contactId,
    filedAt: acting.at.toISOString(),
    supersedesId: target.id,
    withdrawn: command.mistake,
    reason: command.reason,
    correctedById: acting.personId,
  };
}

/** Whoever filed it hears that somebody else corrected it: no child, no detail. */
function told({ contactId }: CorrectContact, target: ContactRow, account: ChatAccountRow): Outgoing {
  const reply = say('correct.told', { on: target.takenOn });
  return { account, lane: 'reply', key: `corrected:${contactId}`, reply, refs: { contactId } };
}
