import { addDays, daysBetween, laterOf, type LocalDate } from '../../server/domain/local-date.ts';
import { daysLong } from './coming-days.ts';
import { dayWords, firstAfter, nearest, type DayWord } from './day-words.ts';
import { normalise } from './normalise.ts';
import { NUMBER } from './numerals.ts';

/** From when until when somebody is away, as far as the words say it. */
export interface AwaySpan {
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  /** 前几天走的: a beginning was named, and it is no certain day. */
  readonly isVague: boolean;
}

const LONG = new RegExp(
  `(?<![0-9一二三四五六七八九十第])(?:${NUMBER}(?:天|周|个?星期|个?礼拜|个月)|半个月)`,
  'gu',
);
/** A day without its year that comes round only later than this was a slip, and is asked again (our default). */
const FARTHEST_DAYS = 300;
/** What may stand between the day and what happens on it: 元旦前后才能. */
const MAYBE = '(?:左右|前后|那天|大概|可能|估计|就|才|要|会|能|可以|得|再|都|一起)*';
const COMES_BACK = new RegExp(
  `^${MAYBE}(?:回(?:来|村|校|学校|到|$|[,。了的吧呢])|回家(?:$|[,。了的吧])|返回|返校|到家)`,
  'u',
);
const CAME_BACK = new RegExp(`^${MAYBE}回(?:来|村|家|到村)?[了的]`, 'u');
const UNTIL_BEFORE =
  /(?:到|至|等|~|—|-|(?:回来|回村|回家)(?:要|得|是|大概|可能|估计)*)(?:大概|差不多|大约)?$/u;
const LEAVES = new RegExp(
  `^${MAYBE}(?:起|开始|出发|走|离开|出门|动身|不在|去|被|把|跟|和|随|到外地|回老家|让|由|坐车)`,
  'u',
);
const FROM_BEFORE = /(?:从|自|打)$/u;
const JOINED = /^(?:起|开始|走|出发|去)?[, ]?(?:一直|住|待|要)?(?:到|至|~|—|-)(?:大概|差不多|大约)?$/u;
const VAGUE_PAST =
  /前几天|前些天|前两天|前阵子|前段时间|上个?(?:周|星期|礼拜)(?![一二三四五六日天])|上个?月(?![0-9一二三底末])|月初|最近/u;
const LEFT_ALREADY = /(?:走|去|离开|出发|接走|出门)[^,。]{0,10}[了的]/u;

/** "12月3号走，20号回", "从12月1号到明年2月底", "去一个星期". */
export function awaySpan(text: string, today: LocalDate): AwaySpan {
  const words = normalise(text);
  const days = dayWords(words, today);
  const end = days.find((day) => endsIt(day, words));
  const begin = days.findLast((day) => day !== end && beginsIt(day, words, days));
  const gone = goneFor(words);
  const first = begin === undefined ? null : begun(begin, words, today);
  const from = first ?? (gone === null ? null : addDays(today, -gone));
  const long = staysFor(words);
  const start = from ?? today;
  const back = end === undefined ? null : ended(end, words, { from, today });
  const until = back ?? (long === null ? null : addDays(start, long));
  return { from, until: until !== null && until > start ? until : null, isVague: VAGUE_PAST.test(words) };
}

/** The day of return that an answer names, of somebody away from this day on; null where it names none. */
export function returnDay(text: string, today: LocalDate, from: LocalDate): LocalDate | null {
  const words = normalise(text);
  const days = dayWords(words, today);
  const said = days.find((day) => endsIt(day, words)) ?? days.find((day) => !beginsIt(day, words, days));
  if (said !== undefined) return ended(said, words, { from, today });
  const [long] = words.match(LONG) ?? [];
  const stays = long === undefined ? null : daysLong(long);
  return stays === null || goneFor(words) !== null ? null : addDays(from, stays);
}

function endsIt(day: DayWord, words: string): boolean {
  const after = words.slice(day.end);
  if (COMES_BACK.test(after)) return true;
  return UNTIL_BEFORE.test(words.slice(0, day.start)) && !/^(?:走|出发|离开|动身)/u.test(after);
}

/** 12月3号走, 从12月3号, 12月3号到20号: and no day of which the words only tell that somebody said it. */
function beginsIt(day: DayWord, words: string, days: readonly DayWord[]): boolean {
  const [before, after] = [words.slice(0, day.start), words.slice(day.end)];
  if (endsIt(day, words)) return false;
  if (FROM_BEFORE.test(before)) return true;
  const next = days.find((other) => other.start >= day.end);
  if (next !== undefined && JOINED.test(words.slice(day.end, next.start))) return true;
  return !day.isFeast && LEAVES.test(after);
}

/** What was left already lies behind; otherwise the day nearest to today. */
function begun(day: DayWord, words: string, today: LocalDate): LocalDate | null {
  const clause = /^[^,。]*/u.exec(words.slice(day.end))?.[0] ?? '';
  if (/^(?:要|会|准备|打算)/u.test(clause)) return day.may.find((on) => on >= today) ?? null;
  const past = day.may.findLast((on) => on <= today);
  return LEFT_ALREADY.test(clause) && past !== undefined ? past : nearest(day, today);
}

/** A return to come lies after today, unless both days were named side by side or it is told as past. */
function ended(
  day: DayWord,
  words: string,
  { from, today }: { readonly from: LocalDate | null; readonly today: LocalDate },
): LocalDate | null {
  const isPast = CAME_BACK.test(words.slice(day.end)) || UNTIL_BEFORE.test(words.slice(0, day.start));
  const after = from === null ? today : isPast ? from : laterOf(from, today);
  const on = firstAfter(day, after);
  const isSlip = on !== null && day.may.length > 1 && daysBetween(after, on) > FARTHEST_DAYS;
  return isSlip ? null : on;
}

/** 住一个星期, 三天后回来: how many days; null where the words name none. */
function staysFor(words: string): number | null {
  for (const { 0: long, index } of words.matchAll(LONG)) {
    const [before, after] = [words.slice(0, index), words.slice(index + long.length)];
    if (/^(?:多)?[了前]/u.test(after)) continue;
    const isStay = /(?:去|待|呆|住|玩|走|要|大概|大约|差不多)[^,。]{0,6}$/u.test(before);
    if (isStay || /^(?:左右|以后|之后|后|内)*(?:再|就|才)?(?:回|返)/u.test(after)) return daysLong(long);
  }
  return null;
}

/** "车票改签，晚三天回": so many days later than was said; null where the words say no such thing. */
export function daysLater(text: string): number | null {
  const said = new RegExp(
    `(?:晚|迟|推迟|延后|延迟|拖)(?:个)?(${NUMBER}(?:天|周|个?星期|个?礼拜)|半个月)(?:左右)?(?:再|才)?(?:$|[,。回到返走]|动身)`,
    'u',
  );
  const long = said.exec(normalise(text))?.[1];
  return long === undefined ? null : daysLong(long);
}

/** 去了一个星期了, 三天前走的. */
function goneFor(words: string): number | null {
  for (const { 0: long, index } of words.matchAll(LONG)) {
    const after = words.slice(index + long.length);
    const isGone = /(?:去|走|离开|不在)[^,。]*$/u.test(words.slice(0, index)) && /^多?了/u.test(after);
    if (isGone || /^前[^,。]{0,8}(?:走|去|离开)/u.test(after)) return daysLong(long);
  }
  return null;
}
