import type { ColumnSet } from './columns.ts';
import type { RosterProblem } from './problems.ts';
import { cleanText } from './normalise.ts';
import { readCsvRecords } from './read-csv.ts';
import { readXlsxRecords } from './read-xlsx.ts';
import { formOf, RosterFileError, type RosterFile } from './roster-file.ts';
import { breathe } from './slices.ts';

const HEADER_WITHIN_ROWS = 10; // a title and a date often stand above the header
const LONGEST_HEADER_SHOWN = 20;
/** A piece of a file holds hundreds of rows and is read without a pause: others get theirs after so many. */
const ROWS_A_BREATH = 200;

/** A limit that no county reaches; it stops a wrong file before it fills the disk. */
export const MAX_ROWS = 200_000;

export interface TableRecord {
  /** As a spreadsheet shows it. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface Table<Key extends string> {
  readonly label: string;
  readonly columns: ColumnSet<Key>;
  /** Where each known column stands. */
  readonly places: ReadonlyMap<Key, number>;
  /** How many cells a row has. */
  readonly width: number;
  readonly problems: readonly RosterProblem[];
  readonly records: AsyncGenerator<TableRecord>;
}

/**
 * Finds the header of a table, whatever the order of its columns, and hands out the rows below it.
 * Throws RosterFileError where a needed column is missing or stands there twice.
 */
export async function openTable<Key extends string>(
  file: RosterFile,
  columns: ColumnSet<Key>,
): Promise<Table<Key>> {
  if (file.sizeBytes === 0) throw new RosterFileError('file-empty', file.label);
  const records = numbered(await recordsOf(file), file.label);
  const header = await findHeader(records, file.label, columns).catch(async (error: unknown) => {
    await records.return(undefined); // closes the file
    throw error;
  });
  const places = placesOf(header.cells, columns, file.label);
  const width = header.cells.findLastIndex((cell) => headerText(cell) !== '') + 1;
  const problems = unknownColumns(header, columns, file.label);
  return { label: file.label, columns, places, width, problems, records };
}

async function recordsOf(file: RosterFile): Promise<AsyncGenerator<readonly string[]>> {
  const form = await formOf(file);
  if (form === 'old-xls') throw new RosterFileError('old-xls', file.label);
  return form === 'xlsx' ? readXlsxRecords(file) : readCsvRecords(file);
}

async function* numbered(
  records: AsyncGenerator<readonly string[]>,
  label: string,
): AsyncGenerator<TableRecord> {
  let row = 0;
  for await (const cells of records) {
    row += 1;
    if (row % ROWS_A_BREATH === 0) await breathe();
    if (row > MAX_ROWS) throw new RosterFileError('too-many-rows', label, String(MAX_ROWS));
    if (cells.some((cell) => cleanText(cell) !== '')) yield { row, cells };
  }
}

async function findHeader<Key extends string>(
  records: AsyncGenerator<TableRecord>,
  label: string,
  columns: ColumnSet<Key>,
): Promise<TableRecord> {
  let fewestMissing: readonly string[] | null = null;
  for (;;) {
    const next = await records.next();
    if (next.done === true || next.value.row > HEADER_WITHIN_ROWS) break;
    const missing = missingHeaders(next.value, columns);
    if (missing.length === 0) return next.value;
    if (!fewestMissing || missing.length < fewestMissing.length) fewestMissing = missing;
  }
  if (!fewestMissing) throw new RosterFileError('file-empty', label);
  throw new RosterFileError('columns-missing', label, fewestMissing.join('、'));
}

/** "出生日期（必填）*" is the column 出生日期. */
function headerText(cell: string): string {
  return cleanText(cell)
    .replace(/\s/gu, '')
    .replace(/\*|\((必填|选填|可不填)\)/gu, '');
}

function missingHeaders<Key extends string>(record: TableRecord, columns: ColumnSet<Key>): readonly string[] {
  const present = new Set(record.cells.map(headerText));
  return columnsOf(columns)
    .filter(([, column]) => column.need !== 'optional' && !present.has(column.header))
    .map(([, column]) => column.header);
}

function placesOf<Key extends string>(
  header: readonly string[],
  columns: ColumnSet<Key>,
  label: string,
): ReadonlyMap<Key, number> {
  const names = header.map(headerText);
  const places = new Map<Key, number>();
  for (const [key, column] of columnsOf(columns)) {
    const place = names.indexOf(column.header);
    if (place < 0) continue;
    if (names.lastIndexOf(column.header) !== place)
      throw new RosterFileError('column-twice', label, column.header);
    places.set(key, place);
  }
  return places;
}

function unknownColumns<Key extends string>(
  header: TableRecord,
  columns: ColumnSet<Key>,
  label: string,
): RosterProblem[] {
  const known = new Set(columnsOf(columns).map(([, column]) => column.header));
  const unknown = header.cells.map(headerText).filter((name) => name !== '' && !known.has(name));
  return unknown.map((name) => ({
    file: label,
    row: header.row,
    id: '',
    column: name.slice(0, LONGEST_HEADER_SHOWN),
    code: 'column-unknown',
    detail: '',
  }));
}

function columnsOf<Key extends string>(columns: ColumnSet<Key>): [Key, ColumnSet<Key>[Key]][] {
  return Object.entries(columns) as [Key, ColumnSet<Key>[Key]][];
}
