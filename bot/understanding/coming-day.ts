import { addDays, localDate, partsOf, weekdayOf, type LocalDate } from '../../server/domain/local-date.ts';

const NAMED: Readonly<Record<string, number>> = { 今天: 0, 明天: 1, 后天: 2, 大后天: 3 };
const WEEKDAY = /^(下)?(?:周|星期|礼拜)([一二三四五六日天])/u;
const DATE = /^(?:(\d{1,2})月)?(\d{1,2})[日号]/u;
const WEEK = 7;

/** The day a sentence about plans begins with, today or to come, and the words after it; null where it names none. */
export function comingDay(
  words: string,
  today: LocalDate,
): { readonly on: LocalDate; readonly rest: string } | null {
  const named = Object.keys(NAMED)
    .sort((a, b) => b.length - a.length)
    .find((word) => words.startsWith(word));
  if (named !== undefined) return { on: addDays(today, NAMED[named] ?? 0), rest: words.slice(named.length) };
  const weekday = WEEKDAY.exec(words);
  if (weekday) return { on: weekdayAhead(weekday, today), rest: words.slice(weekday[0].length) };
  const date = DATE.exec(words);
  const on = date ? dateAhead(date, today) : null;
  return date && on !== null ? { on, rest: words.slice(date[0].length) } : null;
}

/** 周三 is this week's while it is not past, 下周三 that of the week after. */
function weekdayAhead([, next, character]: RegExpExecArray, today: LocalDate): LocalDate {
  const wanted = '一二三四五六日'.indexOf(character === '天' ? '日' : (character ?? '')) + 1;
  const monday = addDays(today, 1 - weekdayOf(today));
  const on = addDays(monday, wanted - 1 + (next === undefined ? 0 : WEEK));
  return on < today ? addDays(on, WEEK) : on;
}

/** 3号 is this month's while it is not past, then the next month's; 1月3日 may be next year's. */
function dateAhead([, month, day]: RegExpExecArray, today: LocalDate): LocalDate | null {
  const now = partsOf(today);
  const at = (year: number, m: number): LocalDate | null =>
    localDate(m > 12 ? year + 1 : year, m > 12 ? m - 12 : m, Number(day));
  const first = at(now.year, month === undefined ? now.month : Number(month));
  if (first !== null && first >= today) return first;
  return month === undefined ? at(now.year, now.month + 1) : at(now.year + 1, Number(month));
}
