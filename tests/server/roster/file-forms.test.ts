import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RosterFileError, rosterFileAt, rosterFileOf } from '../../../server/roster/roster-file.ts';
import {
  childCells,
  csvFile,
  csvText,
  gb18030File,
  readAllChildren,
  sampleRows,
  xlsxFile,
} from './sample-roster.ts';

const rows = sampleRows('children');
const header = rows[0] ?? [];

describe('the same table', () => {
  test('reads the same from UTF-8, UTF-8 with a mark, GB18030 and XLSX', async () => {
    const { children } = await readAllChildren(csvFile(rows));
    expect(children).toHaveLength(3);
    const withMark = rosterFileOf('children.csv', Buffer.from(`\ufeff${csvText(rows)}`));
    for (const file of [withMark, gb18030File(rows), await xlsxFile(rows)])
      expect((await readAllChildren(file)).children).toEqual(children);
  });

  test.each([1, 2, 3, 7])('reads the same when it arrives %i bytes at a time', async (chunkBytes) => {
    const { children } = await readAllChildren(csvFile(rows));
    const utf8 = rosterFileOf('children.csv', Buffer.from(csvText(rows)), chunkBytes);
    expect((await readAllChildren(utf8)).children).toEqual(children);
    expect((await readAllChildren(gb18030File(rows, chunkBytes))).children).toEqual(children);
  });

  test('reads the same from cells that the spreadsheet keeps as days and numbers', async () => {
    const cells = rows.map((row, index) =>
      row.map((cell, place) => (index === 0 ? cell : typed(cell, header[place] ?? ''))),
    );
    const { children } = await readAllChildren(csvFile(rows));
    expect((await readAllChildren(await xlsxFile(cells))).children).toEqual(children);
  });

  test('an identity number kept as a number has lost its end and is refused', async () => {
    const cells = childCells({}).map((cell, place) => (header[place] === '身份证号' ? Number(cell) : cell));
    const { problems } = await readAllChildren(await xlsxFile([header, cells]));
    expect(problems).toMatchObject([{ row: 2, column: '身份证号', code: 'number-rounded' }]);
  });

  test('loses only the broken cell where one byte of a UTF-8 file is broken', async () => {
    const bytes = Buffer.from(csvText(rows));
    bytes[bytes.indexOf('沈小禾') + 1] = 0xff;
    const { children, problems } = await readAllChildren(rosterFileOf('children.csv', bytes));
    expect(problems).toMatchObject([{ row: 2, column: '姓名', code: 'cell-garbled' }]);
    expect(children.map(({ code }) => code)).toEqual(['K2', 'K3']);
  });
});

function typed(cell: string, column: string): string | number | Date {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(cell)) return new Date(`${cell}T00:00:00Z`);
  return column === '村居代码' || column.endsWith('手机号') ? Number(cell || Number.NaN) || '' : cell;
}

describe('a file that cannot be processed says why', () => {
  test.each([
    ['an empty file', Buffer.alloc(0), 'file-empty'],
    ['an old .xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'old-xls'],
    ['half an XLSX', Buffer.from('PK\u0003\u0004half'), 'xlsx-damaged'],
    ['a quote that never closes', Buffer.from(`${csvText(rows)}K5,"沈`), 'quote-not-closed'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'columns-missing'],
    ['a line without end', Buffer.from(`${csvText(rows)}${'长'.repeat(50_000)}`), 'record-too-long'],
  ])('%s', async (_, bytes, fault) => {
    await expect(readAllChildren(rosterFileOf('children.csv', bytes))).rejects.toMatchObject({ fault });
  });

  test('a file that is not there', async () => {
    await expect(rosterFileAt('/no/such/children.csv')).rejects.toMatchObject({
      fault: 'file-missing',
      file: 'children.csv',
    });
  });

  test('an XLSX over 50 MB', async () => {
    const huge = { ...rosterFileOf('children.xlsx', Buffer.from('PK\u0003\u0004')), sizeBytes: 60_000_000 };
    await expect(readAllChildren(huge)).rejects.toMatchObject({ fault: 'file-too-large' });
  });
});

describe('whatever the bytes', () => {
  async function readsOrSaysWhy(bytes: Uint8Array): Promise<void> {
    const outcome = await readAllChildren(rosterFileOf('children.csv', bytes, 13)).catch(
      (error: unknown) => error,
    );
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(RosterFileError);
    else expect(outcome).toHaveProperty('counts');
  }

  test('the reader reads them or says why it cannot', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), readsOrSaysWhy), { numRuns: 100 });
  });

  test('also behind a good header', async () => {
    const start = Buffer.from(csvText([header]));
    const bytes = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(bytes, (rest) => readsOrSaysWhy(Buffer.concat([start, rest]))),
      { numRuns: 100 },
    );
  });

  test('also behind the mark of a ZIP', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(bytes, (rest) => readsOrSaysWhy(Buffer.concat([Buffer.from('PK\u0003\u0004'), rest]))),
      { numRuns: 50 },
    );
  });

  test('every row is counted once', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('', '=1', '男', '2016-03-08', '高'),
    );
    const change = fc.dictionary(fc.constantFrom(...header), cell, { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        const table = [
          header,
          ...changes.map((changed, n) => childCells({ 儿童编号: `N${String(n)}`, ...changed })),
        ];
        const { counts, children } = await readAllChildren(csvFile(table));
        expect(counts.accepted + counts.flagged + counts.refused).toBe(changes.length);
        expect(children).toHaveLength(counts.accepted + counts.flagged);
      }),
      { numRuns: 100 },
    );
  });
});
