import { describe, expect, it } from 'vitest';
import { isLetterDay, letterLines, letterLookedAtAgain } from '../../../../server/domain/family/letter.ts';
import type { LocalDate } from '../../../../server/domain/local-date.ts';
import { plain, say } from '../../../../server/domain/say.ts';

const on = '2026-11-23' as LocalDate;

describe('a letter after a calm visit', () => {
  it.each<[string, boolean]>([
    ['2026-11-22', false], // a visit to come
    ['2026-11-23', true],
    ['2026-11-30', true],
    ['2026-12-01', false],
  ])('is written on %s of a visit of 23 November: %s', (today, isWritten) => {
    expect(isLetterDay(on, today as LocalDate)).toBe(isWritten);
  });

  it('is two sentences, and the first says nothing but that the child was seen', () => {
    const letter = { place: 'home', on, ending: 'call', words: null } as const;
    expect(letterLines(letter)).toEqual([say('letter.first-home', { on }), say('letter.second-call')]);
    expect(letterLines({ ...letter, ending: 'own', words: '鸡下蛋了。' })[1]).toEqual(plain('鸡下蛋了。'));
  });

  it('is looked at every hour for seven days, and then no more', () => {
    const written = '2026-11-23T01:00:00.000Z';
    const next = letterLookedAtAgain(written, new Date(written));
    expect(next?.toISOString()).toBe('2026-11-23T02:00:00.000Z');
    // 22:40 of the last day in Shanghai: an hour later it is still that day; then it is not.
    expect(letterLookedAtAgain(written, new Date('2026-11-30T14:40:00.000Z'))).not.toBeNull();
    expect(letterLookedAtAgain(written, new Date('2026-11-30T15:10:00.000Z'))).toBeNull();
  });
});
