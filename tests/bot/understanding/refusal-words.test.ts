import { describe, expect, it } from 'vitest';
import { obstacleWords, withoutRefusal } from '../../../bot/understanding/away-words.ts';

describe('a family that does not want the director to come', () => {
  it.each([
    '小明爸爸说以后我不要再去他们家，不然就打断我的腿',
    '建军他妈说以后别来了',
    '建军他妈说孩子好得很，以后别来了',
    '他爷爷骂我，把我赶出来',
    '爸爸说不许再来我家',
    '奶奶讲不要上门了',
    '他爸放狗咬我',
    '奶奶不让我看孩子',
    '他爸不让见孩子',
    '不给进门',
    '他爸说不用来了，孩子好得很',
  ])('%s: refused', (text) => {
    expect(obstacleWords(text)).toBe('refused');
  });

  it.each([
    '建军爸爸叫他别来了',
    '奶奶说别来回跑',
    '妈妈说叫孩子不要去河边',
    '奶奶说他不要来城里',
    '爷爷说不用担心',
    '妈妈不让看电视',
    '奶奶说不让看手机',
    '爸爸不让见同学',
    '医生说不给进食',
    '欣欣妈说不用来了她带孩子去县城看牙',
    '奶奶说今天不用来了，她带孩子走亲戚',
  ])('%s is none', (text) => {
    expect(obstacleWords(text)).toBeNull();
  });
});

describe('不让进门, said of the director, is no danger of the child', () => {
  it.each([
    ['不让进门', '小红奶奶不让进门'],
    ['不给进屋', '今天去燕燕家，她奶奶不给进屋'],
    ['不许进家门', '他爸不许进家门'],
  ])('%s in %s', (quote, text) => {
    expect(withoutRefusal(text)).not.toContain(quote);
  });

  it.each([
    ['不让他进门', '小明后妈不让他进门'],
    ['不让孩子进屋', '奶奶不让孩子进屋'],
    ['不让回家', '后妈不让回家'],
  ])('%s in %s stays a question', (quote, text) => {
    expect(withoutRefusal(text)).toContain(quote);
  });
});
