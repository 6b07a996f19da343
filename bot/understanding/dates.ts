import type { LocalDate } from '../../server/domain/local-date.ts';
import { daysBetween, weekdayOf } from '../../server/domain/local-date.ts';
import { clauseAt, clausesOf } from './clauses.ts';
import {
  belongsToEncounter,
  isHearsay,
  isPromised,
  tellsDayOfVisit,
  tellsEncounter,
} from './date-attribution.ts';
import { dateWords, standBeside } from './date-words.ts';
import type { DateWord } from './date-words.ts';
import { normalise } from './normalise.ts';
import { PLAN } from './person-words.ts';

/** The day of a visit or contact as the words tell it; `ask` where a person has to say which day is meant. */
export interface DateReading {
  /** null: no day was named, or (with `ask`) no single day is certain. */
  readonly on: LocalDate | null;
  readonly ask: boolean;
  /** The date word, as it stands in the normalised text. */
  readonly quote: string | null;
  /** The one day such a word names although it is not taken: to come, or too long ago; only where there is one. */
  readonly doubted?: LocalDate;
  /** "昨天去的": the words tell this day of the visit itself, and not in a story around it. */
  readonly firm?: true;
}

const DAYS_OF_A_YEAR = 366;
const POINTING_BACK = /^(?:那天|当天)$/;
const FILED_LATE = /补录|补记|补填|补报|补一下|才补|补上/;

/** Reads the day of an encounter, leaning to the past; never a future day, never one more than a year ago (our default). */
export function readDate(text: string, today: LocalDate): DateReading {
  return readDateOf(normalise(text), today);
}

/** As `readDate`, for a text that is normalised already and may have names masked. `all` are its date words. */
export function readDateOf(
  text: string,
  today: LocalDate,
  all: readonly DateWord[] = dateWords(text, today),
): DateReading {
  const words = withoutStories(withoutEchoes(all, text), text);
  const days = words.filter((word) => isDay(word.means));
  const open = words.filter((word) => !isDay(word.means) && matters(word, days, text));
  const doubtful = open[0] ?? days.find((word) => !plainlyPast(word, text, today));
  const first = days[0];
  if (doubtful) return { ...asking(doubtful, text), ...doubtedDay(doubtful, days) };
  if (!first) return { on: null, ask: false, quote: null };
  const different = days.find((word) => word.means !== first.means);
  if (different || !days.some((word) => word.means === today || belongsToEncounter(word, text))) {
    return asking(different ?? first, text);
  }
  const told = { on: first.means as LocalDate, ask: false, quote: text.slice(first.start, first.end) };
  return days.some((word) => tellsDayOfVisit(word, text)) ? { ...told, firm: true } : told;
}

function isDay(means: DateWord['means']): boolean {
  return means !== 'vague' && means !== 'future' && means !== 'background';
}

function asking(word: DateWord, text: string): DateReading {
  const quote = text.slice(word.start, word.end);
  return { on: null, ask: true, quote, ...(tellsDayOfVisit(word, text) ? { firm: true } : {}) };
}

function doubtedDay(doubtful: DateWord, days: readonly DateWord[]): { readonly doubted?: LocalDate } {
  const isOnly = isDay(doubtful.means) && days.every((word) => word.means === doubtful.means);
  return isOnly ? { doubted: doubtful.means as LocalDate } : {};
}

/**
 * What is promised is to come, and 不是昨天 is no day beside another. Beside a day told of the visit itself, what others
 * tell (他说上礼拜摔了) is a story.
 */
function withoutStories(words: readonly DateWord[], text: string): readonly DateWord[] {
  const meant = words.filter((word) => !isPromised(word, text));
  const notDenied = meant.filter((word) => !text.slice(0, word.start).endsWith('不是'));
  const open = notDenied.length > 0 ? notDenied : meant;
  const isFirm = (word: DateWord): boolean =>
    isDay(word.means) && !isHearsay(word, text) && tellsDayOfVisit(word, text);
  return open.some(isFirm) ? open.filter((word) => isDay(word.means) || !isHearsay(word, text)) : open;
}

/** A weekday beside a date that falls on it says nothing new; one that contradicts it stays, and is asked about. */
function withoutEchoes(words: readonly DateWord[], text: string): readonly DateWord[] {
  return words.filter((word, i) => {
    const [before, after] = [words[i - 1], words[i + 1]];
    if (after && standBeside(word, after, text) && confirms(word, after, text)) return false;
    return !(
      before &&
      standBeside(before, word, text) &&
      (before.means === word.means || confirms(word, before, text))
    );
  });
}

/** Whether `weekday` is a bare 周X that falls on the day of the other word. */
function confirms(weekday: DateWord, date: DateWord, text: string): boolean {
  if (!/^(?:周|星期|礼拜)[^末]$/.test(text.slice(weekday.start, weekday.end)) || !isDay(date.means))
    return false;
  return isDay(weekday.means) && weekdayOf(weekday.means as LocalDate) === weekdayOf(date.means as LocalDate);
}

function plainlyPast(word: DateWord, text: string, today: LocalDate): boolean {
  const on = word.means as LocalDate;
  const age = daysBetween(on, today);
  if (age < 0 || age > DAYS_OF_A_YEAR) return false;
  const clause = clauseAt(clausesOf(text), word.start).text;
  return age === 0 || !PLAN.test(clause);
}

/** Whether a word without a certain day has to be asked about. */
function matters(word: DateWord, days: readonly DateWord[], text: string): boolean {
  if (
    word.means === 'future' &&
    !isHearsay(word, text) &&
    /^(?:明|大?后天|下下?个?(?:周|星期|礼拜)[一二三四五六日天])/.test(text.slice(word.start))
  )
    return true;
  if (days.length > 0 && POINTING_BACK.test(text.slice(word.start, word.end))) return false;
  const clauses = clausesOf(text);
  const tells = (one: DateWord): boolean => tellsEncounter(clauseAt(clauses, one.start).text);
  if (FILED_LATE.test(text) || (word.means !== 'future' && tells(word))) return true;
  const encounterElsewhere = clauses.some((clause) => tellsEncounter(clause.text));
  return word.means === 'background' ? days.length === 0 && !encounterElsewhere : days.length === 0;
}
