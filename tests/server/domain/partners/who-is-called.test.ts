import { describe, expect, it } from 'vitest';
import { parseLocalDate, type LocalDate } from '../../../../server/domain/local-date.ts';
import { nearest, type Directory } from '../../../../server/domain/partners/directory.ts';
import { HOTLINES } from '../../../../server/domain/partners/hotlines.ts';
import { isUnverified, type Partner, type PartnerKind } from '../../../../server/domain/partners/partner.ts';
import { partnersFor } from '../../../../server/domain/partners/who-is-called.ts';
import { REPORT_KINDS } from '../../../../server/domain/report/kinds.ts';

const day = (text: string): LocalDate => {
  const found = parseLocalDate(text);
  if (!found) throw new Error(text);
  return found;
};
const TODAY = day('2026-12-01');
const [VILLAGE, TOWNSHIP, COUNTY, CITY, PROVINCE] = [
  '990101001001',
  '990101001',
  '990101',
  '990100',
  '990000',
];

const office = (areaCode: string, kind: PartnerKind, name: string, more: Partial<Partner> = {}): Partner => ({
  areaCode,
  kind,
  name,
  phone: '10000000001',
  address: null,
  verifiedOn: TODAY,
  source: '电话核实',
  untilOn: null,
  ...more,
});
const around = (...partners: Partner[]): Directory => ({
  areas: [VILLAGE, TOWNSHIP, COUNTY, CITY, PROVINCE],
  partners,
  today: TODAY,
});
const WHOLE = around(
  office(COUNTY, 'police', '县公安局'),
  office(TOWNSHIP, 'police', '镇派出所'),
  office(COUNTY, 'civil-affairs', '县民政局'),
  office(COUNTY, 'education', '县教育局'),
  office(TOWNSHIP, 'school', '镇小学'),
  office(TOWNSHIP, 'hospital', '镇卫生院'),
  office(VILLAGE, 'village', '村委会'),
);
const called = (
  kind: Parameters<typeof partnersFor>[0]['kind'],
  dangerNow: 'yes' | 'no' | 'unknown' | null,
) =>
  partnersFor({ kind, dangerNow }, WHOLE).map((to) =>
    to.way === 'emergency' ? to.number : to.way === 'partner' ? to.partner.name : `?${to.receiver}`,
  );

describe('the numbers of an area', () => {
  it('are those of the nearest office: the village before the township, the township before the county', () => {
    expect(nearest(WHOLE, 'police').map((p) => p.name)).toEqual(['镇派出所']);
    expect(nearest(around(office(PROVINCE, 'hotline', '省热线')), 'hotline')).toHaveLength(1);
    expect(nearest(WHOLE, 'hotline')).toEqual([]);
  });

  it('leave out an office that has closed, and go one area up instead', () => {
    const closed = office(TOWNSHIP, 'police', '老派出所', { untilOn: day('2026-11-30') });
    const open = office(COUNTY, 'police', '县公安局');
    expect(nearest(around(closed, open), 'police')).toEqual([open]);
    const lastDay = { ...closed, untilOn: TODAY };
    expect(nearest(around(lastDay, open), 'police')).toEqual([lastDay]);
  });

  it('leave out the office of another area', () => {
    expect(nearest(around(office('990102001', 'police', '别处派出所')), 'police')).toEqual([]);
  });

  it.each([
    ['2025-11-30', false],
    ['2025-11-29', true],
    ['2026-12-01', false],
  ])('verified on %s, a number is marked a year later: %s', (on, marked) => {
    expect(isUnverified(day(on), TODAY)).toBe(marked);
  });

  it('of the country have a source each, and the one that is unread for Fujian is always marked', () => {
    expect(HOTLINES.map(({ number }) => number).sort()).toEqual(
      ['110', '119', '120', '12309', '12338', '12345', '12348', '12355', '12356'].sort(),
    );
    expect(HOTLINES.filter(({ verifiedOn }) => isUnverified(verifiedOn, TODAY)).map((h) => h.number)).toEqual(
      ['12345'],
    );
    expect(HOTLINES.every(({ source }) => source !== '')).toBe(true);
  });
});

describe('who is called about a report', () => {
  it.each([
    ['violence', 'yes', ['110', '镇派出所', '县民政局', '县教育局', '镇小学', '镇卫生院']],
    ['violence', null, ['110', '镇派出所', '县民政局', '县教育局', '镇小学', '镇卫生院']],
    ['violence', 'no', ['镇派出所', '县民政局', '县教育局', '镇小学', '镇卫生院']],
    ['self-harm', 'unknown', ['120', '镇卫生院', '镇派出所', '县民政局', '县教育局', '镇小学']],
    ['no-guardian', null, ['镇派出所', '县民政局', '村委会']],
    ['no-guardian', 'unknown', ['镇派出所', '县民政局', '村委会']],
    ['no-guardian', 'yes', ['110', '镇派出所', '县民政局', '村委会']],
    ['unattended', null, ['镇派出所', '县民政局', '县教育局', '镇小学', '村委会']],
    [null, null, ['110', '镇派出所', '县民政局', '县教育局', '镇小学']],
  ] as const)('%s, danger now %s: %j', (kind, dangerNow, expected) => {
    expect(called(kind, dangerNow)).toEqual(expected);
  });

  it('names a receiver nobody has entered a number for, of every kind', () => {
    for (const kind of REPORT_KINDS) {
      const calls = partnersFor({ kind, dangerNow: 'no' }, around());
      expect(calls.every(({ way }) => way === 'unknown')).toBe(true);
      expect(calls).toContainEqual({ way: 'unknown', receiver: 'police' });
    }
  });

  it('tells the school only where nobody of it is suspected, and everybody else without a condition', () => {
    const asked = partnersFor({ kind: 'violence', dangerNow: null }, WHOLE).flatMap((to) =>
      to.way === 'partner' && to.onlyIfNotSuspected ? [to.partner.kind] : [],
    );
    expect(asked).toEqual(['school']);
  });
});
