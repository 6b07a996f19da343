import { cleanName } from './normalise.ts';
import type { Row } from './row.ts';

const LONGEST_NAME = 30;
const USUAL_NAME = /^[\p{Script=Han}\p{Script=Latin}\p{M}\d〇· .'’-]{2,}$/u;

/** Looks at the name in a cell; a blank one is somebody else's business. */
export function noteName<Key extends string>(row: Row<Key>, key: Key): void {
  const name = cleanName(row.raw(key));
  if (name === '') return;
  if (name.length > LONGEST_NAME) row.note(key, 'name-too-long');
  else if (/\p{N}/u.test(name.replace(/〇/gu, ''))) row.note(key, 'name-digits');
  else if (!USUAL_NAME.test(name)) row.note(key, 'name-unusual');
}
