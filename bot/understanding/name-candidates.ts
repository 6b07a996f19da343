import { soundsAlike, soundsAlikeFolded } from './name-index.ts';
import type { Callable } from './name-index.ts';

/** One child a word may mean, and why. */
export interface ChildMatch {
  readonly childId: string;
  readonly quote: string;
  readonly how:
    | 'full-name'
    | 'nickname'
    | 'alias'
    | 'given-name'
    | 'nickname-pattern'
    | 'first-sign'
    | 'homophone'
    | 'one-sound'
    | 'folded';
}

type How = ChildMatch['how'];
type Alike = (a: string, b: string, asName: boolean) => boolean;

const SHAPE = /^(?:[小阿](.)\1?|(.)\2|(.)[仔妹宝哥姐儿娃])$/u;

/** The one character that 小X, 小XX, 阿X, XX, X仔, X妹, X宝, X哥 … are made of; null for any other word. */
export function stemInShape(word: string): string | null {
  const match = SHAPE.exec(word);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}

/** Likenesses that are always asked about: the name may be that of somebody else. */
export function isAsked(how: How): boolean {
  return how === 'folded' || how === 'one-sound' || how === 'first-sign';
}

/** Every child the very characters of `word` may mean: full name before alias, nickname, given name and pattern. */
export function exactCandidates(word: string, children: readonly Callable[]): readonly ChildMatch[] {
  const full = matches(word, children, (child) => (child.name === word ? 'full-name' : null));
  if (full.length > 0) return full;
  const stem = stemInShape(word);
  return matches(word, children, (child) => {
    if (child.aliases.includes(word)) return 'alias';
    if (child.nickname === word) return 'nickname';
    if (child.given === word && word.length >= 2) return 'given-name';
    if (stem === null || !child.stems.includes(stem)) return null;
    return stem === child.seldom ? 'first-sign' : 'nickname-pattern';
  });
}

/** Children whose name sounds like `word` without tones. */
export function homophoneCandidates(word: string, children: readonly Callable[]): readonly ChildMatch[] {
  return soundCandidates(word, children, 'homophone', soundsAlike);
}

/** Children whose name sounds like `word` only after southern accents are evened out; such a hit is always asked about. */
export function foldedCandidates(word: string, children: readonly Callable[]): readonly ChildMatch[] {
  return soundCandidates(word, children, 'folded', soundsAlikeFolded);
}

function soundCandidates(
  word: string,
  children: readonly Callable[],
  how: How,
  alike: Alike,
): readonly ChildMatch[] {
  const full = matches(word, children, (child) =>
    word.length >= 2 && alike(word, child.name, true) ? how : null,
  );
  if (full.length > 0) return full;
  const stem = stemInShape(word) ?? stemInShape(word.replace(/^[晓筱肖]/, '小'));
  return matches(word, children, (child) => {
    const named = [child.given, child.nickname, ...child.aliases].some(
      (form) => form.length >= 2 && alike(word, form, false),
    );
    if (named) return how;
    // 小军 shares one sound with 俊辉: somebody is asked, for it may be anybody's name.
    const isOneSound = how === 'homophone' && stem !== null;
    return isOneSound && child.stems.some((one) => alike(stem, one, false)) ? 'one-sound' : null;
  });
}

/**
 * The children an exactly written word may mean, with those added that only sound the same: a phone keyboard offers
 * 子涵 for 梓涵. A full name, alias or nickname as written needs no such doubt.
 */
export function writtenCandidates(word: string, children: readonly Callable[]): readonly ChildMatch[] {
  const exact = exactCandidates(word, children);
  const settled = exact.some(({ how }) => how !== 'given-name' && how !== 'nickname-pattern');
  if (exact.length === 0 || settled) return exact;
  const known = new Set(exact.map(({ childId }) => childId));
  return [...exact, ...homophoneCandidates(word, children).filter(({ childId }) => !known.has(childId))];
}

function matches(
  quote: string,
  children: readonly Callable[],
  test: (child: Callable) => How | null,
): readonly ChildMatch[] {
  const found = new Map<string, ChildMatch>();
  for (const child of children) {
    const how = test(child);
    if (how !== null && !found.has(child.childId))
      found.set(child.childId, { childId: child.childId, quote, how });
  }
  return [...found.values()];
}
