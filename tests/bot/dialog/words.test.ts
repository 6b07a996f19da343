import { describe, expect, it } from 'vitest';
import { numberIn } from '../../../bot/dialog/words.ts';

describe('a number that chooses', () => {
  it.each([
    ['1', 1],
    ['１', 1],
    ['2。', 2],
    ['回1', 1],
    ['回复 2', 2],
    ['选3', 3],
    ['一', 1],
    ['二。', 2],
    ['12', 12],
  ])('“%s” is one', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  it.each(['一个', '一点', '回家', '3号', '100', '周一', '十', '回', '第一', '我1'])(
    '“%s” is none',
    (text) => {
      expect(numberIn(text)).toBeNull();
    },
  );
});
