import type { FiledEntry } from '../../server/domain/filed-work.ts';
import { nationalText } from '../../server/domain/national-text.ts';
import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { commandOption, say, type Reply } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandRun, CommandWord } from '../dialog/flow.ts';
import type { Session } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { bareWord } from '../dialog/words.ts';
import { officialNote } from './official-note.ts';
import { mayTellOfDanger } from '../understanding/signals.ts';

/** Records of so many days back are found again. */
const LOOK_BACK_DAYS = 62;
const TEXT = /(国家系统)?文本$/u;

/** 文本: the last record, or a child's last one, as text for the national system. */
export const nationalTextWord: CommandWord = {
  id: 'text',
  words: ['国家系统文本', '文本', 'national text'],
  takesRest: 'after-break',
  allowed: (view) => view.role === 'director' || view.role === 'supervisor' || view.role === 'deputy',
  run: ({ heard, target, session, view }) =>
    heard === null && target !== null ? textsOf(target, session, view) : textOfLast(heard, view),
};

/** "小明 文本": the same, with the name before the word. */
export function asksForText(heard: Pick<Heard, 'text'>): boolean {
  const word = bareWord(heard.text);
  return (
    word.length <= 20 && (TEXT.test(word) || word.startsWith('文本') || word.startsWith('national text'))
  );
}

/** The last record of the child that was named; of anybody where none was. */
export function textOfLast(heard: Heard | null, view: View): CommandRun {
  const named = heard?.mentions.flatMap((m) => m.candidates.map((c) => c.childId)) ?? [];
  const record = (view.filed?.records ?? []).findLast(
    (r: FiledEntry) => named.length === 0 || named.includes(r.childId),
  );
  return record ? shown([record], view) : { replies: [say('national-text.none')], commands: [] };
}

/** The button below a stored record, or below a trip: the text of each record of it that still holds. */
function textsOf(target: string, session: Session, view: View): CommandRun {
  const saved = session.lastSaved === null ? [] : [session.lastSaved];
  const trip = [...saved, ...session.earlierSaved].find((s) => s.trip?.id === target);
  const ids = trip ? [trip.contactId, ...(trip.trip?.others ?? []).map((r) => r.contactId)] : [target];
  const records = (view.filed?.records ?? []).filter((r) => ids.includes(r.id));
  return records.length > 0 ? shown(records, view) : { replies: [say('national-text.gone')], commands: [] };
}

/** Each text is a message of its own, so that it can be copied. */
function shown(records: readonly FiledEntry[], view: View): CommandRun {
  const texts = records.flatMap((record): Reply[] => [
    say('national-text.of', { child: record.childName, on: record.takenOn }),
    say('plain', { text: nationalText(official(record, view), mayTellOfDanger) }),
  ]);
  const [last] = texts.slice(-1);
  const log = commandOption('work-log', null, say('menu.log'));
  return {
    replies: last ? [...texts.slice(0, -1), { ...last, options: [log] }] : [],
    commands: [{ type: 'note-access', screen: 'national-text', childIds: records.map((r) => r.childId) }],
  };
}

/** The record with the words that are this child's own. */
function official(record: FiledEntry, view: View): FiledEntry {
  const { note, childId, filedOn } = record;
  const words = note === null ? '' : officialNote(note, childId, filedOn, view);
  return { ...record, note: words === '' ? null : words };
}

/** The days in which a record is looked for. */
export function daysOfTexts(view: View): { readonly from: LocalDate; readonly until: LocalDate } {
  return { from: addDays(view.today, -LOOK_BACK_DAYS), until: view.today };
}
