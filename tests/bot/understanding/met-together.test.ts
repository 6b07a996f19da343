import { describe, expect, it } from 'vitest';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const caseload = [{ id: '李小明', name: '李小明', nickname: '小明' }];
const CHILD = '孩子本人';

/** Whom these words say was met, and whether the child was seen. */
function heardOf(text: string): readonly unknown[] {
  const { met, seen } = understand(text, { today: fromDayNumber(0), caseload });
  return [[...met].sort(), seen];
}

describe('a grown-up and the child in one breath', () => {
  it.each([
    ['奶奶和孩子都在', ['奶奶']],
    ['奶奶跟小明都在家', ['奶奶']],
    ['奶奶、孩子都在家', ['奶奶']],
    ['爷爷奶奶和孩子都在', ['爷爷', '奶奶']],
    ['爷爷和奶奶还有孩子都在', ['爷爷', '奶奶']],
    ['奶奶和孙子都在的', ['奶奶']],
    ['奶奶和两个孩子都在', ['奶奶']],
    ['奶奶和孩子们都在家', ['奶奶']],
    ['孩子和奶奶都在', ['奶奶']],
    ['奶奶在，孩子也在', ['奶奶']],
    ['今天去了小明家，奶奶和孩子都在', ['奶奶']],
    ['今天去了小明家，小明和奶奶都在', ['奶奶']],
    ['奶奶带着孩子在家', ['奶奶']],
  ])('%s', (text, grown) => {
    expect(heardOf(text)).toEqual([[...grown, CHILD].sort(), true]);
  });

  it.each(['奶奶和孩子都不在', '奶奶和孩子都没在家', '奶奶和孩子不在家', '奶奶和孩子都在吗'])(
    '%s: nobody is said to be there',
    (text) => {
      expect(heardOf(text)[0]).toEqual([]);
    },
  );

  it.each(['爸妈在外面，孩子跟奶奶在家', '孩子跟奶奶住', '小明和奶奶都在医院'])(
    '%s: no child is said to be seen',
    (text) => {
      expect(heardOf(text)[1]).not.toBe(true);
    },
  );

  it.each([
    '奶奶和孩子都在医院',
    '奶奶和孩子都在县城',
    '听说奶奶和孩子都在',
    '明天奶奶和孩子都在家',
    '小明说奶奶和弟弟在老家',
  ])('%s: the grandmother was not met', (text) => {
    expect(heardOf(text)[0]).not.toContain('奶奶');
  });
});
