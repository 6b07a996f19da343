import type { AddVoiceWords } from '../domain/commands.ts';
import type { ContactRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { childWrites } from './away-facts.ts';
import { insert, update } from './batch.ts';
import type { ChildHistory } from './loaded.ts';

const NOTE_LIMIT_CHARS = 2_000;

/** What is said in a voice record, written down by its author: a superseding record that differs in its note alone. */
export function addVoiceWords(
  { contactId, text }: AddVoiceWords,
  acting: Acting,
  target: ContactRow,
  history: ChildHistory,
): Decision {
  if (target.supersededById !== null || target.withdrawn || target.authorId !== acting.personId)
    return decided([]);
  const note = (target.note === null ? text : `${target.note}；${text}`).slice(0, NOTE_LIMIT_CHARS);
  const filedAt = acting.at.toISOString();
  const encounters = history.facts.encounters.map((e) =>
    e.id === target.id ? { ...e, id: contactId, filedAt } : e,
  );
  return decided(
    [
      insert('Contact', {
        ...target,
        id: contactId,
        note,
        filedAt,
        supersedesId: target.id,
      }),
      update('Contact', target.id, { supersededById: contactId }),
      ...childWrites(history, { encounters }, acting),
      audit(acting, 'add-voice-words', target.id, { by: contactId }),
    ],
    [],
    [{ table: 'Child', id: target.childId, rev: history.rev }],
  );
}
