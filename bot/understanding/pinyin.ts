import { pinyin } from 'pinyin-pro';
import { remembered } from './remembered.ts';

const plain = remembered((text) => pinyin(text, { toneType: 'none', surname: 'off', v: true }));
const named = remembered((text) => pinyin(text, { toneType: 'none', surname: 'head', v: true }));

/** Syllables without tones, the first read as a surname where `asName` is set: 单雨桐 → shan yu tong. */
export function syllables(text: string, asName: boolean): string {
  return asName ? named(text) : plain(text);
}

/** Syllables in which sounds that southern speech mixes are one: zh/z, ch/c, sh/s, n/l, f/h, ng/n. */
export const folded = remembered((spoken) => spoken.split(' ').map(foldSyllable).join(' '));

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
