import { describe, expect, it } from 'vitest';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const caseload = ['李小明', '林小红', '许嘉怡'].map((name) => ({ id: name, name, nickname: null }));

/** Who was met on the way to the others: whether that was in the child's own home, somebody has to say. */
function besides(text: string): readonly string[] {
  const { parts } = understand(text, { today: fromDayNumber(0), caseload });
  return parts.filter((part) => part.besides).map(({ childId }) => childId);
}

describe('a child met on the way to others', () => {
  it.each([
    '今天去了小明小红家，都见到了，嘉怡也见到了',
    '今天去了小明家和小红家，嘉怡也在',
    '今天去了小明小红家，正好碰到嘉怡',
    '今天去小明家，小红在家，嘉怡也一起碰到了',
  ])('%s', (text) => {
    expect(besides(text)).toEqual(['许嘉怡']);
  });

  it.each([
    '今天去了小明小红家，嘉怡家也去了，都见到了',
    '今天去了小明小红嘉怡家，嘉怡也见到了',
    '今天去看了小明小红，也去看了嘉怡，见到了',
    '今天入户走访，小明见到了，小红见到了，嘉怡也见到了',
    '今天去了小明小红家，嘉怡也在家',
    '今天去了小明小红家，嘉怡没见到',
  ])('%s: nobody was met by the way', (text) => {
    expect(besides(text)).toEqual([]);
  });
});
