import { describe, expect, it } from 'vitest';
import { breakWords } from '../../../bot/understanding/break-words.ts';
import { day } from '../../server/domain/cadence/family.ts';

const read = (text: string, today = '2026-11-23') => breakWords(text, day(today));

describe('the days of a break in words', () => {
  it.each<[string, string, string | null]>([
    ['1月30日到2月26日', '2027-01-30', '2027-02-26'],
    ['2027-01-30 到 2027-02-26', '2027-01-30', '2027-02-26'],
    ['2027年1月30日至2月26日', '2027-01-30', '2027-02-26'],
    ['2027年1月30日至2027年2月26日', '2027-01-30', '2027-02-26'],
    ['1月30号放，2月27号开学', '2027-01-30', '2027-02-26'],
    ['1月30日放假，开学2月27日', '2027-01-30', '2027-02-26'],
    ['一月三十号到二月二十六号', '2027-01-30', '2027-02-26'],
    ['1.30-2.26', '2027-01-30', '2027-02-26'],
    ['1/30到2/26', '2027-01-30', '2027-02-26'],
    ['12月28日到1月20日', '2026-12-28', '2027-01-20'],
    ['7月3日到31日', '2027-07-03', '2027-07-31'],
    ['１月３０日～２月２６日', '2027-01-30', '2027-02-26'],
    ['1月30日', '2027-01-30', null],
    ['2月26日到1月30日', '2026-02-26', '2027-01-30'], // the wrong way round: far too long, and refused for that
    ['2027-02-26到2027-01-30', '2027-02-26', '2027-01-30'],
  ])('%s: %s to %s', (text, from, until) => {
    expect(read(text).days).toEqual({ from, until });
  });

  it('a break under way is the one that is meant', () => {
    expect(read('1月30日到2月26日', '2027-02-10').days?.from).toBe('2027-01-30');
    expect(read('1月30日到2月26日', '2027-02-27').days?.from).toBe('2028-01-30');
  });

  it.each(['小学', '2月30日到3月5日', '下周放假', '13月1日到14月2日'])('%s names no days', (text) => {
    expect(read(text).days).toBeNull();
  });
});

describe('which break, of whom, and who says so', () => {
  it.each<[string, string | null, readonly string[], string | null]>([
    ['寒假 小学 1月30日到2月26日 来源 市教育局通知', 'winter', ['primary'], '市教育局通知'],
    ['暑假小学初中7月3日到8月31日', 'summer', ['primary', 'junior'], null],
    [
      '幼儿园和义务教育 来源：县教育局12月1日的通知',
      null,
      ['kindergarten', 'primary', 'junior'],
      '县教育局12月1日的通知',
    ],
    ['中小学寒假', 'winter', ['primary', 'junior', 'senior'], null],
    ['初高中', null, ['junior', 'senior'], null],
    ['高中、中职', null, ['senior', 'vocational'], null],
    ['都一样', null, ['kindergarten', 'primary', 'junior', 'senior', 'vocational'], null],
    ['寒假还是暑假', null, [], null],
    ['来源 教育局', null, [], '教育局'],
  ])('%s', (text, kind, stages, source) => {
    expect(read(text)).toMatchObject({ kind, stages, source });
  });

  it('the days in the source are not those of the break', () => {
    expect(read('寒假 来源 12月1日的通知').days).toBeNull();
  });
});
