import { describe, expect, it } from 'vitest';
import { tellsTrouble } from '../../../bot/understanding/trouble-words.ts';

describe('some trouble of a child, told by others', () => {
  it.each([
    '嘉怡没事，昨天打架的是乐乐',
    '燕燕跟小红昨天吵架了',
    '听说辉辉这几天发烧',
    '小明又逃课了',
    '乐乐一个人去水库游泳',
    '嘉怡说不想读书了',
    '我总觉得小红不对劲',
  ])('%s', (words) => {
    expect(tellsTrouble(words)).toBe(true);
  });

  it.each(['小红的新书包到了', '小明爸爸过年回来', '燕燕考了九十分', '辉辉家的表还没填'])(
    '%s is none',
    (words) => {
      expect(tellsTrouble(words)).toBe(false);
    },
  );
});
