import { SHORT_ENDING, speaksShort } from '../server/domain/elder-mode.ts';
import { say, type Option, type Say, type SayValue } from '../server/domain/say.ts';
import type { ChatAccountRow } from '../server/store/generated/tables.ts';

/** The button that opens a report, wherever it stands. */
const URGENT = 'c:urgent';

/**
 * What is said, in the shorter wording that stands beside it (`KEY-elder`), for somebody of a family who wants it short.
 * A sentence without one is said as it is, so that nothing is ever left unsaid.
 */
export function inElderWords(
  said: Say,
  account: Pick<ChatAccountRow, 'personKind' | 'steps'>,
  has: (key: string) => boolean,
): Say {
  return speaksShort(account) ? shortened(said, has, SHORT_ENDING) : said;
}

/** The ending of a key whose sentence asks for no words, where only buttons are taken. */
const BUTTONS_ENDING = '-buttons';

/** What is said where no words are taken: nobody is invited there to write of a child. */
export function inButtonWords(said: Say, has: (key: string) => boolean): Say {
  return shortened(said, has, BUTTONS_ENDING);
}

function shortened(said: Say, has: (key: string) => boolean, ending: string): Say {
  const short = `${said.key}${ending}`;
  const key = has(short) ? short : said.key;
  if (said.vars === undefined) return { key };
  const vars = Object.entries(said.vars).map(
    ([name, value]) => [name, shortValue(value, has, ending)] as const,
  );
  return { key, vars: Object.fromEntries(vars) };
}

function shortValue(value: SayValue, has: (key: string) => boolean, ending: string): SayValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return 'key' in value ? shortened(value, has, ending) : value.map((inner) => shortened(inner, has, ending));
}

/**
 * Instead of a menu, for somebody who wants it short: 在家回1，改时间回2 Null where there is nothing to choose. What opens a
 * report is chosen by its words or its button, never by a number (`bot/dialog/step.ts`).
 */
export function answersByNumber(
  options: readonly Option[],
  account: Pick<ChatAccountRow, 'personKind' | 'steps'>,
): Say | null {
  if (!speaksShort(account) || options.length < 2) return null;
  const lines = options.flatMap(({ id, label, opensReport }, n) =>
    opensReport === true || id.startsWith(URGENT)
      ? []
      : [say('elder-mode.by-number', { label, count: n + 1 })],
  );
  return lines.length === 0 ? null : say('elder-mode.numbers', { lines });
}
