import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comingDay, comingSpan, daysLong } from '../../../bot/understanding/coming-days.ts';
import { readDate } from '../../../bot/understanding/dates.ts';
import { addDays, parseLocalDate, type LocalDate } from '../../../server/domain/local-date.ts';

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}

const TODAY = day('2026-11-25'); // a Wednesday

describe('days to come, as a leave names them', () => {
  it.each([
    ['今天', '2026-11-25'],
    ['明天', '2026-11-26'],
    ['明日', '2026-11-26'],
    ['后天', '2026-11-27'],
    ['大后天', '2026-11-28'],
    ['tomorrow', '2026-11-26'],
    ['周三', '2026-11-25'],
    ['周五', '2026-11-27'],
    ['周一', '2026-11-30'],
    ['礼拜天', '2026-11-29'],
    ['本周五', '2026-11-27'],
    ['这个星期六', '2026-11-28'],
    ['下周一', '2026-11-30'],
    ['下周三', '2026-12-02'],
    ['下个礼拜天', '2026-12-06'],
    ['下下周一', '2026-12-07'],
    ['28号', '2026-11-28'],
    ['3号', '2026-12-03'],
    ['二十八号', '2026-11-28'],
    ['12月1日', '2026-12-01'],
    ['十二月一号', '2026-12-01'],
    ['1月3日', '2027-01-03'],
    ['11月25日', '2026-11-25'],
    ['２８号', '2026-11-28'],
    ['2026-12-05', '2026-12-05'],
    ['2026年12月5日', '2026-12-05'],
  ])('%s is %s', (words, on) => {
    expect(comingDay(words, TODAY)).toBe(on);
  });

  it.each([
    '昨天',
    '上周五',
    '这周一',
    '本周二',
    '2026-11-24',
    '2028-01-01',
    '2月30日',
    '11月31日',
    '13月1日',
    '3',
    '过两天',
    '下周',
    '明天下午去',
    '',
  ])('%s is no day to come', (words) => {
    expect(comingDay(words, TODAY)).toBeNull();
  });

  it('leaves a year at its end and a short month behind', () => {
    expect(comingDay('1号', day('2026-12-31'))).toBe('2027-01-01');
    expect(comingDay('31号', day('2027-01-31'))).toBe('2027-01-31');
    expect(comingDay('31号', day('2027-02-01'))).toBe('2027-03-31');
    expect(comingDay('2月29日', day('2027-12-01'))).toBe('2028-02-29');
    expect(comingDay('明天', day('2028-02-28'))).toBe('2028-02-29');
  });

  it('never lies behind, nor further than a year ahead', () => {
    const words = fc.constantFrom(
      '今天',
      '明天',
      '周一',
      '周日',
      '下周三',
      '下下周日',
      '1号',
      '15号',
      '31号',
      '12月1日',
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 3000 }), (said, ahead) => {
        const today = addDays(TODAY, ahead);
        const on = comingDay(said, today);
        expect(on === null || (on >= today && on <= addDays(today, 366))).toBe(true);
      }),
    );
  });
});

describe('how long, and from when until when', () => {
  it.each([
    ['三天', 3],
    ['5天', 5],
    ['两天', 2],
    ['十日', 10],
    ['一周', 7],
    ['两个星期', 14],
    ['三礼拜', 21],
    ['半个月', 15],
    ['一个月', 30],
    ['5 days', 5],
    ['2 weeks', 14],
    ['好几天', null],
    ['天', null],
    ['三年', null],
  ])('%s is %s', (words, days) => {
    expect(daysLong(words)).toBe(days);
  });

  it.each([
    ['12月1日到12月5日', '2026-12-01', '2026-12-05'],
    ['请假12月1日至5日', '2026-12-01', '2026-12-05'],
    ['12月1日到5', '2026-12-01', '2026-12-05'],
    ['明天到后天', '2026-11-26', '2026-11-27'],
    ['后天到下周三', '2026-11-27', '2026-12-02'],
    ['下周一到周三', '2026-11-30', '2026-12-02'],
    ['明天到周五', '2026-11-26', '2026-11-27'],
    ['从下周一到下周三', '2026-11-30', '2026-12-02'],
    ['三天', '2026-11-25', '2026-11-27'],
    ['一天', '2026-11-25', '2026-11-25'],
    ['明天开始请三天', '2026-11-26', '2026-11-28'],
    ['下周一起，一周', '2026-11-30', '2026-12-06'],
    ['明天', '2026-11-26', null],
    ['12月5日到12月1日', '2026-12-05', '2027-12-01'],
    ['昨天到明天', null, '2026-11-26'],
    ['不知道', null, null],
  ])('%s: %s to %s', (words, from, until) => {
    expect(comingSpan(words, TODAY)).toEqual({ from, until });
  });
});

describe('a coming day inside a promise', () => {
  it.each([
    '昨天去了小明家,答应下周三带作业本来',
    '昨天去小明家,跟奶奶约好周五再去',
    '昨天去了小明家,说好28号带书来',
    '昨天去了小明家,答应他,周五带来',
    '昨天去了小明家,答应了孩子12月3号带他去镇上',
    '昨天去小明家,下次来给他带本子,约定明天',
    '昨天去了小明家,爸爸保证下个月1号回来',
    '昨天去了小明家,老师说下周三开家长会',
  ])('%s: the visit was yesterday', (words) => {
    expect(readDate(words, TODAY)).toMatchObject({ on: '2026-11-24', ask: false });
  });

  it.each(['奶奶在,答应下周三带作业本来', '答应周五带作业本来', '说好28号来', '约好明天来拿'])(
    '%s names no day of the visit',
    (words) => {
      expect(readDate(words, TODAY)).toMatchObject({ on: null, ask: false });
    },
  );

  it.each(['答应昨天带的,昨天去了,前天没去', '周五去了小明家或者周四'])('%s is still asked', (words) => {
    expect(readDate(words, TODAY)).toMatchObject({ on: null, ask: true });
  });
});
