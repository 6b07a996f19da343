import { describe, expect, it } from 'vitest';
import { pleadsForHelp } from '../../../bot/understanding/plea.ts';

describe('a family that calls for help without the word 求助', () => {
  it.each([
    '帮帮我',
    '求求你们帮帮孩子',
    '快来人啊',
    '来人啊！',
    '有没有人帮帮忙',
    '我想找人帮忙',
    '我要求助',
    'I need help',
    'please help me',
  ])('“%s” is heard', (text) => {
    expect(pleadsForHelp(text)).toBe(true);
  });

  it.each([
    '不用帮忙',
    '主任帮忙带点奶粉',
    '孩子会帮忙做家务',
    '帮助',
    'help',
    '家里来人了',
    '谢谢你们的帮助',
    '求助'.slice(1),
  ])('“%s” is none', (text) => {
    expect(pleadsForHelp(text)).toBe(false);
  });
});
