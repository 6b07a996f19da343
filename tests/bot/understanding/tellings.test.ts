import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../../server/domain/local-date.ts';
import { understand } from '../../../bot/understanding/understand.ts';

const TODAY = parseLocalDate('2026-11-25'); // a Wednesday
const CASELOAD = ['李小明', '林小红', '吴俊辉', '许嘉怡'].map((name) => ({
  id: name.slice(-2),
  name,
  nickname: name === '吴俊辉' ? '辉辉' : null,
}));

function toldOf(text: string): readonly string[] {
  if (TODAY === null) throw new Error('no such day');
  const { tellings } = understand(text, { today: TODAY, caseload: CASELOAD });
  return tellings.map(({ childId, date, mode, seen }) => {
    const day = date.on?.slice(5) ?? (date.ask ? 'ask' : 'today');
    const saw = seen === null ? '' : seen ? ' seen' : ' not-seen';
    return `${childId} ${day} ${mode ?? 'ask'}${saw}`;
  });
}

describe('several days or ways in one sentence: each child has its own', () => {
  it.each([
    ['昨天去了小明家,今天打电话给小红', ['小明 11-24 home', '小红 11-25 phone']],
    ['周一去了小明,周二去了小红,都见到了', ['小明 11-23 home seen', '小红 11-24 home seen']],
    ['周一小明周二小红都是上门,人都在', ['小明 11-23 home seen', '小红 11-24 home seen']],
    ['小红周一上门见到,小明周二到校见到', ['小红 11-23 home', '小明 11-24 school']],
    ['昨天去小明家今天去小红家小红没见到', ['小明 11-24 home', '小红 11-25 home not-seen']],
    ['今天先去了小明家再去学校看小红', ['小明 11-25 home', '小红 11-25 school']],
    ['昨天去了小明家,打电话给小红', ['小明 11-24 home', '小红 11-24 phone']],
    [
      '今天去了小明家,前天视频了小红,上周五去了嘉怡家',
      ['小明 11-25 home', '小红 11-23 video', '嘉怡 11-20 home'],
    ],
  ])('%s', (text, told) => {
    expect(toldOf(text)).toEqual(told);
  });

  it.each([
    ['周一周三都去了小明家', ['小明 11-23 home', '小明 11-25 home']],
    ['前天跟昨天都去了小明家', ['小明 11-23 home', '小明 11-24 home']],
    ['昨天前天去了小明家', ['小明 11-24 home', '小明 11-23 home']],
    ['昨天和前天去了小明家', ['小明 11-24 home', '小明 11-23 home']],
    ['周一、周二去看了小明', ['小明 11-23 ask', '小明 11-24 ask']],
    ['18号和20号去了小明家', ['小明 11-18 home', '小明 11-20 home']],
    ['11月18号、11月20号打电话给小明', ['小明 11-18 phone', '小明 11-20 phone']],
    ['昨天打电话给小明,今天上门看了他', ['小明 11-24 phone', '小明 11-25 home']],
    ['昨天打电话今天又上门小明都好', ['小明 11-24 phone', '小明 11-25 home']],
    ['今天上午打电话小明下午到他家去看了', ['小明 11-25 phone', '小明 11-25 home']],
    [
      '周一周三都去了小明小红家',
      ['小明 11-23 home', '小明 11-25 home', '小红 11-23 home', '小红 11-25 home'],
    ],
  ])('%s: a child twice is told twice', (text, told) => {
    expect(toldOf(text)).toEqual(told);
  });

  it.each([
    ['去了小明家,昨天打电话给小红', ['小明 ask home', '小红 11-24 phone']],
    [
      '昨天去了小明家,今天去了小红家,嘉怡也见到了',
      ['小明 11-24 home', '小红 11-25 home', '嘉怡 ask home seen'],
    ],
    ['小明昨天去了,小红今天去了', ['小明 ask home', '小红 11-25 home']],
    ['前几天去了小明家,昨天去了小红家', ['小明 ask home', '小红 11-24 home']],
  ])('%s: a day nobody said is asked', (text, told) => {
    expect(toldOf(text)).toEqual(told);
  });

  it.each([
    '今天去了小明小红家,都见到了',
    '今天去了小明家,给他妈妈打了电话',
    '今天去小明家没人在,打电话给他妈说去外婆家了',
    '今天去了小明家,昨天摔了一跤',
    '今天去小明家,他妈妈昨天打电话给我',
    '昨天23号去了小明家',
    '昨天前天去了小明小红家',
    '周一到周三去了小明家',
    '昨天去了小明家,答应周五再去小红家',
    '今天去了小明家,奶奶说昨天去过学校',
    '明天去小明家,后天去小红家',
    '今天去小明家,小明周五去外婆家',
    '小明昨天打电话给妈妈,今天去了学校',
  ])('%s tells of one visit, or is asked about', (text) => {
    expect(toldOf(text)).toEqual([]);
  });

  it.each([
    ['今天去了小明小红家,都挺好,路上滑', '都挺好，路上滑'],
    ['今天去了小明小红家,都见到了,奶奶也在,小红咳嗽', ''],
    ['今天去了小明家,路上滑', ''],
  ])('%s: what holds for all of them is %j', (text, words) => {
    if (TODAY === null) throw new Error('no such day');
    expect(understand(text, { today: TODAY, caseload: CASELOAD }).ofAll).toBe(words);
  });
});
