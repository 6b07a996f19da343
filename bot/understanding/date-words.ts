import type { LocalDate } from '../../server/domain/local-date.ts';
import { allMatches } from './all-matches.ts';
import { BACKGROUND, DATE_RULES } from './date-rules.ts';
import type { Reading } from './date-rules.ts';
import { TRAP_MARK, withoutDateTraps } from './date-traps.ts';

/** One date word, where it stands, and what it means. */
export interface DateWord {
  readonly start: number;
  readonly end: number;
  readonly means: Reading | 'background';
}

const LOOSENED =
  /^(?:左右|前后|以前|之前|前(?![往去来后天])|以后|之后|后(?![来山面])|起(?![床来晚早得])|开始|以来|至今|那几天|那周|那阵|多)/;
/** 9(11月23日) or 11月3日(周二): a weekday in or beside a date only confirms it. */
const BESIDE = /^[ (,]{0,2}$/;

/** One look for all of them: most of what is said names no day, and is not searched for each rule's words. */
const ANY_DATE = new RegExp(
  [...DATE_RULES.map(({ pattern }) => pattern), BACKGROUND]
    .map(({ source }) => source.replaceAll('\\2', '[./-]')) // the same sign twice: here either will do
    .join('|'),
);

/** The date words of the texts of one sentence, each read once: its stretches are looked at again and again. */
export function dateReader(today: LocalDate): (text: string) => readonly DateWord[] {
  const read = new Map<string, readonly DateWord[]>();
  return (text) => {
    const words = read.get(text) ?? dateWords(text, today);
    read.set(text, words);
    return words;
  };
}

/** Every date word of a normalised text, in the order of the text. */
export function dateWords(text: string, today: LocalDate): readonly DateWord[] {
  let rest = withoutDateTraps(text);
  if (!ANY_DATE.test(rest)) return [];
  const words: DateWord[] = [];
  const take = (start: number, end: number, means: DateWord['means']): void => {
    words.push({ start, end, means });
    rest = rest.slice(0, start) + TRAP_MARK.repeat(end - start) + rest.slice(end);
  };
  for (const { pattern, read } of DATE_RULES) {
    for (const match of allMatches(pattern, rest)) {
      const means = read(match, today);
      if (means !== null && match[0] !== '') take(match.index, match.index + match[0].length, means);
    }
  }
  for (const match of allMatches(BACKGROUND, rest))
    take(match.index, match.index + match[0].length, 'background');
  words.sort((a, b) => a.start - b.start);
  return words.map((word) => loosened(word, text, today));
}

function loosened(word: DateWord, text: string, today: LocalDate): DateWord {
  const open = word.means === today || !LOOSENED.test(text.slice(word.end));
  return open ? word : { ...word, means: 'vague' };
}

/** Whether the two words stand side by side, as in 11月3日(周二). */
export function standBeside(a: DateWord, b: DateWord, text: string): boolean {
  return BESIDE.test(text.slice(a.end, b.start));
}
