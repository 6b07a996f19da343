import { describe, expect, it } from 'vitest';
import { sharedIn } from '../../../bot/flows/report-words.ts';

describe('别人也看这部手机吗', () => {
  it.each([
    '不会',
    '不会啊',
    '没有',
    '没人看',
    '就我一个人用',
    '只有我看',
    '我自己用的',
    '别人不看',
    '不会，就我一个人用。',
  ])('no: %s', (text) => {
    expect(sharedIn(text)).toBe('no');
  });

  it.each(['会', '会的', '老伴也看', '孙子也会用', '一家人都用', '大家一起用', '别人也看'])(
    'yes: %s',
    (text) => {
      expect(sharedIn(text)).toBe('yes');
    },
  );

  it.each(['穿红衣服，八岁', '孙子不见了', '没有回家', '我一个人在家', '不知道', '会不会出事'])(
    'is a part of the story: %s',
    (text) => {
      expect(sharedIn(text)).toBeNull();
    },
  );
});
