import { describe, expect, it } from 'vitest';
import { isCourtesy } from '../../../bot/flows/courtesy.ts';

describe('words of politeness', () => {
  it.each([
    ...[
      '好',
      '好的',
      '好嘞',
      '行',
      '嗯嗯嗯',
      '谢谢',
      '谢谢谢谢',
      '太谢谢了',
      '多谢主任',
      '谢谢你们',
      '知道了',
      '知道啦',
    ],
    ...['晓得了', '明白', '收到', '收到，辛苦了', '好的谢谢您', '辛苦大家了', '麻烦您了', '没事了', '看到了'],
    ...['OK', 'okay', 'Thanks!', 'thank you', '👍', '👍🏻👍🏻', '❤️', '好的👍', '谢谢主任🌹🌹'],
  ])('%s', (text) => expect(isCourtesy(text)).toBe(true));

  it.each([
    '',
    '主任',
    '好痛',
    '谢谢，小明发烧了',
    '没事吧',
    '知道他在哪吗',
    '行李',
    '👎',
    '麻烦您看看孩子',
    '好的，明天去',
  ])('%s tells or asks something', (text) => expect(isCourtesy(text)).toBe(false));

  it('said over and over with something behind them are read at once', () => {
    expect(isCourtesy(`${'谢'.repeat(2_000)}甲`)).toBe(false);
  });
});
