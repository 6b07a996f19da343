import { describe, expect, it } from 'vitest';
import { childWrites } from '../../../bot/understanding/child-writes.ts';

const HOME = { children: ['李小明', '王家欣'], adults: ['李建国', '王阿妹'] };

/** A child that may be in danger. */
const IN_DANGER = [
  '我是小明，爸爸打我',
  '爸爸打我',
  '爸爸又打我了',
  '爸爸喝醉了就打我',
  '妈妈用衣架打我',
  '爷爷骂我还踢我',
  '后爸摸我',
  '叔叔脱我裤子，叫我不要说',
  '老师打我手',
  '同学天天欺负我',
  '他们关我在房间里',
  '我不想活了',
  '我想死',
  '活着没意思',
  '我被同学打了',
  '我天天被他欺负',
  '奶奶不给我饭吃',
  '爸爸不让我进门',
  '救救我',
  '哥哥掐我脖子',
];

/** A child that says something of itself. */
const A_CHILD = [
  '我是小明',
  '我叫李小明',
  '我是家欣，奶奶睡着了',
  '奶奶不在家我怕',
  '奶奶不在家，我好怕',
  '我今年10岁',
  '我10岁了',
  '我今年九岁，会写字',
  '我上三年级',
  '我在读小学',
  '我是小学生',
  '妈妈什么时候回来',
  '爸爸妈妈什么时候回家',
  '我想妈妈',
  '我好想爸爸妈妈',
  '我一个人在家',
  '我自己在家，好怕',
  '妈妈不要我了',
  '爸爸不接我电话',
  '没人陪我玩',
  '我不敢回家',
  '爷爷出去了我饿',
  '没人管我',
];

/** What grown-ups write on the same phones. */
const GROWN_UPS = [
  '我是小明爸爸',
  '我是李小明的奶奶，他爸打我孙子',
  '我是李建国',
  '我叫王阿妹',
  '我是他妈妈，想问问情况',
  '孩子10岁了',
  '我儿子今年10岁',
  '我女儿上三年级',
  '我孙子不想上学',
  '我今年60岁了，带不动',
  '我今年七十岁',
  '爸爸打我电话没接到',
  '我怕孩子出事',
  '我害怕孩子学坏',
  '我一个人在家带孩子',
  '我想他爸回来',
  '老公打我',
  '他爸打孩子',
  '孩子说爸爸打我了',
  '奶奶不在家，孩子我接走了',
  '我要去广东打工',
  '他妈妈什么时候回来',
  '我电话换成13800000000',
  '孩子在家里好吗',
  '主任给我打电话',
  '谁是儿童主任',
  '你好',
  '谢谢',
  '求助',
  '我是儿童主任',
  '我在工地上班',
  '我们家没人管孩子',
  '我是村里的老师',
];

describe('words that may be a child’s own, on the phone of a grown-up', () => {
  it.each(IN_DANGER)('“%s” is a child that may be in danger', (text) => {
    expect(childWrites(text, HOME)).toEqual({ danger: true });
  });

  it.each(A_CHILD)('“%s” is a child', (text) => {
    expect(childWrites(text, HOME)).toEqual({ danger: false });
  });

  it.each(GROWN_UPS)('“%s” is a grown-up', (text) => {
    expect(childWrites(text, HOME)).toBeNull();
  });

  it('on a phone that nobody knows a name alone says nothing', () => {
    expect(childWrites('我是小明')).toBeNull();
    expect(childWrites('我是小明，爸爸打我')).toEqual({ danger: true });
  });
});
