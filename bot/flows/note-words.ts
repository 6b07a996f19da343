import { normalise } from '../understanding/normalise.ts';
import { NOTE_LIMIT } from './record-slots.ts';

/** A note with more words, which stand in it once however often they were said. */
export function withMoreWords(note: string | null, words: string): string {
  if (note === null || note === '') return words.slice(0, NOTE_LIMIT);
  const [before, said] = [normalise(note), normalise(words)];
  if (before.includes(said)) return note;
  return (said.includes(before) ? words : `${note}；${words}`).slice(0, NOTE_LIMIT);
}
