import { describe, expect, it } from 'vitest';
import { ownLine } from '../../../bot/flows/letter-words.ts';
import { childOf } from '../../../bot/dialog/view.ts';
import { childId } from '../../support/small-county.ts';
import { viewOf, words } from '../stage.ts';

/** What becomes of a director's sentence in a letter about 李小明 (called 小明). */
function lineOf(text: string) {
  const view = viewOf();
  const event = words(text, view);
  const child = childOf(view, childId('李小明'));
  if (event.kind !== 'text' || child === undefined) throw new Error('no words');
  const line = ownLine(event.heard, child);
  return 'refused' in line ? line.refused.key : line.words;
}

describe('the own sentence of a letter', () => {
  it.each([
    ['会自己洗衣服了，您放心。', '会自己洗衣服了，您放心。'],
    ['小明会自己洗衣服了', '孩子会自己洗衣服了'],
    ['李小明长高了，小明吃得香', '孩子长高了，孩子吃得香'],
    ['小明和林小红一起上学', 'letter.refused-other-child'],
    ['小红常来找小明玩', 'letter.refused-other-child'],
    ['小明说不想活了', 'letter.refused-danger'],
    ['有事打13900001111', 'letter.refused-number'],
    ['有事打139 0000-1111', 'letter.refused-number'],
    ['有事打１３９００００１１１１', 'letter.refused-number'],
    ['好'.repeat(60), '好'.repeat(60)],
    ['好'.repeat(61), 'letter.refused-long'],
  ])('“%s” is “%s”', (text, expected) => {
    expect(lineOf(text)).toBe(expected);
  });
});
