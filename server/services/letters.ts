import { letterLines, type SendLetter } from '../domain/family/letter.ts';
import type { LocalDate } from '../domain/local-date.ts';
import { plain, say, type Reply } from '../domain/say.ts';
import type { FamilyLetterRow, WorkerRow } from '../store/generated/tables.ts';
import { audit, decided, type Acting, type Decision } from './acting.ts';
import { insert } from './batch.ts';

/** A letter that was approved. It is sent by a job, which reads once more who may have it. */
export function sendLetter(letter: SendLetter, acting: Acting): Decision {
  const { letterId, childId, contactId, on, place, ending, words } = letter;
  const at = acting.at.toISOString();
  const row: FamilyLetterRow = {
    ...{ id: letterId, childId, contactId, directorId: acting.personId ?? '', onDay: on },
    ...{ place, ending, words, state: 'waiting', nextAt: at, createdAt: at, rev: 1 },
  };
  return decided([insert('FamilyLetter', row), audit(acting, 'send-letter', letterId, row)]);
}

/** What the parent reads: who writes, that the child was seen, and one sentence more. */
export function letterMessage(row: FamilyLetterRow, { name, role }: Pick<WorkerRow, 'name' | 'role'>): Reply {
  const who = say(role === 'director' ? 'visit-told.who-director' : 'visit-told.who-supervisor', { name });
  const { place, onDay, ending, words } = row;
  const [first, second] = letterLines({ place, on: onDay as LocalDate, ending, words });
  return say('letter.told', { who, first, second });
}

/** To whoever wrote it: it did not arrive, or not everywhere. Nothing says why. */
export function letterNotSent(what: 'not-sent' | 'not-sent-all', child: string): Reply {
  return say(`letter.${what}`, { child: plain(child) });
}
