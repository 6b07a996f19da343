import type { CaseChild, View } from '../dialog/view.ts';
import { spokenNames } from './spoken-names.ts';
import { siblingsOf } from './trip-lines.ts';

/** 奶奶不让我见小明 is said of one child, 乐乐家不让进 of a house. */
const OF_ONE_CHILD = /不(?:让|给|许|准)[^,，。;；]{0,4}[见看]/u;

/** Whether the family of this child lets nobody in, and nobody has said yet who goes. */
export function isRefused({ facts }: CaseChild): boolean {
  const obstacle = facts.pending?.obstacle;
  return obstacle?.kind === 'refused' && obstacle.goes === null;
}

/**
 * 乐乐家不让进: brothers and sisters live behind the same door, and nobody comes to them either. Whoever is named in the
 * words is spoken of by name, and of whoever a refusal is on record already it is not told again.
 */
export function alsoBehind(child: CaseChild, words: string, view: View): readonly CaseChild[] {
  if (OF_ONE_CHILD.test(words)) return [];
  return siblingsOf([child.id], view).filter(
    (one) => !isRefused(one) && !spokenNames(one).some((name) => words.includes(name)),
  );
}

/** The children behind the door of this one of whom nobody has said yet who goes, the child itself first. */
export function refusedWith(child: CaseChild, view: View): readonly CaseChild[] {
  return [child, ...siblingsOf([child.id], view).filter(isRefused)];
}
