import type { FiledRecord } from '../../server/domain/filed-record.ts';
import { commandOption, say, type Reply, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CommandInput, CommandRun, CommandWord } from '../dialog/flow.ts';
import { childOf, type CaseChild, type View } from '../dialog/view.ts';
import { knownAbsences, spanLine } from './away-known.ts';
import { metKept } from './met-kept.ts';
import { mendOption } from './mend-away.ts';
import { certainChild, childLabel, metList } from './record-slots.ts';

const PER_PAGE = 6;
/** A list shows the beginning of a note; the whole of it stands in the record. */
const NOTE_SHOWN = 30;

/** 记录: what was filed of a child, by day, with what was corrected or taken back marked as such. */
export const historyWord: CommandWord = {
  id: 'history',
  words: ['记录', '历史', 'records', 'history'],
  takesRest: 'after-break',
  allowed: (view) => ['director', 'supervisor', 'deputy'].includes(view.role),
  run: (input) => {
    const { view } = input;
    const { child, page } = chosen(input);
    return historyOf(child, page, view);
  },
};

/** "小明的记录": the words ask to read, and tell nothing. */
export function asksForRecords(heard: Heard): boolean {
  return heard.intent === null && /的记录[\s。.?？]*$/u.test(heard.text);
}

/** What was filed of one child; the page counts from 0. */
export function historyOf(child: CaseChild | undefined, page: number, view: View): CommandRun {
  if (!child) return { replies: [whichChild(view)], commands: [] };
  const records = view.records.filter((r) => r.childId === child.id);
  const away = knownAbsences(child, view.today);
  const mend = away.length === 0 ? [] : [mendOption(child)];
  const spans = away.map((absence) => say('history.away', { span: spanLine(absence) }));
  if (records.length === 0)
    return {
      replies: [{ ...say('history.none', { child: child.name, away: spans }), options: mend }],
      commands:
        away.length === 0 ? [] : [{ type: 'note-access', screen: 'child-history', childIds: [child.id] }],
    };
  const first = page * PER_PAGE < records.length ? page * PER_PAGE : 0;
  const shown = records.slice(first, first + PER_PAGE);
  const more = first + PER_PAGE < records.length;
  const options = [
    ...(more ? [commandOption('history', `${child.id}:${String(page + 1)}`, say('dialog.more'))] : []),
    commandOption('correct', null, say('menu.correct')),
    ...mend,
  ];
  const reply: Reply = {
    ...say('history.list', {
      child: child.name,
      count: records.length,
      lines: shown.map(lineOf),
      away: spans,
    }),
    options,
  };
  return {
    replies: [reply],
    commands: [{ type: 'note-access', screen: 'child-history', childIds: [child.id] }],
  };
}

function lineOf(record: FiledRecord): Say {
  const { takenOn, mode, childSeen, note, author, replaced } = record;
  const parts = [
    say(`mode.${mode}`),
    ...(childSeen === null ? [] : [say(childSeen ? 'record.seen' : 'record.child-not-seen')]),
    ...metList(metKept(record)),
    ...(note === null || note === '' ? [] : [say('history.note', { note: shortened(note) })]),
  ];
  const line = say('history.line', { on: takenOn, parts, author });
  if (replaced === null) return line;
  const { how, reason, by } = replaced;
  return say(`history.${how}`, {
    line,
    reason: reason === null ? [] : [say('history.reason', { reason, by })],
  });
}

function shortened(note: string): string {
  return note.length > NOTE_SHOWN ? `${note.slice(0, NOTE_SHOWN)}…` : note;
}

function chosen({ target, heard, view }: CommandInput): {
  readonly child: CaseChild | undefined;
  readonly page: number;
} {
  if (heard !== null) return { child: childOf(view, certainChild(heard)), page: 0 };
  const [childId, page] = (target ?? '').split(':');
  return { child: childOf(view, childId), page: /^\d{1,3}$/.test(page ?? '') ? Number(page) : 0 };
}

function whichChild(view: View): Reply {
  const options = view.caseload.slice(0, 8).map((c) => commandOption('history', c.id, childLabel(c)));
  return { ...say('history.which'), options };
}
