import { describe, expect, it } from 'vitest';
import { occasionsAhead } from '../../../../server/domain/education/occasions.ts';
import {
  breaksFor,
  yearOfBreak,
  type SchoolBreak,
} from '../../../../server/domain/education/school-break.ts';
import { stageOf, stagesOf, type Stage } from '../../../../server/domain/education/stage.ts';
import { nextBreak, unconfirmedBreaks } from '../../../../server/domain/education/unconfirmed.ts';
import { day } from '../cadence/family.ts';

const row = (more: Partial<SchoolBreak> = {}): SchoolBreak => ({
  id: 'b1',
  areaCode: '3504',
  stage: 'primary',
  kind: 'winter',
  year: 2027,
  startsOn: day('2027-01-30'),
  endsOn: day('2027-02-26'),
  source: '市教育局通知',
  verifiedOn: day('2026-12-20'),
  ...more,
});

describe('the stage of a child', () => {
  it.each<[string | null, string | null, string, Stage | null]>([
    ['in-school', '四年级', '2017-03-01', 'primary'],
    ['in-school', '６年级', '2014-03-01', 'primary'],
    ['in-school', '七年级', '2013-03-01', 'junior'],
    ['in-school', '初二', '2012-03-01', 'junior'],
    ['in-school', '高一', '2010-03-01', 'senior'],
    ['in-school', '中职一年级', '2010-03-01', 'vocational'],
    ['in-school', '职高二', '2010-03-01', 'vocational'],
    ['kindergarten', null, '2021-03-01', 'kindergarten'],
    [null, '大班', '2020-03-01', 'kindergarten'],
    ['suspended', '五年级', '2015-03-01', 'primary'],
    ['dropped-out', '七年级', '2013-03-01', null],
    ['not-yet', null, '2024-03-01', null],
    ['finished', '高三', '2008-12-01', null],
    ['in-school', null, '2020-08-31', 'primary'],
    ['in-school', null, '2020-09-02', 'kindergarten'],
    ['in-school', null, '2011-03-01', 'senior'],
    [null, null, '2011-03-01', null],
    [null, null, '2012-03-01', 'junior'],
    [null, null, '2024-03-01', null],
  ])('%s, %s, born %s: %s', (schooling, grade, bornOn, stage) => {
    expect(stageOf({ schooling, grade, bornOn: day(bornOn) }, day('2026-11-23'))).toBe(stage);
  });

  it('of many children each stage is named once, the youngest first', () => {
    const child = (grade: string) => ({ schooling: 'in-school', grade, bornOn: day('2015-01-01') });
    expect(stagesOf([child('九年级'), child('二年级'), child('三年级')], day('2026-11-23'))).toEqual([
      'primary',
      'junior',
    ]);
  });
});

describe('the breaks that count for a child', () => {
  const city = row({ id: 'city' });
  const county = row({ id: 'county', areaCode: '350499', startsOn: day('2027-02-01'), verifiedOn: null });
  const chain = ['350499', '3504'];

  it('a row of the county stands before one of the city, even while nobody has confirmed it', () => {
    expect(breaksFor([city, county], chain, 'primary').map(({ id }) => id)).toEqual(['county']);
  });

  it('the city holds where the county says nothing of that stage or that break', () => {
    const summer = row({
      id: 'summer',
      kind: 'summer',
      startsOn: day('2027-07-03'),
      endsOn: day('2027-08-31'),
    });
    const junior = row({ id: 'junior', areaCode: '350499', stage: 'junior' });
    expect(breaksFor([summer, city, junior], chain, 'primary').map(({ id }) => id)).toEqual([
      'city',
      'summer',
    ]);
  });

  it('another city is no matter', () => {
    expect(breaksFor([row({ areaCode: '3509' })], chain, 'primary')).toEqual([]);
  });

  it('a break that begins in December belongs to the year in which it ends', () => {
    expect(yearOfBreak(day('2027-01-20'))).toBe(2027);
  });
});

describe('what falls due', () => {
  const kinds = (today: string, breaks: readonly SchoolBreak[] = [row()]) =>
    occasionsAhead(day(today), breaks).map(({ sendOn, kind, daysBefore }) => [sendOn, kind, daysBefore]);

  it('a confirmed break is told seven days and one day before it, the term three days before', () => {
    expect(kinds('2027-01-10')).toEqual([
      ['2027-01-23', 'winter-break', 7],
      ['2027-01-29', 'winter-break', 1],
      ['2027-01-29', 'spring-festival', 7],
      ['2027-02-24', 'term-start', 3],
    ]);
  });

  it('an unconfirmed break is told to nobody', () => {
    expect(kinds('2027-01-10', [row({ verifiedOn: null })])).toEqual([['2027-01-29', 'spring-festival', 7]]);
  });

  it.each([
    ['2027-01-22', ['2027-01-23', '2027-01-29']],
    ['2027-01-28', ['2027-01-23', '2027-01-29']],
    ['2027-01-29', ['2027-01-29']],
    ['2027-01-30', ['2027-01-29']],
    ['2027-01-31', []],
  ])('on %s what was kept from going out still says something, or is over', (today, sendOn) => {
    const ofBreak = kinds(today).filter(([, kind]) => kind === 'winter-break');
    expect(ofBreak.map(([on]) => on)).toEqual(sendOn);
  });

  it.each([
    ['2026-03-31', ['2026-04-01']],
    ['2026-04-08', ['2026-04-01', '2026-06-01']],
    ['2026-04-09', ['2026-06-01']],
    ['2026-06-09', []],
  ])('on %s the seasons with a notice due are %j: one notice a season', (today, expected) => {
    expect(kinds(today, []).map(([on]) => on)).toEqual(expected);
  });

  it('each notice has a key of its own, the same on every day it is asked for', () => {
    const keys = (today: string) => occasionsAhead(day(today), [row()]).map(({ key }) => key);
    expect(new Set(keys('2027-01-10')).size).toBe(4);
    expect(keys('2027-01-11')).toEqual(keys('2027-01-10'));
    expect(keys('2027-01-10')[0]).toBe('winter-break:2027:3504:primary:7');
  });

  it('a festival beyond the table of lunar years has no notice', () => {
    expect(kinds('2037-01-10', [])).toEqual([]);
  });
});

describe('what the desk must be asked about', () => {
  const asked = (
    today: string,
    rows: readonly SchoolBreak[],
    stages: readonly Stage[] = ['primary', 'junior'],
  ) =>
    unconfirmedBreaks(day(today), rows, ['350499', '3504'], stages).map(
      ({ kind, year, stage }) => `${kind} ${String(year)} ${stage}`,
    );

  it.each([
    ['2026-11-30', []],
    ['2026-12-01', ['winter 2027 junior']],
    ['2027-02-20', ['winter 2027 junior']],
    ['2027-02-21', []],
    ['2027-06-01', ['summer 2027 primary', 'summer 2027 junior']],
    ['2027-08-26', []],
  ])('on %s: %j', (today, expected) => {
    expect(asked(today, [row()])).toEqual(expected);
  });

  it('a row nobody has compared with its source is asked about, and shown', () => {
    const entered = row({ verifiedOn: null });
    const [found] = unconfirmedBreaks(day('2026-12-01'), [entered], ['350499', '3504'], ['primary']);
    expect(found?.entered).toBe(entered);
  });

  it('a stage without a child is not asked about', () => {
    expect(asked('2026-12-01', [], [])).toEqual([]);
  });

  it.each([
    ['2026-11-23', 'winter', 2027],
    ['2027-01-23', 'winter', 2027],
    ['2027-03-23', 'summer', 2027],
    ['2027-09-01', 'winter', 2028],
  ])('on %s the next break is the %s of %s', (today, kind, year) => {
    expect(nextBreak(day(today))).toEqual({ kind, year });
  });
});
