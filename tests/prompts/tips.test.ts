import { describe, expect, it } from 'vitest';
import { AGE_BANDS, SITUATIONS, TIPS } from '../../server/domain/family/tips.ts';
import { LANGUAGES } from '../../server/platform/wording-formats.ts';
import { readSentences } from '../../server/platform/wording-sentences.ts';
import { ROOT } from '../docs/project-files.ts';

const sentences = readSentences(`${ROOT}/prompts`);

/** What is left for the ear: two tips that differ only in dots and spaces are one. */
const heard = (sentence: string): string => sentence.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Pieces of three characters: the more of them two tips share, the more they say the same. */
function pieces(sentence: string): ReadonlySet<string> {
  const text = heard(sentence);
  return new Set(Array.from({ length: text.length - 2 }, (_, at) => text.slice(at, at + 3)));
}

/** Above this share two sentences say the same in other words. English letters repeat more than Chinese ones. */
const ALIKE = { 'zh-CN': 0.3, en: 0.5 } as const;

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((piece) => other.has(piece)).length;
  return shared / Math.min(one.size, other.size);
}

describe('the tips', () => {
  it('are at least 120, three for each age band and situation', () => {
    expect(TIPS.length).toBeGreaterThanOrEqual(120);
    for (const { id: band } of AGE_BANDS)
      for (const situation of SITUATIONS)
        expect(TIPS.filter((tip) => tip.band === band && tip.situation === situation)).toHaveLength(3);
  });

  it('leave out no age of a child, and name none twice', () => {
    for (let age = 0; age < 18; age++)
      expect(AGE_BANDS.filter(({ from, until }) => from <= age && age <= until)).toHaveLength(1);
  });
});

describe.each(LANGUAGES)('a tip in %s', (language) => {
  const written = [...sentences[language]].filter(([key]) => key.startsWith('tip.'));

  it('is written for each that the code knows, and for no other', () => {
    expect(written.map(([key]) => key).sort()).toEqual(TIPS.map(({ id }) => `tip.${id}`).sort());
  });

  it('has at most 120 characters on one line', () => {
    expect(written.filter(([, text]) => text.length > 120 || text.includes('\n'))).toEqual([]);
  });

  it('shouts at nobody and leaves nothing to fill in', () => {
    expect(written.filter(([, text]) => /[!！{}]/.test(text))).toEqual([]);
  });

  it('says what no other tip says', () => {
    const cut = written.map(([key, text]) => ({ key, pieces: pieces(text) }));
    const alike = cut.flatMap((one, at) =>
      cut.slice(at + 1).flatMap((other) => {
        const share = likeness(one.pieces, other.pieces);
        return share > ALIKE[language] ? [`${one.key} ${other.key} ${share.toFixed(2)}`] : [];
      }),
    );
    expect(alike).toEqual([]);
    expect(new Set(written.map(([, text]) => heard(text))).size).toBe(written.length);
  });

  it('speaks of no money, no punishment and no spying', () => {
    const words = /钱|红包|惩罚|罚站|偷看|监视|告状|money|punish|spy/i;
    expect(written.filter(([, text]) => words.test(text))).toEqual([]);
  });

  it('takes no father and no mother for granted', () => {
    expect(written.filter(([, text]) => /爸|妈|父|母|father|mother|mum|dad/i.test(text))).toEqual([]);
  });
});
