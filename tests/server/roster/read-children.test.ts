import { describe, expect, test } from 'vitest';
import { severityOf } from '../../../server/roster/problems.ts';
import { reportLine } from '../../../server/roster/report.ts';
import { RosterFileError } from '../../../server/roster/roster-file.ts';
import { childCells, csvFile, identityNumber, NOBODY, readAllChildren, sampleRows } from './sample-roster.ts';

const header = sampleRows('children')[0] ?? [];

async function readOne(changes: Readonly<Record<string, string>>) {
  return readAllChildren(csvFile([header, childCells(changes)]));
}

describe('the sample table of children', () => {
  test('is taken whole, without a word', async () => {
    const { children, problems, counts } = await readAllChildren(csvFile(sampleRows('children')));
    expect(problems).toEqual([]);
    expect(counts).toEqual({ accepted: 3, flagged: 0, refused: 0 });
    expect(children[0]).toEqual({
      code: 'K1',
      name: '沈小禾',
      nickname: '阿禾',
      sex: 'female',
      bornOn: '2016-03-08',
      identityNumber: identityNumber('2016-03-08', 2),
      household: 'rural',
      categories: ['left-behind'],
      difficulties: [],
      sealed: [],
      tier: 'low',
      tierGiven: true,
      villageCode: '990201001001',
      address: '上坪1号',
      health: '健康',
      schooling: 'in-school',
      school: '东溪小学',
      grade: '四年级',
      boarder: null,
      guardian: {
        name: '沈建',
        relation: '父亲',
        phone: '10000000011',
        workplace: '广东东莞',
        awaySince: '2026-02-20',
      },
      carer: {
        name: '沈福',
        relation: '祖父',
        phone: '10000000012',
        careFrom: '2026-03-01',
        careUntil: '2027-02-28',
      },
      lastContactOn: '2026-10-10',
      lastVisitOn: '2026-09-09',
    });
    expect(children[2]).toMatchObject({
      name: '买买提·艾力',
      difficulties: ['poverty', 'disability'],
      address: '下坪街2号"后院", 二楼',
      carer: null,
    });
  });
});

const GIRL_2009 = identityNumber('2009-11-20', 2);

describe('a row with a mistake is refused, and the report says where', () => {
  test.each([
    ['a name that is missing', { 姓名: '' }, '姓名', 'blank'],
    ['a name that is a formula', { 姓名: '=HYPERLINK("x")' }, '姓名', 'cell-formula'],
    ['a name that is a full-width formula', { 姓名: '＝cmd' }, '姓名', 'cell-formula'],
    ['an address that is a formula', { 住址: '@SUM(A1)' }, '住址', 'cell-formula'],
    ['a school that begins with a tab', { 学校: '\t东溪小学' }, '学校', 'cell-formula'],
    ['a relation that begins with a minus', { 监护人关系: '-父亲' }, '监护人关系', 'cell-formula'],
    ['a spreadsheet error', { 学校: '#N/A' }, '学校', 'cell-error'],
    ['a name of forty characters', { 姓名: '沈'.repeat(40) }, '姓名', 'name-too-long'],
    ['an address without end', { 住址: '长'.repeat(201) }, '住址', 'cell-too-long'],
    ['an address that swallowed rows', { 住址: 'a\nb\nc\nd\ne\nf\ng' }, '住址', 'cell-too-long'],
    ['a month 13', { 出生日期: '2026-13-45' }, '出生日期', 'date-unreadable'],
    ['a birth to come', { 出生日期: '2031-01-01' }, '出生日期', 'date-in-future'],
    ['a grown-up', { 出生日期: '2008-11-23' }, '出生日期', 'grown-up'],
    ['17 digits', { 身份证号: '99900120160308002' }, '身份证号', 'identity-malformed'],
    ['a wrong check digit', { 身份证号: '999001201603080026' }, '身份证号', 'identity-check-digit'],
    [
      'another birthday in the number',
      { 身份证号: identityNumber('2016-03-09', 2) },
      '身份证号',
      'identity-birth-differs',
    ],
    ['another sex in the number', { 性别: '男' }, '身份证号', 'identity-sex-differs'],
    ['a number rounded by Excel', { 身份证号: '9.99001E+17' }, '身份证号', 'number-rounded'],
    ['a phone rounded by Excel', { 监护人手机号: '1.00E+10' }, '监护人手机号', 'number-rounded'],
    ['a tier that does not exist', { 风险等级: '极高' }, '风险等级', 'tier-unknown'],
    ['a village that does not exist', { 村居代码: '999999999999' }, '村居代码', 'village-unknown'],
    ['an unknown sex', { 性别: '未知' }, '性别', 'sex-unknown'],
    ['an unknown category', { 儿童类别: '优秀儿童' }, '儿童类别', 'category-unknown'],
    ['a short phone', { 监护人手机号: '12345' }, '监护人手机号', 'phone-malformed'],
    ['one bad phone of two', { 照护人手机号: '10000000012/12345' }, '照护人手机号', 'phone-malformed'],
    [
      'care that ended years ago',
      { 委托照护期限起: '', 委托照护期限止: '2020-01-01' },
      '委托照护期限止',
      'care-ended-long-ago',
    ],
    [
      'care that ends before it starts',
      { 委托照护期限止: '2026-02-28' },
      '委托照护期限止',
      'care-ends-before-start',
    ],
    ['a visit to come', { 上次走访日期: '2026-11-24' }, '上次走访日期', 'date-in-future'],
    ['a contact before the birth', { 上次联系日期: '2016-03-07' }, '上次联系日期', 'date-before-birth'],
    ['a code with spaces and words', { 儿童编号: '沈小禾' }, '儿童编号', 'code-malformed'],
    [
      'an identity number as a code',
      { 儿童编号: identityNumber('2016-03-08', 2) },
      '儿童编号',
      'code-personal',
    ],
  ])('%s', async (_, changes: Readonly<Record<string, string>>, column, code) => {
    const { children, problems, counts } = await readOne(changes);
    expect(children).toEqual([]);
    expect(counts).toEqual({ accepted: 0, flagged: 0, refused: 1 });
    expect(problems.map((problem) => [problem.row, problem.column, problem.code])).toEqual([
      [2, column, code],
    ]);
    expect(severityOf(problems[0]?.code ?? 'blank')).toBe('refused');
  });

  test('a row with too few cells, whatever is missing', async () => {
    const { problems, counts } = await readAllChildren(csvFile([header, ['K9', '少列'], childCells({})]));
    expect(problems).toMatchObject([{ row: 2, id: 'K9', column: '', code: 'row-short' }]);
    expect(counts).toEqual({ accepted: 1, flagged: 0, refused: 1 });
  });

  test('a row with more cells than the header, unless they are empty', async () => {
    const more = await readAllChildren(csvFile([header, [...childCells({}), '东溪']]));
    expect(more.problems).toMatchObject([{ code: 'row-long' }]);
    const empty = await readAllChildren(csvFile([header, [...childCells({}), '', ' ']]));
    expect(empty.counts.accepted).toBe(1);
  });
});

describe('a row with something odd is taken and flagged', () => {
  test.each([
    ['a digit in the name', { 姓名: ' ２班小明　' }, '姓名', 'name-digits', { name: '2班小明' }],
    ['a lost character in the name', { 姓名: '沈?' }, '姓名', 'name-unusual', { name: '沈?' }],
    ['no tier', { 风险等级: '' }, '风险等级', 'tier-blank', { tier: 'medium', tierGiven: false }],
    ['no identity number', { 身份证号: '无' }, '身份证号', 'identity-blank', { identityNumber: null }],
    [
      'left behind at 16',
      { 出生日期: '2009-11-20', 身份证号: GIRL_2009 },
      '出生日期',
      'left-behind-16',
      { bornOn: '2009-11-20' },
    ],
    [
      'left behind in a town',
      { 户籍性质: '非农业' },
      '户籍性质',
      'left-behind-urban',
      { household: 'urban' },
    ],
    ['an odd household', { 户籍性质: '蓝印' }, '户籍性质', 'household-unknown', { household: null }],
    ['an odd schooling', { 就学状况: '在家' }, '就学状况', 'schooling-unknown', { schooling: null }],
    [
      'in difficulty without saying which',
      { 儿童类别: '困境儿童' },
      '困境类型',
      'difficulty-blank',
      { difficulties: [] },
    ],
    [
      'a difficulty nobody knows',
      { 困境类型: '迷路' },
      '困境类型',
      'difficulty-unknown',
      { difficulties: ['other'] },
    ],
    ['no phone of the guardian', { 监护人手机号: '' }, '监护人手机号', 'phone-blank', {}],
    ['a phone without a name', { 监护人姓名: '' }, '监护人姓名', 'adult-name-blank', {}],
    [
      'two phones in one cell',
      { 监护人手机号: '10000000011、0599-1234567' },
      '监护人手机号',
      'phone-several',
      {},
    ],
    ['a departure to come', { 外出开始日期: '2026-12-01' }, '外出开始日期', 'away-in-future', {}],
    ['care that ended last month', { 委托照护期限止: '2026-10-31' }, '委托照护期限止', 'care-ended', {}],
  ])('%s', async (_, changes: Readonly<Record<string, string>>, column, code, values) => {
    const { children, problems, counts } = await readOne(changes);
    expect(problems.map((problem) => [problem.column, problem.code])).toEqual([[column, code]]);
    expect(counts).toEqual({ accepted: 0, flagged: 1, refused: 0 });
    expect(children[0]).toMatchObject(values);
  });

  test('a family without a guardian', async () => {
    const { children, problems } = await readOne({ 监护人姓名: '', 监护人手机号: '' });
    expect(problems).toMatchObject([{ code: 'guardian-blank' }]);
    expect(children[0]?.guardian).toBeNull();
  });

  test('a term of care without a carer', async () => {
    const { children, problems } = await readOne({ 照护人姓名: '', 照护人手机号: '' });
    expect(problems).toMatchObject([{ code: 'care-without-carer' }]);
    expect(children[0]?.carer).toBeNull();
  });
});

describe('a row that is only written differently is taken without a word', () => {
  test.each([
    ['a date in full-width signs', { 出生日期: '２０１６年３月８日' }, { bornOn: '2016-03-08' }],
    ['a phone with hyphens', { 监护人手机号: '100-0000-0011' }, {}],
    ['a phone with the country code', { 监护人手机号: '+86 100 0000 0011' }, {}],
    ['an identity number behind an apostrophe', { 身份证号: `'${identityNumber('2016-03-08', 2)}` }, {}],
    ['a village code with a tab before it', { 村居代码: '\t990201001001' }, { villageCode: '990201001001' }],
    ['a name spread out', { 姓名: '沈　小　禾' }, { name: '沈小禾' }],
    [
      'quotes, a comma and a line break in the address',
      { 住址: '幸福路1号"西侧",2单元\r\n后门' },
      { address: '幸福路1号"西侧",2单元 后门' },
    ],
    [
      'two categories',
      { 儿童类别: '农村留守儿童、困境儿童', 困境类型: '孤儿' },
      { categories: ['left-behind', 'in-difficulty'] },
    ],
    [
      '18 tomorrow',
      {
        出生日期: '2008-11-24',
        身份证号: identityNumber('2008-11-24', 2),
        儿童类别: '困境儿童',
        困境类型: '孤儿',
      },
      {},
    ],
    ['a visit today', { 上次走访日期: '2026-11-23' }, { lastVisitOn: '2026-11-23' }],
  ])('%s', async (_, changes: Readonly<Record<string, string>>, values) => {
    const { children, problems } = await readOne(changes);
    expect(problems).toEqual([]);
    expect(children[0]).toMatchObject(values);
    expect(children[0]?.guardian?.phone).toBe('10000000011');
  });
});

describe('a child is on the roster once', () => {
  const other = { 儿童编号: 'K7', 姓名: '沈小谷', 身份证号: identityNumber('2016-03-08', 4) };

  test('the later of two rows with one code is refused', async () => {
    const rows = [header, childCells({}), childCells({ ...other, 儿童编号: 'k1' })];
    const { problems } = await readAllChildren(csvFile(rows));
    expect(problems).toMatchObject([{ row: 3, column: '儿童编号', code: 'code-twice', detail: '2' }]);
  });

  test('the later of two rows with one identity number is refused', async () => {
    const { problems } = await readAllChildren(
      csvFile([header, childCells({}), childCells({ 儿童编号: 'K7' })]),
    );
    expect(problems).toMatchObject([
      { row: 3, id: 'K7', column: '身份证号', code: 'identity-twice', detail: '2' },
    ]);
  });

  test('a refused row does not keep a good one out', async () => {
    const rows = [header, childCells({ 风险等级: '极高' }), childCells({})];
    const { counts } = await readAllChildren(csvFile(rows));
    expect(counts).toEqual({ accepted: 1, flagged: 0, refused: 1 });
  });

  test('an identity number stored under another code is refused, under its own code it is not', async () => {
    const holder = (code: string) => ({
      ...NOBODY,
      codesByIdentityNumber: (numbers: readonly string[]) =>
        Promise.resolve(new Map(numbers.map((n) => [n, code]))),
    });
    const file = csvFile([header, childCells({})]);
    expect((await readAllChildren(file, holder('K8'))).problems).toMatchObject([{ code: 'identity-known' }]);
    expect((await readAllChildren(file, holder('K1'))).problems).toEqual([]);
  });

  test('a stored code is not given to a child of another birthday, but its number may be corrected', async () => {
    const stored = (number: string) => ({
      ...NOBODY,
      identityNumbersByCode: () => Promise.resolve(new Map([['K1', number]])),
      confirmedTiersByCode: () => Promise.resolve(new Map()),
    });
    const file = csvFile([header, childCells({})]);
    const other = await readAllChildren(file, stored(identityNumber('2014-05-06', 2)));
    expect(other.problems).toMatchObject([{ column: '儿童编号', code: 'code-other-child' }]);
    expect((await readAllChildren(file, stored(identityNumber('2016-03-08', 8)))).problems).toEqual([]);
  });

  test('the same name, birthday and village under another number is flagged', async () => {
    const rows = [header, childCells({}), childCells({ ...other, 姓名: '沈小禾' })];
    const { problems } = await readAllChildren(csvFile(rows));
    expect(problems).toMatchObject([{ row: 3, code: 'perhaps-twice', detail: '2' }]);
  });
});

describe('what is sealed stays out of the report', () => {
  test.each(['艾滋病病毒感染儿童', 'HIV感染', '家庭贫困、艾滋病病毒感染', '遭受性侵害'])(
    '%s',
    async (difficulty) => {
      const { children, problems } = await readOne({ 儿童类别: '困境儿童', 困境类型: difficulty });
      expect(problems).toEqual([]);
      expect(children[0]?.sealed).toHaveLength(1);
      expect(children[0]?.difficulties).not.toContain('other');
    },
  );

  test('an illness named under health is not kept in the open field', async () => {
    const { children, problems } = await readOne({ 健康状况: '艾滋病' });
    expect(problems).toEqual([]);
    expect(children[0]).toMatchObject({ health: '患病', sealed: ['hiv'] });
  });

  test('no finding shows what stands in a cell', async () => {
    const secret = '沈小禾秘密';
    const rows = header.map((_, place) =>
      childCells({}).map((cell, index) => (index === place ? `=${secret}10012345678` : cell)),
    );
    const { problems } = await readAllChildren(csvFile([header, ...rows]));
    expect(problems.length).toBeGreaterThanOrEqual(header.length);
    for (const problem of problems)
      for (const language of ['zh-CN', 'en'] as const) {
        expect(reportLine(problem, language)).not.toContain(secret);
        expect(reportLine(problem, language)).not.toContain('10012345678');
      }
  });
});

describe('the table itself', () => {
  test('may have its columns in any order, a title above, empty rows between and unknown columns', async () => {
    const rows = sampleRows('children').map((row, index) => [
      index === 0 ? '备注' : '好',
      ...row.toReversed(),
    ]);
    const [head = [], first = [], ...rest] = rows;
    const { children, problems, counts } = await readAllChildren(
      csvFile([['试验县儿童花名册'], head, first, [''], ...rest]),
    );
    expect(counts.accepted).toBe(3);
    expect(children.map(({ code }) => code)).toEqual(['K1', 'K2', 'K3']);
    expect(problems).toMatchObject([{ row: 2, column: '备注', code: 'column-unknown' }]);
  });

  test('may leave optional columns out', async () => {
    const keep = header.map((name) => !['上次联系日期', '上次走访日期', '小名'].includes(name));
    const rows = sampleRows('children').map((row) => row.filter((_, index) => keep[index]));
    const { children, problems } = await readAllChildren(csvFile(rows));
    expect(problems).toEqual([]);
    expect(children[0]).toMatchObject({ nickname: null, lastContactOn: null, lastVisitOn: null });
  });

  test.each([
    [
      'without a needed column',
      [header.filter((name) => name !== '性别'), childCells({})],
      'columns-missing',
      '性别',
    ],
    ['with a column twice', [[...header, '姓名'], childCells({})], 'column-twice', '姓名'],
    ['without any row', [['']], 'file-empty', ''],
  ])('%s cannot be processed', async (_, rows, fault, detail) => {
    const reading = readAllChildren(csvFile(rows));
    await expect(reading).rejects.toBeInstanceOf(RosterFileError);
    await expect(reading).rejects.toMatchObject({ fault, detail });
  });

  test('comes in chunks of 500, and a row has the number the spreadsheet shows', async () => {
    const rows = Array.from({ length: 1003 }, (_, n) =>
      childCells({
        儿童编号: `B${String(n)}`,
        姓名: n === 1001 ? '' : '沈小禾',
        身份证号: '',
        村居代码: '990201001002',
        住址: 'a\nb',
      }),
    );
    const { chunkSizes, problems } = await readAllChildren(csvFile([header, ...rows]));
    expect(chunkSizes).toEqual([500, 500, 2]);
    expect(problems.filter(({ code }) => code === 'blank')).toMatchObject([{ row: 1003, id: 'B1001' }]);
  });
});
