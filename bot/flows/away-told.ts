import type { LocalDate } from '../../server/domain/local-date.ts';
import type { Heard } from '../dialog/event.ts';
import { begin } from '../dialog/flow.ts';
import type { Frame } from '../dialog/session.ts';
import type { View } from '../dialog/view.ts';
import { awaySpan } from '../understanding/away-span.ts';
import {
  awayWords,
  companionIn,
  tellsLeft,
  tellsNotGone,
  type AwayWords,
} from '../understanding/away-words.ts';
import { normalise } from '../understanding/normalise.ts';
import { away, childFrom } from './away.ts';
import { siblingsOf } from './trip-lines.ts';

/** An absence told in free words, with what they say of it; a beginning that is no certain day is asked. */
export function beginAway(heard: Heard, view: View): readonly Frame[] {
  const today = heard.sentOn ?? view.today;
  const said = tellsNotGone(heard.text) ? null : (awayWords(heard.text, today) ?? leftBehind(heard, today));
  if (said === null || heard.mentions.length === 0) return [];
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
  const who = goneTogether(heard, view);
  return who.length === 0
    ? [begin(away, { ...childFrom(null, heard, view), ...known })]
    : who.map((child) => begin(away, { child, ...known }));
}

/** 乐乐和欣欣被外婆接去, 带两个孩子去厦门: each of them has a card of its own. Empty where it is one child, or not known who. */
function goneTogether({ mentions, told = [], text }: Heard, view: View): readonly string[] {
  const named = [...new Set(mentions.flatMap((m) => m.candidates.map((c) => c.childId)))];
  const isPlain = told.length === 0 && mentions.every((m) => m.candidates.length === 1);
  if (!isPlain || named.length === 0) return [];
  const [only, ...more] = named;
  const both = /(?:两个|2个|俩|姐弟|兄妹|姐妹|兄弟)/u.test(text) ? siblingsOf([only ?? ''], view) : [];
  const all = more.length > 0 ? named : [...named, ...both.map(({ id }) => id)];
  return all.length > 1 ? all : [];
}

/** 嘉怡国庆就走了, 辉辉转学了: the child is gone, and since when is asked where no certain day was named. */
function leftBehind({ text, mentions }: Heard, today: LocalDate): AwayWords | null {
  const words = normalise(text);
  const isGone = mentions.some(({ quote }) => {
    const at = words.indexOf(quote);
    return at >= 0 && tellsLeft(words.slice(at + quote.length));
  });
  if (!isGone) return null;
  const { from, until } = awaySpan(text, today);
  return { companion: companionIn(text), from, until };
}
