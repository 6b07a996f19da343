import { describe, expect, it } from 'vitest';
import { routeWords } from '../../../bot/understanding/route-words.ts';
import { day } from '../../server/domain/cadence/family.ts';

/** A Wednesday. */
const TODAY = day('2026-11-25');

describe('a wish about the plan', () => {
  it.each([
    ['明天去上坪', 'go 上坪 2026-11-26'],
    ['明天先去上坪吧', 'go 上坪 2026-11-26'],
    ['今天去下坪组', 'go 下坪组 2026-11-25'],
    ['周五去小明家', 'go 小明 2026-11-27'],
    ['周三去上坪', 'go 上坪 2026-11-25'],
    ['周一去上坪', 'go 上坪 2026-11-30'],
    ['下周一去上坪', 'go 上坪 2026-11-30'],
    ['小明换到周五', 'go 小明 2026-11-27'],
    ['把小明改到后天', 'go 小明 2026-11-27'],
    ['上坪挪到下周三吧', 'go 上坪 2026-12-02'],
    ['28号去上坪', 'go 上坪 2026-11-28'],
    ['3号去上坪', 'go 上坪 2026-12-03'],
    ['1月3日去上坪', 'go 上坪 2027-01-03'],
    ['周五不去了', 'day-off 2026-11-27'],
    ['明天有事', 'day-off 2026-11-26'],
    ['后天去不了', 'day-off 2026-11-27'],
  ])('%s', (text, told) => {
    const words = routeWords(text, TODAY);
    expect(words && [words.kind, ...(words.kind === 'go' ? [words.what] : []), words.on].join(' ')).toBe(
      told,
    );
  });

  it.each([
    '今天去了小明家',
    '今天去看了小明，奶奶在',
    '昨天去上坪了',
    '小明不去了',
    '明天再说',
    '换到哪里去了',
    '孩子说明天不想上学',
    '',
    '31号去上坪以后还要去下坪和石门还有后山几家孩子家里看看情况',
  ])('%s is none', (text) => {
    expect(routeWords(text, TODAY)).toBeNull();
  });
});
