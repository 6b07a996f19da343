/** What stands for a value that names nobody, in a sentence and in what was made of it alike. */
const MARKS = { number: '\u0001', at: '\u0002', count: '\u0003' } as const;
const CASE_NUMBER = /R-\d{4}-\d{6}/gu;
/** With its day, or the hour of a clock alone. */
const INSTANT =
  /\d{1,2}月\d{1,2}日 \d{2}:\d{2}|\d{1,2} [A-Z][a-z]{2} \d{2}:\d{2}, Beijing time|(?<![\d:])\d{1,2}:\d{2}(?![\d:])/gu;
/** Without a year: a day with one may be somebody's birthday. */
const DAY =
  /(?<![年\d])\d{1,2}月\d{1,2}日(?:\(周.\))?|(?:[A-Z][a-z]{2} )?\d{1,2} [A-Z][a-z]{2}(?![a-z])(?! \d)/gu;
const MONTH =
  /(?<![年\d])\d{1,2}月|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/gu;
/** A count is short; a telephone number or the number of a house with a street is not found in any sentence. */
const COUNT = /(?<![\dA-Za-z年])\d{1,3}(?!\d)/gu;
/** How `list` and `clauses` join what they are given. */
const BETWEEN = [/、|, /u, /；|; /u] as const;
/** A line that is longer, or with more to be filled in, is not looked into: it could be divided in too many ways. */
const LINE_LIMIT = 160;
const FILLED_LIMIT = 4;
const DEPTH_LIMIT = 3;

interface Pattern {
  /** What has to stand in a line before it is looked at closer. */
  readonly literal: string;
  readonly line: RegExp;
}

/** Tells of a line whether it is made of these sentences and of nothing else but numbers, days and what is `known`. */
export function fixedIn(sentences: readonly string[]): (line: string, known?: readonly string[]) => boolean {
  const bare = sentences.flatMap((sentence) => sentence.split('\n')).map(marked);
  const fixed = new Set(bare.filter((line) => !line.includes('{{')));
  const patterns = [...new Set(bare)].flatMap((line) => patternOf(line) ?? []);
  return (line, known = []) => {
    const own = new Set([...Object.values(MARKS), ...known.map(withoutNumbers)]);
    const seen = new Map<string, boolean>();
    const isMade = (text: string, depth: number): boolean => {
      if (fixed.has(text) || own.has(text)) return true;
      if (depth > DEPTH_LIMIT || text.length > LINE_LIMIT) return false;
      const before = seen.get(text);
      if (before !== undefined) return before;
      seen.set(text, false); // a line is not made of itself
      const isList =
        depth > 0 &&
        BETWEEN.some((between) => {
          const parts = text.split(between);
          return parts.length > 1 && parts.every((part) => isMade(part, depth + 1));
        });
      const made =
        isList || patterns.some((pattern) => isFilled(pattern, text, (part) => isMade(part, depth + 1)));
      seen.set(text, made);
      return made;
    };
    return isMade(withoutNumbers(line), 0);
  };
}

function isFilled({ literal, line }: Pattern, text: string, isOwn: (part: string) => boolean): boolean {
  return text.includes(literal) && line.exec(text)?.slice(1).every(isOwn) === true;
}

/** A sentence's line with marks for what can only be a number or an instant. */
function marked(line: string): string {
  const numbers = line
    .replaceAll('{{number}}', MARKS.number)
    .replaceAll('{{at, time}}', MARKS.at)
    .replaceAll(/\{\{(?:times|count)\}\}/gu, MARKS.count);
  return withoutNumbers(numbers);
}

/** Null where nothing stands between what is filled in: of two words of ours side by side a name might come about. */
function patternOf(line: string): Pattern | null {
  const between = line.split(/\{\{[^}]*\}\}/u);
  const isApart = between.slice(1, -1).every((text) => text !== '') && between.some((text) => text !== '');
  if (!isApart || between.length < 2 || between.length > FILLED_LIMIT + 1) return null;
  const [literal = ''] = [...between].sort((a, b) => b.length - a.length);
  return { literal, line: new RegExp(`^${between.map(escaped).join('(.+?)')}$`, 'u') };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function withoutNumbers(line: string): string {
  return line
    .trim()
    .replaceAll(CASE_NUMBER, MARKS.number)
    .replaceAll(INSTANT, MARKS.at)
    .replaceAll(DAY, MARKS.at)
    .replaceAll(MONTH, MARKS.at)
    .replaceAll(COUNT, MARKS.count);
}
