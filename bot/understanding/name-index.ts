import { normalise } from './normalise.ts';
import { folded, syllables } from './pinyin.ts';
import { givenNameOf } from './surnames.ts';

/** A child as the director may name it. */
export interface NamedChild {
  readonly id: string;
  /** 姓名, the full name. */
  readonly name: string;
  /** 小名; null where none is known. */
  readonly nickname: string | null;
  /** Other forms a person has confirmed once. */
  readonly aliases?: readonly string[];
}

/** The ways in which one child may be called, spelled as in a normalised text. */
export interface Callable {
  readonly childId: string;
  readonly name: string;
  readonly given: string;
  readonly nickname: string;
  readonly aliases: readonly string[];
  /** Single characters that make 小X, 阿X, X仔 or XX: first and last of the given name, and what is left of a nickname. */
  readonly stems: readonly string[];
  /** 俊 of 俊辉, who is called 辉辉: 小俊 may be somebody else. Empty where the first character is as good as the last. */
  readonly seldom: string;
}

const NICKNAME_TRIM = /^[小阿老大]|[仔妹宝儿哥姐娃子]$/g;
const CJK_ONLY = /^[\u3400-\u9fff\u{20000}-\u{3ffff}]+$/u;

/** The caseload in callable form; a blank name calls nobody. */
export function callables(caseload: readonly NamedChild[]): readonly Callable[] {
  return caseload.map(callable);
}

function callable(child: NamedChild): Callable {
  const name = clean(child.name);
  const nickname = clean(child.nickname ?? '');
  const given = name.length >= 2 ? givenNameOf(name) : '';
  const aliases = (child.aliases ?? []).map(clean).filter((alias) => alias.length >= 2);
  const ends = [given.slice(0, 1), given.slice(-1), stemOf(nickname)];
  return {
    childId: child.id,
    name,
    given,
    nickname,
    aliases,
    stems: [...new Set(ends)].filter((end) => CJK_ONLY.test(end)),
    seldom: seldomOf(given, nickname),
  };
}

function seldomOf(given: string, nickname: string): string {
  const first = given.slice(0, 1);
  return nickname === '' || nickname.includes(first) || given.slice(-1) === first ? '' : first;
}

function clean(name: string): string {
  return normalise(name).replace(/[ ·•]/g, '');
}

/** 小明, 阿明, 明仔, 明明 → 明; anything longer has no stem. */
function stemOf(nickname: string): string {
  const bare = nickname.length > 1 ? nickname.replace(NICKNAME_TRIM, '') : nickname;
  const signs = new Set(bare);
  return signs.size === 1 ? bare.slice(0, 1) : '';
}

/** The same sound without tones. */
export function soundsAlike(a: string, b: string, asName: boolean): boolean {
  return (
    a.length === b.length &&
    CJK_ONLY.test(a) &&
    CJK_ONLY.test(b) &&
    syllables(a, asName) === syllables(b, asName)
  );
}

/** The same sound once southern speech's mixed sounds count as one. */
export function soundsAlikeFolded(a: string, b: string, asName: boolean): boolean {
  return (
    a.length === b.length &&
    CJK_ONLY.test(a) &&
    CJK_ONLY.test(b) &&
    folded(syllables(a, asName)) === folded(syllables(b, asName))
  );
}
