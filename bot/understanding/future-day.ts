import { addDays, monthEnd, weekdayOf, type LocalDate } from '../../server/domain/local-date.ts';
import { comingDay } from './coming-day.ts';
import { daysLong } from './coming-days.ts';
import { normalise } from './normalise.ts';
import { NUMBER } from './numerals.ts';

/** A day to come as it was said; `on` is null where the words are vague and a person has to choose. */
interface FutureDay {
  readonly on: LocalDate | null;
  readonly quote: string;
}

const NAMED = /大后天|后天|明天|明早|明晚|明儿个?|后儿个?/u;
const AFTER = new RegExp(`(${NUMBER})(天|周|个?星期|个?礼拜)(?:以|之|过)?后`, 'u');
const WEEKDAY = /(?:下|这|本)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天]/u;
const DATE = /(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]/u;
const MONTH_END = /(下个?)?月底|(下个?)月末|月末/u;
const WEEKEND = /(下)?(?:个)?(?:周末)/u;
const VAGUE =
  /过[几两]天|过一?阵|改天|下次|下回|下(?:个)?月|下(?:个)?(?:周|星期|礼拜)|这几天|年底|开学|放假|月初|回头/u;
const WEEK = 7;

/** The day to come that these words name, leaning forward; null where they name none (“过两天” names one without a day). */
export function futureDay(text: string, today: LocalDate): FutureDay | null {
  const words = normalise(text);
  for (const read of [named, after, weekday, date, monthsEnd, weekend]) {
    const found = read(words, today);
    if (found !== null) return found;
  }
  const vague = VAGUE.exec(words);
  return vague ? { on: null, quote: vague[0] } : null;
}

function named(words: string, today: LocalDate): FutureDay | null {
  const quote = NAMED.exec(words)?.[0];
  return quote === undefined
    ? null
    : ahead(quote, quote.replace(/明(?:[早晚]|儿个?)/u, '明天').replace(/后儿个?/u, '后天'), today);
}

/** 3天后, 两周以后: as the buttons say it. */
function after(words: string, today: LocalDate): FutureDay | null {
  const found = AFTER.exec(words);
  const days = found && daysLong(`${found[1] ?? ''}${found[2] ?? ''}`);
  return found && days !== null ? { on: addDays(today, days), quote: found[0] } : null;
}

function weekday(words: string, today: LocalDate): FutureDay | null {
  const quote = WEEKDAY.exec(words)?.[0];
  return quote === undefined ? null : ahead(quote, quote.replace(/[这本个]/gu, ''), today);
}

function date(words: string, today: LocalDate): FutureDay | null {
  const quote = DATE.exec(words)?.[0];
  return quote === undefined ? null : ahead(quote, quote.replace(/[一二三四五六七八九十]+/gu, arabic), today);
}

function monthsEnd(words: string, today: LocalDate): FutureDay | null {
  const found = MONTH_END.exec(words);
  if (!found) return null;
  const thisMonth = monthEnd(today);
  const isNext = found[0].startsWith('下');
  return { on: isNext ? monthEnd(addDays(thisMonth, 1)) : thisMonth, quote: found[0] };
}

/** 周末 is the Saturday to come; on a Sunday that of the week after. */
function weekend(words: string, today: LocalDate): FutureDay | null {
  const found = WEEKEND.exec(words);
  if (!found) return null;
  const saturday = addDays(today, 6 - weekdayOf(today));
  const first = saturday < today ? addDays(saturday, WEEK) : saturday;
  return { on: found[1] === undefined ? first : addDays(saturday, WEEK), quote: found[0] };
}

/** A quoted day read as a plan reads it; today itself is no day to come. */
function ahead(quote: string, words: string, today: LocalDate): FutureDay | null {
  const day = comingDay(words, today);
  return day === null || day.on <= today ? null : { on: day.on, quote };
}

const DIGITS = '一二三四五六七八九';

function arabic(numeral: string): string {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['', numeral];
  const digit = (c: string | undefined): number => (c === undefined || c === '' ? 0 : DIGITS.indexOf(c) + 1);
  const ten = numeral.includes('十') ? (tens === '' ? 1 : digit(tens)) : 0;
  return String(ten * 10 + digit(ones));
}
