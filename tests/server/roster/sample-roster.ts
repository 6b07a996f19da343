import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import writeXlsxFile from 'write-excel-file/node';
import { parseLocalDate, type LocalDate } from '../../../server/domain/local-date.ts';
import type { ChildRow } from '../../../server/roster/check-child.ts';
import { checkDigitOf } from '../../../server/roster/identity-number.ts';
import { addCounts, NO_ROWS, type RosterProblem, type RowCounts } from '../../../server/roster/problems.ts';
import { readChildren, type ExistingChildren } from '../../../server/roster/read-children.ts';
import { rosterFileOf, type RosterFile } from '../../../server/roster/roster-file.ts';

/** Invented tables; identity numbers begin with 999, phone numbers with 100. */
export type Rows = readonly (readonly string[])[];

export function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new Error(`no such day: ${text}`);
  return date;
}

export const TODAY = day('2026-11-23');
export const VILLAGES = new Set(['990201001001', '990201001002']);
export const NOBODY: ExistingChildren = {
  codesByIdentityNumber: () => Promise.resolve(new Map()),
  identityNumbersByCode: () => Promise.resolve(new Map()),
  confirmedTiersByCode: () => Promise.resolve(new Map()),
};

/** The cells of one of the sample tables, the header first. */
export function sampleRows(name: 'areas' | 'staff' | 'children'): string[][] {
  const path = new URL(`../../fixtures/roster/${name}.csv`, import.meta.url);
  return parse(readFileSync(path), { bom: true });
}

export function csvText(rows: Rows): string {
  const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

export function csvFile(rows: Rows, label = 'children.csv'): RosterFile {
  return rosterFileOf(label, Buffer.from(csvText(rows)));
}

export function gb18030File(rows: Rows, chunkBytes?: number): RosterFile {
  return rosterFileOf('children.csv', iconv.encode(csvText(rows), 'gb18030'), chunkBytes);
}

type XlsxValue = string | number | Date;

/** A workbook of one sheet; texts stay texts, numbers numbers, days days. */
export async function xlsxFile(rows: readonly (readonly XlsxValue[])[]): Promise<RosterFile> {
  const cells = rows.map((row) => row.map(xlsxCell));
  return rosterFileOf('children.xlsx', await writeXlsxFile(cells).toBuffer());
}

function xlsxCell(value: XlsxValue) {
  if (value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  if (typeof value === 'string') return { value, type: String };
  return { value, type: Date, format: 'yyyy"年"m"月"d"日"' };
}

export interface ChildrenRead {
  readonly children: readonly ChildRow[];
  readonly problems: readonly RosterProblem[];
  readonly counts: RowCounts;
  readonly chunkSizes: readonly number[];
}

export async function readAllChildren(file: RosterFile, existing = NOBODY): Promise<ChildrenRead> {
  const children: ChildRow[] = [];
  const problems: RosterProblem[] = [];
  const chunkSizes: number[] = [];
  let counts = NO_ROWS;
  for await (const chunk of readChildren(file, { today: TODAY, villages: VILLAGES, existing })) {
    children.push(...chunk.rows.map(({ value }) => value));
    problems.push(...chunk.problems);
    counts = addCounts(counts, chunk.counts);
    chunkSizes.push(chunk.rows.length);
  }
  return { children, problems, counts, chunkSizes };
}

/** The first sample child as a row, with some cells changed. */
export function childCells(changes: Readonly<Record<string, string>>): string[] {
  const [header = [], first = []] = sampleRows('children');
  return header.map((name, index) => changes[name] ?? first[index] ?? '');
}

/** An invented identity number with a right check digit; an even order is a girl's. */
export function identityNumber(bornOn: string, order: number): string {
  const first17 = `999001${bornOn.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return `${first17}${checkDigitOf(first17) ?? ''}`;
}
