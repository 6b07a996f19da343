/** Opens the words as they were said, behind a note out of which something was put right. */
const OPENS = '（原话：';
const CLOSES = '）';

/** The note as it holds, and behind it the words as they were said: for whoever reads the history. */
export function withOriginal(note: string | null, said: string): string {
  return `${note ?? ''}${OPENS}${said}${CLOSES}`;
}

/** The note as it holds: what a card, a promise and a text for others are made of. */
export function withoutOriginal(note: string): string {
  const at = note.lastIndexOf(OPENS);
  return at >= 0 && note.endsWith(CLOSES) ? note.slice(0, at) : note;
}
