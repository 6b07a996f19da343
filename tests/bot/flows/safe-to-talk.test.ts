import { describe, expect, it } from 'vitest';
import { talkIn } from '../../../bot/flows/concern-words.ts';

/** What people write to 现在方便说吗. */
const YES = [
  '方便',
  '方便的',
  '嗯，方便',
  '方便，你说',
  '很方便',
  '可以说',
  '可以说了',
  '能说话',
  '这会儿方便',
  '现在可以讲',
  '旁边没人了，可以说',
  '旁边没人',
  '边上没有别人了',
  '没人了，你问吧',
  '就我一个人',
  '我走开了，你说吧',
  '他走了，现在方便',
  '他爸出去了，可以说了',
  '刚才不方便，现在方便了',
  '你说吧',
  '方便！',
];

const NO = [
  '不方便',
  '不太方便',
  '不是很方便',
  '这会儿不行',
  '他爸在旁边',
  '他爸在',
  '奶奶在呢',
  '旁边有人',
  '等下打给你',
  '等一下',
  '你打给我吧',
  '打电话说',
  '微信上说',
  '晚上再说',
  '明天方便',
  '方便的话打我电话',
  '待会方便了告诉你',
  '没人的时候再说',
  '还在他家',
  '他还没走',
  '能听见',
  '不能说',
  '没事',
  '刚走开一会，他又回来了，等等',
];

/** Never a yes: it is asked again, by the same words. */
const UNCLEAR = [
  '嗯',
  '好',
  '哦',
  '嗯嗯',
  '可以',
  '他走了',
  '方便吗',
  '一个人',
  '在忙',
  '方便，他叔叔打他',
  '？',
  '谢谢',
];

describe('现在方便说吗', () => {
  it.each(YES)('“%s” is a yes', (text) => {
    expect(talkIn(text)).toBe('now');
  });

  it.each(NO)('“%s” is a no', (text) => {
    expect(talkIn(text)).toBe('later');
  });

  it.each(UNCLEAR)('“%s” is not clear, and no yes', (text) => {
    expect(talkIn(text)).toBeUndefined();
  });
});
