import { LETTER_POLICY } from '../../server/domain/family/letter.ts';
import { say, type Say } from '../../server/domain/say.ts';
import type { Heard } from '../dialog/event.ts';
import type { CaseChild } from '../dialog/view.ts';

/** What the child is called on a telephone that others read too. */
const THE_CHILD = '孩子';
/** A number somebody may be found by; a letter lies on a telephone that others read too. */
const LONG_NUMBER = /\d{6,}/u;

/** The director's own sentence for a letter, with 孩子 in the place of the child's name, or why it cannot stand there. */
export type OwnLine = { readonly words: string } | { readonly refused: Say };

export function ownLine({ text, mentions, signals }: Heard, child: CaseChild): OwnLine {
  const isOf = ({ candidates }: Heard['mentions'][number]): boolean =>
    candidates.some(({ childId }) => childId === child.id);
  if (signals.length > 0) return { refused: say('letter.refused-danger') };
  if (mentions.some((mention) => !isOf(mention))) return { refused: say('letter.refused-other-child') };
  const names = [child.name, child.nickname, ...mentions.map(({ quote }) => quote)]
    .filter((name) => name !== null && name !== '')
    .sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0));
  const words = names.reduce<string>((said, name) => said.replaceAll(name ?? '', THE_CHILD), text.trim());
  if (LONG_NUMBER.test(words.normalize('NFKC').replaceAll(/[\s-]/gu, '')))
    return { refused: say('letter.refused-number') };
  const limit = LETTER_POLICY.ownCharacters;
  if (Array.from(words).length > limit) return { refused: say('letter.refused-long', { limit }) };
  return { words };
}
