const DIGITS = new Map(Array.from('〇一二三四五六七八九', (sign, value) => [sign, value]));
DIGITS.set('零', 0);
DIGITS.set('两', 2);

/** A number from 1 to 99 in Chinese, or up to four Arabic digits, for use inside a pattern. */
export const NUMBER =
  '(?:[0-9]{1,2}(?![0-9])|[二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九两])';

/** Reads what `NUMBER` matches: 十一 → 11, 二十 → 20, 廿五 → 25; null for anything else. */
export function readNumber(text: string): number | null {
  if (/^[0-9]{1,4}$/.test(text)) return Number(text);
  const spread = text.replace('廿', '二十').replace('卅', '三十');
  const tens = /^([二三四五六七八九])?十([一二三四五六七八九])?$/.exec(spread);
  if (tens) return 10 * (DIGITS.get(tens[1] ?? '一') ?? 1) + (DIGITS.get(tens[2] ?? '〇') ?? 0);
  return spread.length === 1 ? (DIGITS.get(spread) ?? null) : null;
}
