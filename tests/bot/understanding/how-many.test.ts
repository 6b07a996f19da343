import { describe, expect, it } from 'vitest';
import { howMany } from '../../../bot/understanding/how-many.ts';

describe('how many a director says were visited', () => {
  it.each([
    ['今天去了小明小红三家', 3],
    ['今天走访了四个娃', 4],
    ['上午跑了5户', 5],
    ['看了两个孩子,都好', 2],
    ['联系了十二个学生', 12],
  ])('%s → %s', (words, count) => {
    expect(howMany(words)).toBe(count);
  });

  it.each([
    '去了小明家',
    '去了第三家',
    '小明一家三口都在',
    '看了小明,三家店都关了门',
    '他家有三个孩子',
    '去了小明家,奶奶说村里来了三家人',
  ])('%s says nothing of that', (words) => {
    expect(howMany(words)).toBeNull();
  });
});
