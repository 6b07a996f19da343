import {
  addDays,
  localDate,
  monthStart,
  partsOf,
  weekdayOf,
  type LocalDate,
} from '../../server/domain/local-date.ts';
import { NUMBER, readNumber } from './numerals.ts';

const WEEKDAYS = '一二三四五六日';
/** Nobody plans further ahead here (our default): a day beyond it is a slip. */
const FARTHEST_DAYS = 366;

/** 后天 and 下周三 count from today, wherever the span begins; 周三 and 5号 are the first ones after its beginning. */
const COUNTED_FROM_TODAY = /^(?:今|明|大?后天|下|这|本|tomorrow)/u;

/** Days to come, as a leave names them; a bare month and day is the next one there is. Null for anything else. */
export function comingDay(text: string, today: LocalDate): LocalDate | null {
  const words = text.normalize('NFKC').trim().toLowerCase();
  const found = nearDay(words, today) ?? weekday(words, today) ?? dayOfMonth(words, today) ?? written(words);
  return found === null || found < today || found > addDays(today, FARTHEST_DAYS) ? null : found;
}

/** "三天", "一周", "半个月", "5 days": how many days; null for anything else. */
export function daysLong(text: string): number | null {
  const words = text.normalize('NFKC').trim().toLowerCase();
  const counted = new RegExp(`^(${NUMBER})(天|日|周|个?星期|个?礼拜|个月)$`, 'u').exec(words);
  if (words === '半个月') return 15;
  if (counted) {
    const days = { 天: 1, 日: 1, 个月: 30 }[counted[2] ?? ''] ?? 7;
    return (readNumber(counted[1] ?? '') ?? 0) * days || null;
  }
  const english = /^(\d{1,2}) (day|week)s?$/u.exec(words);
  return english ? Number(english[1]) * (english[2] === 'week' ? 7 : 1) : null;
}

/** "12月1日到12月5日", "明天到周五", "三天": from when until when, both days included. */
export function comingSpan(
  text: string,
  today: LocalDate,
): { readonly from: LocalDate | null; readonly until: LocalDate | null } {
  const words = text
    .replace(/请假|leave/giu, '')
    .replace(/^从/u, '')
    .trim();
  const [first = '', second = ''] = words.split(/\s*(?:到|至|~|—|–| to | until )\s*/u);
  const from = comingDay(first, today);
  if (second !== '') {
    const start = COUNTED_FROM_TODAY.test(second) ? today : (from ?? today);
    const until = comingDay(second, start) ?? sameMonth(second, from);
    return { from: from ?? null, until: until !== null && (from ?? today) <= until ? until : null };
  }
  const alone = daysLong(first);
  if (alone !== null) return { from: today, until: addDays(today, alone - 1) };
  const tail = new RegExp(
    `^(.+?)(?:开始|起)?[,，]?\\s*(?:请|休)?(${NUMBER}(?:天|周|个?星期|个月))$`,
    'u',
  ).exec(first);
  const begins = tail ? comingDay(tail[1] ?? '', today) : null;
  const long = tail ? daysLong(tail[2] ?? '') : null;
  return begins !== null && long !== null
    ? { from: begins, until: addDays(begins, long - 1) }
    : { from, until: null };
}

function nearDay(words: string, today: LocalDate): LocalDate | null {
  const near: Readonly<Record<string, number>> = {
    今天: 0,
    今日: 0,
    today: 0,
    明天: 1,
    明日: 1,
    tomorrow: 1,
    后天: 2,
    大后天: 3,
  };
  const ahead = near[words];
  return ahead === undefined ? null : addDays(today, ahead);
}

function weekday(words: string, today: LocalDate): LocalDate | null {
  const said = /^(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])$/u.exec(words);
  if (!said) return null;
  const day = WEEKDAYS.indexOf((said[2] ?? '').replace('天', '日')) + 1;
  const monday = addDays(today, 1 - weekdayOf(today));
  const weeks = { 下: 7, 下下: 14 }[said[1] ?? ''] ?? 0;
  const found = addDays(monday, weeks + day - 1);
  return said[1] === undefined && found < today ? addDays(found, 7) : found;
}

function dayOfMonth(words: string, today: LocalDate): LocalDate | null {
  const said = new RegExp(`^(?:(${NUMBER})月)?(${NUMBER})(?:日|号)?$`, 'u').exec(words);
  if (!said || (said[1] === undefined && !/[日号]$/u.test(words))) return null;
  const day = readNumber(said[2] ?? '') ?? 0;
  const { year, month } = partsOf(today);
  if (said[1] !== undefined) {
    const wanted = readNumber(said[1]) ?? 0;
    const thisYear = localDate(year, wanted, day);
    return thisYear !== null && thisYear >= today ? thisYear : localDate(year + 1, wanted, day);
  }
  const thisMonth = localDate(year, month, day);
  if (thisMonth !== null && thisMonth >= today) return thisMonth;
  const next = partsOf(addDays(monthStart(today), 31));
  return localDate(next.year, next.month, day);
}

function written(words: string): LocalDate | null {
  const said = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(words);
  return said ? localDate(Number(said[1]), Number(said[2]), Number(said[3])) : null;
}

/** "12月1日到5日" */
function sameMonth(words: string, from: LocalDate | null): LocalDate | null {
  const day = new RegExp(`^(${NUMBER})$`, 'u').exec(words.trim());
  if (from === null || !day) return null;
  const { year, month } = partsOf(from);
  return localDate(year, month, readNumber(day[1] ?? '') ?? 0);
}
