import type { AnswerConcern, OpenConcern } from '../domain/commands.ts';
import type { ConcernRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update, type Write } from './batch.ts';

/** A worry in words alone. What becomes of it is decided afterwards; it is on record already. */
export function openConcern(command: OpenConcern, acting: Acting): Decision {
  const { concernId, childId, outcome, words } = command;
  return decided([
    concernRow(concernId, outcome, { childId, contactId: null, words }, acting),
    audit(acting, 'open-concern', concernId, { childId, outcome }),
  ]);
}

/** A concern as it begins: open, and its words kept where no record holds them. */
export function concernRow(
  id: string,
  outcome: 'worried' | 'unsure',
  { childId, contactId, words }: Pick<ConcernRow, 'childId' | 'contactId' | 'words'>,
  acting: Acting,
): Write {
  return insert('Concern', {
    id,
    childId,
    contactId,
    authorId: acting.personId ?? '',
    outcome,
    words,
    openedAt: acting.at.toISOString(),
    state: 'open',
    answeredAt: null,
    followUpOn: null,
    closedAt: null,
    rev: 1,
  });
}

/** What became of a concern. When the person cannot talk now, a call is asked for besides (`call.ts`). */
export function answerConcern(command: AnswerConcern, acting: Acting): Decision {
  const { concernId, answer, followUpOn } = command;
  const at = acting.at.toISOString();
  const change = {
    state: answer,
    answeredAt: at,
    followUpOn,
    closedAt: answer === 'closed' ? at : null,
  };
  return decided([
    update('Concern', concernId, change),
    audit(acting, 'answer-concern', concernId, { answer }),
  ]);
}
