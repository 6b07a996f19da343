import { looksPersonal } from './identity-number.ts';
import type { Row } from './row.ts';

/** A child's code or a person's staff number: short, plain, and not an identity number in disguise. */
export function noteCode<Key extends string>(row: Row<Key>, key: Key): void {
  const code = row.text(key);
  if (code === '') return; // already told as blank
  if (!/^[A-Za-z0-9_-]{1,32}$/u.test(code)) row.note(key, 'code-malformed');
  else if (looksPersonal(code) && code.length > 11) row.note(key, 'code-personal');
}
