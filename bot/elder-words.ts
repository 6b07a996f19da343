import { SHORT_ENDING, speaksShort } from '../server/domain/elder-mode.ts';
import type { Say, SayValue } from '../server/domain/say.ts';
import type { ChatAccountRow } from '../server/store/generated/tables.ts';

/**
 * What is said, in the shorter wording that stands beside it (`KEY-elder`), for somebody of a family who wants it short.
 * A sentence without one is said as it is, so that nothing is ever left unsaid.
 */
export function inElderWords(
  said: Say,
  account: Pick<ChatAccountRow, 'personKind' | 'steps'>,
  has: (key: string) => boolean,
): Say {
  return speaksShort(account) ? shortened(said, has) : said;
}

function shortened(said: Say, has: (key: string) => boolean): Say {
  const short = `${said.key}${SHORT_ENDING}`;
  const key = has(short) ? short : said.key;
  if (said.vars === undefined) return { key };
  const vars = Object.entries(said.vars).map(([name, value]) => [name, shortValue(value, has)] as const);
  return { key, vars: Object.fromEntries(vars) };
}

function shortValue(value: SayValue, has: (key: string) => boolean): SayValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return 'key' in value ? shortened(value, has) : value.map((inner) => shortened(inner, has));
}
