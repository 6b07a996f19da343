import { isCall } from '../../server/domain/cadence/child-facts.ts';
import type { FiledEntry, FiledWork } from '../../server/domain/filed-work.ts';
import {
  addDays,
  localDate,
  monthEnd,
  monthStart,
  partsOf,
  type LocalDate,
} from '../../server/domain/local-date.ts';
import { say, type Reply, type Say } from '../../server/domain/say.ts';
import type { CommandWord } from '../dialog/flow.ts';
import type { View } from '../dialog/view.ts';

/** So many lines stay under the 2,048 bytes of one WeCom message. */
const LINES_PER_MESSAGE = 12;
/** A promise is quoted in a log up to so many characters. */
const QUOTED = 30;

/** The days a log is about: one day, or a whole month. */
interface LogDays {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly isMonth: boolean;
}

/** 日志: what was filed that day, or in that month, plain and ready to be copied. */
export const logWord: CommandWord = {
  id: 'work-log',
  words: [
    ...[
      '工作日志',
      '日志',
      '今天的日志',
      '昨天的日志',
      '本月日志',
      '这个月的日志',
      '上月日志',
      '上个月的日志',
    ],
    'work log',
  ],
  takesRest: 'after-break',
  allowed: (view) => view.role === 'director' || view.role === 'supervisor' || view.role === 'deputy',
  run: ({ heard, view }) => {
    const days = logDays(heard?.text ?? '', view.today);
    const { records, promises } = view.filed ?? { records: [], promises: [] };
    if (records.length + promises.length === 0)
      return {
        replies: [say(days.isMonth ? 'work-log.empty-month' : 'work-log.empty', { on: days.from })],
        commands: [],
      };
    const childIds = [...new Set([...records, ...promises].map((r) => r.childId))];
    return {
      replies: days.isMonth ? [monthReply(records, promises, days)] : dayReplies(records, promises, days),
      commands: [{ type: 'note-access', screen: 'work-log', childIds }],
    };
  },
};

/** Which days these words ask about; today where they name none. */
function logDays(text: string, today: LocalDate): LogDays {
  const yesterday = addDays(today, -1);
  if (/昨|yesterday/iu.test(text)) return { from: yesterday, until: yesterday, isMonth: false };
  if (/上个?月|last month/iu.test(text)) return monthOf(addDays(monthStart(today), -1));
  if (/本月|这个?月|this month/iu.test(text)) return monthOf(today);
  const month = Number(/(\d{1,2})月/u.exec(text.normalize('NFKC'))?.[1] ?? 0);
  const named = month === 0 ? null : monthBefore(month, today);
  return named === null ? { from: today, until: today, isMonth: false } : monthOf(named);
}

/** A month named by its number is this year's, or last year's where this year's is still to come. */
function monthBefore(month: number, today: LocalDate): LocalDate | null {
  const { year } = partsOf(today);
  const first = localDate(year, month, 1);
  return first !== null && first > today ? localDate(year - 1, month, 1) : first;
}

function monthOf(day: LocalDate): LogDays {
  return { from: monthStart(day), until: monthEnd(day), isMonth: true };
}

function dayReplies(
  records: FiledWork['records'],
  promises: FiledWork['promises'],
  { from }: LogDays,
): Reply[] {
  const lines = [
    ...records.map((record, n) => recordLine(record, n + 1, from)),
    ...promises.map((p, n) =>
      say(`work-log.promise-${p.state}`, {
        number: records.length + n + 1,
        child: p.childName,
        text: Array.from(p.text).slice(0, QUOTED).join(''),
        on: p.dueOn,
      }),
    ),
  ];
  const pages = Math.ceil(lines.length / LINES_PER_MESSAGE);
  return Array.from({ length: pages }, (_, page) =>
    say(page === 0 ? 'work-log.day' : 'work-log.more', {
      on: from,
      lines: lines.slice(page * LINES_PER_MESSAGE, (page + 1) * LINES_PER_MESSAGE),
    }),
  );
}

/** One record; its day where it is not that of the log. A worry has no place in a log. */
function recordLine(record: FiledEntry, number: number, on: LocalDate): Say {
  const { childName: child, mode, takenOn, childSeen, met } = record;
  const vars = {
    number,
    child,
    mode: say(`mode.${mode}`),
    day: takenOn === on ? [] : [say('work-log.of-day', { on: takenOn })],
  };
  if (met === null) return say(isCall(mode) ? 'work-log.nobody-reached' : 'work-log.nobody', vars);
  const seen = childSeen === null ? [] : [say(childSeen ? 'work-log.seen' : 'work-log.not-seen')];
  return say('work-log.record', { ...vars, seen });
}

function monthReply(
  records: FiledWork['records'],
  promises: FiledWork['promises'],
  { from }: LogDays,
): Reply {
  const count = (mode: FiledEntry['mode']): number => records.filter((r) => r.mode === mode).length;
  const kept = promises.filter((p) => p.state === 'done').length;
  return say('work-log.month', {
    month: partsOf(from).month,
    home: count('home'),
    school: count('school'),
    phone: count('phone'),
    video: count('video'),
    elsewhere: count('elsewhere'),
    children: new Set(records.map((r) => r.childId)).size,
    // None kept reads like a reproach.
    kept: kept === 0 ? [] : [say('work-log.month-kept', { count: kept })],
  });
}

/** Whether these words ask for a log. */
function asksForLog(text: string): boolean {
  const bare = text.trim().toLowerCase();
  return logWord.words.some((word) => bare.startsWith(word));
}

/** The days that have to be loaded for these words. */
export function daysToLoad(text: string, view: View): LogDays | null {
  return asksForLog(text) ? logDays(text, view.today) : null;
}
