import { plain, say, type Say } from '../../server/domain/say.ts';
import { tellsWorry } from '../understanding/tells-worry.ts';

/**
 * What a card shows of somebody's own words. Whoever is worried about may be reading over the shoulder: a worry is said to be
 * kept and never shown. The words themselves stand in the record, for those who look it up.
 */
export function shownWords(words: string): Say | string {
  return tellsWorry(words) ? say('record.words-kept') : words;
}

/** The same, as one part of a list. */
export function shownSay(words: string): Say {
  const shown = shownWords(words);
  return typeof shown === 'string' ? plain(shown) : shown;
}
