import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RosterProblem } from '../../../server/roster/problems.ts';
import { faultSentence, openReport, renderSummary, reportLine } from '../../../server/roster/report.ts';
import { RosterFileError } from '../../../server/roster/roster-file.ts';
import { FAULTS_EN, PROBLEMS_EN } from '../../../server/roster/sentences-en.ts';
import { FAULTS_ZH, PROBLEMS_ZH } from '../../../server/roster/sentences-zh.ts';

const twice: RosterProblem = {
  file: 'children.csv',
  row: 73,
  id: 'K1',
  column: '儿童编号',
  code: 'code-twice',
  detail: '2',
};

describe('the report of problems', () => {
  test('opens in a spreadsheet: byte order mark, header, one line a finding', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roster-report-'));
    const path = join(folder, 'report.csv');
    const report = await openReport(path, 'zh-CN');
    await report.add([twice]);
    await report.add([]);
    await report.add([{ ...twice, code: 'row-short', row: 81, column: '', detail: '' }]);
    await report.close();
    expect((await readFile(path, 'utf8')).split('\r\n')).toEqual([
      '\ufeff文件,行号,编号,列,级别,问题,怎么改',
      'children.csv,73,K1,儿童编号,拒绝,这个编号在第 2 行已经有了,看看是不是重复的一行，不是就换一个编号',
      'children.csv,81,K1,,拒绝,这一行的格数不够,对照表头把缺的格补上，没有内容的格留空',
      '',
    ]);
    expect((await stat(path)).mode & 0o077).toBe(0);
    await rm(folder, { recursive: true });
  });

  test.each(['=1+1', '+1', '-1', '@x', '\tx', '＝x'])(
    'a header that begins like a formula is made harmless: %j',
    (column) => {
      expect(reportLine({ ...twice, code: 'column-unknown', column }, 'zh-CN')).toContain(`,'${column},`);
    },
  );

  test('speaks English too', () => {
    expect(reportLine(twice, 'en')).toContain('refused,Row 2 already has this code');
  });

  test('fills in every blank of every sentence', () => {
    for (const table of [PROBLEMS_ZH, PROBLEMS_EN])
      for (const code of Object.keys(table) as (keyof typeof table)[])
        for (const language of ['zh-CN', 'en'] as const)
          expect(reportLine({ ...twice, code }, language)).not.toMatch(/[{}]|undefined/u);
    for (const fault of Object.keys(FAULTS_ZH) as (keyof typeof FAULTS_ZH)[])
      for (const language of ['zh-CN', 'en'] as const)
        expect(faultSentence(new RosterFileError(fault, 'a.csv', '3'), language)).not.toMatch(
          /[{}]|undefined/u,
        );
  });

  test('says the same blanks in both languages', () => {
    const blanks = (text: string): string[] => text.match(/\{\w+\}/gu)?.toSorted() ?? [];
    for (const code of Object.keys(PROBLEMS_ZH) as (keyof typeof PROBLEMS_ZH)[])
      expect(blanks(PROBLEMS_EN[code][0])).toEqual(blanks(PROBLEMS_ZH[code][0]));
    for (const fault of Object.keys(FAULTS_ZH) as (keyof typeof FAULTS_ZH)[])
      expect(blanks(FAULTS_EN[fault][0])).toEqual(blanks(FAULTS_ZH[fault][0]));
  });
});

test('the summary tells what was taken, flagged and refused in each file', () => {
  const files = [{ file: 'children.csv', counts: { accepted: 62, flagged: 3, refused: 15 } }];
  expect(renderSummary(files, 'zh-CN')).toBe('children.csv：收下 65 行，其中 3 行有提示；拒绝 15 行');
  expect(renderSummary(files, 'en')).toBe('children.csv: 65 rows taken, 3 of them with a note; 15 refused');
});
