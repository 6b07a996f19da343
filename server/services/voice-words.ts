import type { AddVoiceWords } from '../domain/commands.ts';
import type { ContactRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert, update } from './batch.ts';
import { cadenceColumns } from './cadence-record.ts';
import type { ChildHistory } from './loaded.ts';

const NOTE_LIMIT_CHARS = 2_000;

/** What is said in a voice record, written down by its author: a superseding record that differs in its note alone. */
export function addVoiceWords(
  { contactId, targetId, text }: AddVoiceWords,
  acting: Acting,
  target: ContactRow,
  history: ChildHistory,
): Decision {
  if (target.supersededById !== null || target.withdrawn || target.authorId !== acting.personId)
    return decided([]);
  const note = (target.note === null ? text : `${target.note}；${text}`).slice(0, NOTE_LIMIT_CHARS);
  const encounters = history.facts.encounters.map((e) => (e.id === targetId ? { ...e, id: contactId } : e));
  const facts = { ...history.facts, encounters };
  return decided(
    [
      insert('Contact', {
        ...target,
        id: contactId,
        note,
        filedAt: acting.at.toISOString(),
        supersedesId: targetId,
      }),
      update('Contact', targetId, { supersededById: contactId }),
      update('Child', history.childId, { ...cadenceColumns(facts, acting.today), rev: history.rev + 1 }),
      audit(acting, 'add-voice-words', targetId, { by: contactId }),
    ],
    [],
    [{ table: 'Child', id: target.childId, rev: history.rev }],
  );
}
