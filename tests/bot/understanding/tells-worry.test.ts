import { describe, expect, it } from 'vitest';
import { tellsWorry } from '../../../bot/understanding/tells-worry.ts';

describe('words that nobody beside should read on a card', () => {
  it.each([
    '奶奶在，我心里没底',
    '不太放心这孩子',
    '身上有伤',
    '带他去看看身上的伤',
    '说不准，有点怪怪的',
    '他躲着叔叔',
    '爸爸又打他了',
    '叫周督导打给我',
  ])('%s', (words) => {
    expect(tellsWorry(words)).toBe(true);
  });

  it.each(['今天去看了小明，奶奶在，在写作业', '答应下周三带作业本来', '一切都好', '奶奶担心他的数学', ''])(
    '%s is shown as it stands',
    (words) => {
      expect(tellsWorry(words)).toBe(false);
    },
  );
});
