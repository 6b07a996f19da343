import { describe, expect, test } from 'vitest';
import { findGaps } from '../../../server/roster/gaps.ts';
import { readAreas, readStaff, type ExistingStaff } from '../../../server/roster/read-roster.ts';
import { csvFile, sampleRows } from './sample-roster.ts';

const NO_STAFF: ExistingStaff = { staffNumbersByAccount: () => Promise.resolve(new Map()) };

async function sampleLevels() {
  const { rows } = await readAreas(csvFile(sampleRows('areas')));
  return new Map(rows.map(({ value }) => [value.code, value.level]));
}

async function areasWith(...more: string[][]) {
  return readAreas(csvFile([...sampleRows('areas'), ...more], 'areas.csv'));
}

async function staffWith(...more: string[][]) {
  return readStaff(csvFile([...sampleRows('staff'), ...more], 'staff.csv'), await sampleLevels(), NO_STAFF);
}

describe('areas', () => {
  test('come out from the province down, in whatever order they stand', async () => {
    const [header = [], ...rows] = sampleRows('areas');
    const { rows: taken, problems } = await readAreas(csvFile([header, ...rows.toReversed()]));
    expect(problems).toEqual([]);
    expect(taken.map(({ value }) => value.level)).toEqual([
      'province',
      'city',
      'county',
      'township',
      'village',
      'village',
    ]);
  });

  test.each([
    ['a code of seven digits', ['9902011', '西县', '县', '990200'], '区划代码', 'area-code-malformed'],
    ['a level nobody knows', ['990202', '西县', '旗盟', '990200'], '级别', 'level-unknown'],
    ['a township with a county code', ['990202', '西镇', '乡镇', '990201'], '级别', 'level-differs'],
    ['a village without a parent', ['990201001009', '西村', '村居', ''], '上级代码', 'parent-blank'],
    [
      'a village under a parent nobody knows',
      ['990201009009', '西村', '村居', '990201009'],
      '上级代码',
      'parent-unknown',
    ],
    [
      'a village right under its county',
      ['990201001009', '西村', '村居', '990201'],
      '上级代码',
      'parent-level',
    ],
    ['an area that is its own parent', ['990202', '西县', '县', '990202'], '上级代码', 'parent-level'],
    ['a code that is there already', ['990201', '西县', '县', '990200'], '区划代码', 'code-twice'],
    ['a name that is missing', ['990202', '', '县', '990200'], '名称', 'blank'],
  ])('%s is refused', async (_, row, column, code) => {
    const { problems, counts } = await areasWith(row);
    expect(problems).toMatchObject([{ row: 8, column, code }]);
    expect(counts).toEqual({ accepted: 6, flagged: 0, refused: 1 });
  });

  test('two areas that call each other parent are both refused', async () => {
    const { problems } = await areasWith(
      ['990202', '西县', '县', '990203'],
      ['990203', '北县', '县', '990202'],
    );
    expect(problems.map(({ row, code }) => [row, code])).toEqual([
      [8, 'parent-level'],
      [9, 'parent-unknown'],
    ]);
  });

  test('fall with the parent that is refused', async () => {
    const { problems } = await areasWith(
      ['990201009001', '西村', '村居', '990201009'],
      ['990201009', '西镇', '乡镇', '990299'],
    );
    expect(problems.map(({ row, code }) => [row, code])).toEqual([
      [8, 'parent-unknown'],
      [9, 'parent-unknown'],
    ]);
  });

  test('may hang under a parent that is stored already', async () => {
    const [header = []] = sampleRows('areas');
    const rows = [header, ['990201009', '西镇', '乡镇', '990201']];
    expect((await readAreas(csvFile(rows), new Map([['990201', 'county']]))).counts.accepted).toBe(1);
  });

  test('without a parent above the township, or with a code unlike it, are flagged', async () => {
    const { problems } = await areasWith(['990301', '西县', '县', ''], ['990302', '北县', '县', '990200']);
    expect(problems).toMatchObject([{ code: 'top-blank' }, { code: 'parent-prefix' }]);
  });
});

describe('the people who do the work', () => {
  test('are taken without a word', async () => {
    const { rows, problems } = await staffWith();
    expect(problems).toEqual([]);
    expect(rows.map(({ value }) => [value.name, value.role, value.phone])).toEqual([
      ['何月', 'county-desk', '10000000001'],
      ['沈安', 'supervisor', '10000000002'],
      ['丁岚', 'director', '10000000003'],
      ['古丽·买买提', 'director', '05991234567'],
    ]);
  });

  test('may have several villages', async () => {
    const { rows, problems } = await staffWith([
      'D3',
      '丁蓝',
      '儿童主任',
      '990201001001、990201001002',
      '10000000009',
      'd3',
    ]);
    expect(problems).toEqual([]);
    expect(rows.at(-1)?.value.areaCodes).toEqual(['990201001001', '990201001002']);
  });

  test.each([
    [
      'a role nobody knows',
      ['D3', '丁蓝', '网格员', '990201001001', '10000000009', 'd3'],
      '岗位',
      'role-unknown',
    ],
    [
      'an area nobody knows',
      ['D3', '丁蓝', '儿童主任', '990201001777', '10000000009', 'd3'],
      '区划代码',
      'area-unknown',
    ],
    [
      'a director of a township',
      ['D3', '丁蓝', '儿童主任', '990201001', '10000000009', 'd3'],
      '区划代码',
      'role-area-differs',
    ],
    [
      'a staff number that is there already',
      ['d1', '丁蓝', '儿童主任', '990201001001', '10000000009', 'd3'],
      '工号',
      'code-twice',
    ],
    [
      'an account that differs in case only',
      ['D3', '丁蓝', '儿童主任', '990201001001', '10000000009', 'TEST.Dir.1'],
      '企业微信账号',
      'account-twice',
    ],
    [
      'an account in Chinese',
      ['D3', '丁蓝', '儿童主任', '990201001001', '10000000009', '丁蓝'],
      '企业微信账号',
      'account-malformed',
    ],
    [
      'a phone too short',
      ['D3', '丁蓝', '儿童主任', '990201001001', '10086', 'd3'],
      '手机号',
      'phone-malformed',
    ],
  ])('%s is refused', async (_, row, column, code) => {
    const { problems, counts } = await staffWith(row);
    expect(problems.filter((problem) => problem.code === code)).toMatchObject([{ row: 6, column }]);
    expect(counts).toEqual({ accepted: 4, flagged: 0, refused: 1 });
  });

  test('without account or phone are flagged', async () => {
    const { problems, counts } = await staffWith(['D3', '丁蓝', '儿童主任', '990201001001', '', '']);
    expect(problems.map(({ code }) => code)).toEqual(['phone-blank', 'account-blank']);
    expect(counts.flagged).toBe(1);
  });

  test('do not take the account of a stored colleague', async () => {
    const existing = {
      staffNumbersByAccount: () =>
        Promise.resolve(
          new Map([
            ['test.dir.1', 'D9'],
            ['test.dir.2', 'D2'],
          ]),
        ),
    };
    const { problems } = await readStaff(csvFile(sampleRows('staff')), await sampleLevels(), existing);
    expect(problems).toMatchObject([{ row: 4, column: '企业微信账号', code: 'account-known' }]);
  });
});

describe('a place where nobody would be reached', () => {
  test('is found on every level', async () => {
    const areas = (await readAreas(csvFile(sampleRows('areas')))).rows.map(({ value }) => value);
    const staff = (await staffWith()).rows.map(({ value }) => value);
    expect(findGaps(areas, staff, 'staff.csv')).toEqual([]);
    const onlyOneDirector = staff.filter(({ staffNumber }) => staffNumber === 'D1');
    expect(findGaps(areas, onlyOneDirector, 'staff.csv').map(({ code, id, row }) => [code, id, row])).toEqual(
      [
        ['county-without-desk', '990201', null],
        ['township-without-supervisor', '990201001', null],
        ['village-without-director', '990201001002', null],
      ],
    );
  });
});
