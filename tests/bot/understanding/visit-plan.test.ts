import { describe, expect, test } from 'vitest';
import type { LocalDate } from '../../../server/domain/local-date.ts';
import { visitDay, visitPlanned } from '../../../bot/understanding/visit-plan.ts';

const MONDAY = '2026-11-23' as LocalDate;
const FRIDAY = '2026-11-27' as LocalDate;
const NAMES = ['小明', '小红', '思宇'];
const planned = (text: string, today: LocalDate = MONDAY) => {
  const quotes = NAMES.filter((name) => text.includes(name));
  const time = visitPlanned(text, quotes, today);
  return time === null ? null : `${time.on} ${time.part ?? '-'}`;
};

describe('a visit that somebody means to make', () => {
  test.each([
    ['明天下午去小明家', '2026-11-24 afternoon'],
    ['周三上午去看小红', '2026-11-25 morning'],
    ['下周一我要去看思宇', '2026-11-30 -'],
    ['我准备后天去走访小明', '2026-11-25 -'],
    ['12月1日去看小明', '2026-12-01 -'],
    ['明早去小明家和小红家', '2026-11-24 morning'],
    ['明天下午3点到小明家家访。', '2026-11-24 afternoon'],
    ['今天下午要去小明家', '2026-11-23 afternoon'],
    ['小明家我明天去', '2026-11-24 -'],
    ['思宇我下周一去看', '2026-11-30 -'],
    ['我周末去小红家看看吧', '2026-11-28 -'],
    ['明儿个下昼去小明屋里头看看', '2026-11-24 afternoon'],
    ['后儿上昼去小红家', '2026-11-25 morning'],
  ])('%s', (text, when) => {
    expect(planned(text)).toBe(when);
  });

  test.each([
    '今天下午去看小明',
    '周三上午去看了小红',
    '明天小明去看病',
    '明天去看小明吗',
    '小明明天去外婆家',
    '奶奶明天去看小明',
    '明天不去小明家了',
    '明天去接小明',
    '明天给小明打电话',
    '改天去看小明',
    '11月20日去看小明',
    '3号去看小明',
    '明天去看小明妈妈',
  ])('not this: %s', (text) => {
    expect(planned(text)).toBeNull();
  });

  test('周三 on a Friday may be the one that is past', () => {
    expect(planned('周三上午去看小红', FRIDAY)).toBeNull();
    expect(planned('周三上午要去看小红', FRIDAY)).toBe('2026-12-02 morning');
    expect(planned('周日去看小红', FRIDAY)).toBe('2026-11-29 -');
  });
});

describe('a day that answers the question', () => {
  test.each([
    ['Saturday morning', '2026-11-28 morning'],
    ['the day after tomorrow', '2026-11-25 -'],
    ['next Monday, in the afternoon', '2026-11-30 afternoon'],
    ['tomorrow', '2026-11-24 -'],
    ['周六上午', '2026-11-28 morning'],
  ])('%s', (text, when) => {
    const time = visitDay(text, MONDAY);
    expect(time === null ? null : `${time.on} ${time.part ?? '-'}`).toBe(when);
  });

  test('the sun is no day', () => {
    expect(visitDay('monsoon sunshine', MONDAY)).toBeNull();
  });
});
