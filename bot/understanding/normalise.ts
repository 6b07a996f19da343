/** The longest sentence that is read; anything beyond it is left out and asked about. */
export const MAX_SENTENCE_LENGTH = 4000;

/** Stands in for every character of a recognised name; ordinary input never holds it. */
export const NAME_MARK = '\uE000';

const NOT_SAID = /(?![\n\r\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]|\p{Variation_Selector}/gu;
const CJK = '\\u3400-\\u9fff';
const SPACE_IN_DATE = /(?<=\d) (?=[年月日号])|(?<=[年月]) (?=\d)/g;
const SPACE_IN_NAME = new RegExp(`(?<=[小阿老]) (?=[${CJK}])`, 'g');

/**
 * One spelling for what people type: full-width digits and punctuation become half-width, runs of blanks become one
 * space (a line break becomes a full stop), invisible characters go. Every quote is a substring of this text.
 */
export function normalise(raw: string): string {
  return raw
    .replace(NOT_SAID, '')
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/[\r\n\u2028\u2029]+/g, '。')
    .replace(/\s+/g, ' ')
    .replace(SPACE_IN_DATE, '')
    .replace(SPACE_IN_NAME, '')
    .trim();
}
