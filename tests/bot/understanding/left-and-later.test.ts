import { describe, expect, it } from 'vitest';
import { daysLater } from '../../../bot/understanding/away-span.ts';
import { tellsLaterReturn, tellsLeft } from '../../../bot/understanding/away-words.ts';

describe('a child that has left', () => {
  it.each(['国庆就走了', '转学到县城了', '搬到县城去了', '上个月就走了', '家搬走了'])('小明%s', (words) => {
    expect(tellsLeft(words)).toBe(true);
  });

  it.each(['奶奶走了', '见到我就跑了', '家去了，看完我就走了', '作业写完了', '家走访了'])(
    'is not told by 小明%s',
    (words) => {
      expect(tellsLeft(words)).toBe(false);
    },
  );
});

describe('a return that comes later than was said', () => {
  it.each([
    ['车票改签，晚三天回', 3],
    ['要晚一个星期才回来', 7],
    ['推迟两天回来', 2],
    ['车票改签了', null],
  ])('%s', (words, days) => {
    expect([tellsLaterReturn(words), daysLater(words)]).toEqual([true, days]);
  });

  it.each(['晚上八点才回家睡觉，三天了', '奶奶晚饭后回来', '小明回来了'])(
    '%s says nothing of it',
    (words) => {
      expect([tellsLaterReturn(words) && !words.includes('回来了'), daysLater(words)]).toEqual([false, null]);
    },
  );
});
