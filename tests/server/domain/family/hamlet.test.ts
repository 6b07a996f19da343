import { describe, expect, it } from 'vitest';
import { hamletOf, namesHamlet } from '../../../../server/domain/family/hamlet.ts';

describe('the hamlet of an address', () => {
  it.each([
    ['溪边组门牌一号', '东岭村', '溪边组'],
    ['上坪1号', '东岭村', '上坪'],
    ['3组12号', '东岭村', '3组'],
    ['东岭村三组', '东岭村', '三组'],
    ['福建省安宁县南山镇东岭村下坪组12号', '东岭村', '下坪组'],
    ['东岭村石门自然村５号', '东岭村', '石门自然村'],
    ['东岭村村民小组第二小组8号', '东岭村', '村民小组第二小组'],
    ['南山镇 东岭村 后山屯 7-2号', '东岭村', '后山屯'],
    ['东岭12号', '东岭村', null],
    ['东岭村12号', '东岭村', null],
    ['12号', '东岭村', null],
    ['', '东岭村', null],
    ['村口小店往里走第二家红砖房门口有棵大榕树', '东岭村', null],
    ['No. 5, second lane', '东岭村', null],
  ])('%s in %s is %s', (address, village, hamlet) => {
    expect(hamletOf(address, village)).toBe(hamlet);
  });

  it('is said short or in full', () => {
    expect(namesHamlet('明天去上坪', '上坪组')).toBe(true);
    expect(namesHamlet('明天去上坪组', '上坪组')).toBe(true);
    expect(namesHamlet('上坪', '东岭村上坪组')).toBe(true);
    expect(namesHamlet('明天去下坪', '上坪组')).toBe(false);
    expect(namesHamlet('三个孩子', '三组')).toBe(false); // one character names nothing
  });
});
