import { pinyin } from 'pinyin-pro';

const CACHE_LIMIT = 20_000;
const cache = new Map<string, string>();
const foldedCache = new Map<string, string>();

/** Syllables without tones, the first read as a surname where `asName` is set: 单雨桐 → shan yu tong. */
export function syllables(text: string, asName: boolean): string {
  const key = asName ? `名${text}` : text;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const read = pinyin(text, { toneType: 'none', surname: asName ? 'head' : 'off', v: true });
  cache.set(key, read);
  return read;
}

/** Syllables in which sounds that southern speech mixes are one: zh/z, ch/c, sh/s, n/l, f/h, ng/n. */
export function folded(spoken: string): string {
  const known = foldedCache.get(spoken);
  if (known !== undefined) return known;
  if (foldedCache.size >= CACHE_LIMIT) foldedCache.clear();
  const evened = spoken.split(' ').map(foldSyllable).join(' ');
  foldedCache.set(spoken, evened);
  return evened;
}

function foldSyllable(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^f(?=[aeo])/, 'h')
    .replace(/^fu/, 'hu')
    .replace(/^hu(?=[aeo])/, 'h')
    .replace(/^hui$/, 'hei')
    .replace(/^hun$/, 'hen')
    .replace(/ng$/, 'n');
}
