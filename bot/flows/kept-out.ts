import type { Heard } from '../dialog/event.ts';
import { obstacleWords } from '../understanding/away-words.ts';

/** Whether these words say that the family of this child let nobody in; what is said of another family is no word of it. */
export function isKeptOutOf({ text, refusedBy = [] }: Heard, child: unknown): boolean {
  const isOfChild = refusedBy.length === 0 || (typeof child === 'string' && refusedBy.includes(child));
  return isOfChild && obstacleWords(text) === 'refused';
}
