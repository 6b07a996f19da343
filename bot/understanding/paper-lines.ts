/** One line of a paper form as somebody typed it in: the number and the words after it. */
export interface PaperLine {
  readonly number: number;
  readonly words: string;
}

const CIRCLED = /[①-⑳]/gu;
/** A number that opens a line: at the start or after a break, followed by a mark, a blank or the first word of a line. */
const MARK =
  /(?<=^|[\s。;；,，:：])(?:第)?(\d{1,2})(?:号|家)?(?:[、.:：)）]\s*|\s+|(?=见|没|未|有|不|都|奶|爷|外|爸|妈|孩子|电话|到校|入户))/gu;
/** "2个弟弟", "3 岁", "11月24日": a number that counts something opens no line. */
const COUNTS = /^\s*(?:个|岁|点|月|日|天|次|年|级|门|斤|元|块|人|只|层|楼|公里|里|分|小时|[-/.:]?\d)/u;
/** A form has no more lines than this. */
const LAST_NUMBER = 12;

/**
 * Numbered lines in one message: "1 见到 奶奶在 作业没写完 2 没见到 有担心", on one line or many, with 1、 1. or ①. What
 * stands before the first number (a day) is given as `before`. Null where the message is not written in lines.
 */
export function paperLines(
  text: string,
): { readonly before: string; readonly lines: readonly PaperLine[] } | null {
  const spread = text
    .replaceAll(CIRCLED, (mark) => `\n${mark.normalize('NFKC')} `)
    .normalize('NFKC')
    .trim();
  const marks = opening(spread);
  const [first] = marks;
  if (!first) return null;
  const lines = marks.map(({ number, end }, index) => ({
    number,
    words: spread
      .slice(end, marks[index + 1]?.start ?? spread.length)
      .replaceAll(/^[\s,，;；。]+|[\s,，;；。]+$/gu, ''),
  }));
  if (lines.some(({ words }) => words === '')) return null;
  return { before: spread.slice(0, first.start).trim(), lines };
}

interface Mark {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The numbers that open lines: each higher than the one before. */
function opening(text: string): readonly Mark[] {
  const marks: Mark[] = [];
  for (const found of text.matchAll(MARK)) {
    const end = found.index + found[0].length;
    const number = Number(found[1]);
    const last = marks.at(-1)?.number ?? 0;
    const behind = text.slice(found.index + found[0].search(/\d/u) + (found[1] ?? '').length);
    if (COUNTS.test(behind) || number <= last || number > LAST_NUMBER) continue;
    marks.push({ number, start: found.index, end });
  }
  return marks;
}
