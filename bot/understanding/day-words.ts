import {
  addDays,
  daysBetween,
  localDate,
  monthEnd,
  partsOf,
  weekdayOf,
  type LocalDate,
} from '../../server/domain/local-date.ts';
import { lunarNewYear } from '../../server/domain/calendar/lunar-new-year.ts';
import { NUMBER, readNumber } from './numerals.ts';

/** A day as it stands in a sentence, with every day it may mean: 20号 is that of this month, the last or the next. */
export interface DayWord {
  readonly start: number;
  readonly end: number;
  readonly may: readonly LocalDate[];
  /** 元旦, 过完年: it tells a day only where the words around it say what happens then. */
  readonly isFeast: boolean;
}

/** So many months, and years, around today a bare day may mean (our default). */
const MONTHS_AROUND = 12;
const YEARS_AROUND = [-1, 0, 1, 2];
const WEEK = 7;
const NAMED: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨: -1,
  今: 0,
  明: 1,
  大后天: 3,
  后天: 2,
};
/** 过完年 ends with the lantern feast, the fifteenth day (our default). */
const FEAST_DAYS = 14;
const SOLAR_FEASTS: Readonly<Record<string, readonly [number, number]>> = {
  元旦: [1, 1],
  五一: [5, 1],
  国庆: [10, 1],
};

const N = NUMBER;
const NEXT_MONTH = '下下个?|下个?|上个?|这个?|本';
const DAY_WORD = new RegExp(
  [
    '(?<![0-9])(?<iso>20[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2})(?![0-9])',
    '(?<named>大前天|前天|大后天|后天|[昨今明](?:天|早|晚|日))',
    `(?<![0-9])(?:(?<year>20[0-9]{2}|今|明|去)年)?(?<![0-9一二三四五六七八九十])(?<month>${N})月份?(?:(?<monthEnd>[底末])|(?<day>${N})(?:[日号]|(?![0-9个天次人年月周日号])))`,
    `(?<step>${NEXT_MONTH})?月(?:(?<stepEnd>[底末])|的?(?<stepDay>${N})[日号])`,
    `(?<yearEnd>[今明]?年[底末])`,
    `(?<week>下下个?|下个?|上个?|这个?|本)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])`,
    `(?<![0-9一二三四五六七八九十])(?<only>${N})(?:号(?![码楼院线])|日(?![常记子]))`,
    '(?<solar>元旦|国庆|五一)',
    `(?:正月|大年)?初(?<first>${N})|正月(?<lantern>十五)|(?<after>(?:过完|过了|开)年|年后|(?:春节|过年)(?:以|之|过)?后|元宵节?)|(?<feast>春节|过年|除夕)`,
  ].join('|'),
  'gu',
);

/** Every word for a day in a normalised text, in its order. */
export function dayWords(words: string, today: LocalDate): readonly DayWord[] {
  return [...words.matchAll(DAY_WORD)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    may: [...new Set(meant(found.groups ?? {}, today))].sort(),
    isFeast: isFeast(found.groups ?? {}),
  }));
}

/** The day nearest to today. */
export function nearest({ may }: DayWord, today: LocalDate): LocalDate | null {
  const far = (on: LocalDate): number => Math.abs(daysBetween(today, on));
  return [...may].sort((a, b) => far(a) - far(b))[0] ?? null;
}

/** The first such day after this one. */
export function firstAfter({ may }: DayWord, after: LocalDate): LocalDate | null {
  return may.find((on) => on > after) ?? null;
}

type Groups = Readonly<Record<string, string | undefined>>;

function isFeast({ solar, first, lantern, after, feast }: Groups): boolean {
  return [solar, first, lantern, after, feast].some((word) => word !== undefined);
}

function meant(g: Groups, today: LocalDate): readonly LocalDate[] {
  if (g.iso !== undefined) {
    const [year, month, day] = g.iso.split(/[-/.]/u).map(Number);
    return real([localDate(year ?? 0, month ?? 0, day ?? 0)]);
  }
  if (g.named !== undefined) return [addDays(today, NAMED[g.named] ?? NAMED[g.named[0] ?? ''] ?? 0)];
  if (g.weekday !== undefined) return weekdays(g.week, g.weekday, today);
  if (g.yearEnd !== undefined) return yearEnds(g.yearEnd, today);
  if (g.month !== undefined) return monthDays(g, today);
  return isFeast(g) ? feastDays(g, today) : daysOfMonths(g, today);
}

function real(days: readonly (LocalDate | null)[]): readonly LocalDate[] {
  return days.filter((on) => on !== null);
}

function yearsOf(word: string | undefined, today: LocalDate): readonly number[] {
  const { year } = partsOf(today);
  if (word === undefined) return YEARS_AROUND.map((n) => year + n);
  return [{ 今: year, 明: year + 1, 去: year - 1 }[word] ?? Number(word)];
}

function yearEnds(word: string, today: LocalDate): readonly LocalDate[] {
  const said = /^[今明]/u.exec(word)?.[0];
  return real(yearsOf(said, today).map((year) => localDate(year, 12, 31)));
}

function monthDays(g: Groups, today: LocalDate): readonly LocalDate[] {
  const month = readNumber(g.month ?? '') ?? 0;
  return real(
    yearsOf(g.year, today).map((year) => {
      if (g.monthEnd === undefined) return localDate(year, month, readNumber(g.day ?? '') ?? 0);
      const first = localDate(year, month, 1);
      return first === null ? null : monthEnd(first);
    }),
  );
}

/** 20号, 月底, 下个月3号. */
function daysOfMonths({ step, stepEnd, stepDay, only }: Groups, today: LocalDate): readonly LocalDate[] {
  const { year, month } = partsOf(today);
  const said = step?.replace('个', '');
  const pinned = said === undefined ? undefined : { 下下: 2, 下: 1, 上: -1 }[said];
  const around = Array.from({ length: 2 * MONTHS_AROUND + 1 }, (_, n) => n - MONTHS_AROUND);
  const steps = said === undefined ? around : [pinned ?? 0];
  return real(
    steps.map((n) => {
      const index = year * 12 + month - 1 + n;
      const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
      const first = localDate(y, m, 1);
      if (stepEnd !== undefined) return first === null ? null : monthEnd(first);
      return localDate(y, m, readNumber(only ?? stepDay ?? '') ?? 0);
    }),
  );
}

function weekdays(step: string | undefined, sign: string, today: LocalDate): readonly LocalDate[] {
  const day = '一二三四五六日'.indexOf(sign === '天' ? '日' : sign);
  const monday = addDays(today, 1 - weekdayOf(today));
  const said = step?.replace('个', '');
  const pinned = said === undefined ? undefined : ({ 下下: 2, 下: 1, 上: -1 }[said] ?? 0);
  const weeks = pinned === undefined ? [-1, 0, 1, 2, 3, 4] : [pinned];
  return weeks.map((n) => addDays(monday, n * WEEK + day));
}

function feastDays({ solar, first, lantern, after, feast }: Groups, today: LocalDate): readonly LocalDate[] {
  const years = yearsOf(undefined, today);
  if (solar !== undefined) {
    const [month, day] = SOLAR_FEASTS[solar] ?? [1, 1];
    return real(years.map((year) => localDate(year, month, day)));
  }
  const since =
    first !== undefined
      ? (readNumber(first) ?? 1) - 1
      : lantern !== undefined || after !== undefined
        ? FEAST_DAYS
        : feast === '除夕'
          ? -1
          : 0;
  return real(
    years.map((year) => {
      const newYear = lunarNewYear(year);
      return newYear === null ? null : addDays(newYear, since);
    }),
  );
}
