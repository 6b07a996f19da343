import type { Heard } from '../dialog/event.ts';
import { obstacleWords } from '../understanding/away-words.ts';

/** Whether these words say that the family of this child let nobody in; what is said of another family is no word of it. */
export function isKeptOutOf({ text, refusedBy = [] }: Heard, child: unknown): boolean {
  const isOfChild = refusedBy.length === 0 || (typeof child === 'string' && refusedBy.includes(child));
  return isOfChild && obstacleWords(text) === 'refused';
}

/**
 * Whether the child was seen after all. 孩子在屋里哭, heard from before the door, is not seeing: where the family let nobody
 * in, only words of seeing say so.
 */
export function sawTheChild({ text, seen }: Heard): boolean {
  return (
    seen === true && (obstacleWords(text) !== 'refused' || /(?<![没未])[见看碰遇](?:到|着|了)/u.test(text))
  );
}
