import type { Column } from './columns.ts';
import { looksPersonal } from './identity-number.ts';
import { cleanCell, cleanCode, cleanText, isRoundedNumber } from './normalise.ts';
import { severityOf, type ProblemCode, type RosterProblem } from './problems.ts';
import type { Table, TableRecord } from './read-table.ts';

const MANY_LINES = /(\n[^\n]*){6}/u; // a missing quote has swallowed the rows below

/** What was found about one row so far: all that is kept of it once its cells were read. */
export interface Findings<Key extends string> {
  readonly row: number;
  readonly problems: readonly RosterProblem[];
  readonly note: (key: Key | null, code: ProblemCode, detail?: string) => void;
  readonly refused: () => boolean;
}

/** One row under examination: its cells by column, and the findings about it so far. */
export interface Row<Key extends string> extends Findings<Key> {
  /** The findings alone, without the cells: of a whole province's rows only those stay in memory. */
  readonly findings: Findings<Key>;
  /** The cell as cleaned text; empty where it is blank or the column is absent. */
  readonly text: (key: Key) => string;
  /** The cell as it stands in the file. */
  readonly raw: (key: Key) => string;
  readonly has: (key: Key) => boolean;
}

/** A class, so that tens of thousands of them carry no closures of their own. */
class RowFindings<Key extends string> implements Findings<Key> {
  readonly row: number;
  readonly problems: RosterProblem[] = [];
  readonly #table: Pick<Table<Key>, 'label' | 'columns'>;
  readonly #id: string;

  constructor(table: Pick<Table<Key>, 'label' | 'columns'>, row: number, id: string) {
    this.#table = table;
    this.row = row;
    this.#id = id;
  }

  note(key: Key | null, code: ProblemCode, detail = ''): void {
    const { label, columns } = this.#table;
    const column = key === null ? '' : columns[key].header;
    this.problems.push({ file: label, row: this.row, id: this.#id, column, code, detail });
  }

  refused(): boolean {
    return this.problems.some((problem) => severityOf(problem.code) === 'refused');
  }
}

/** Lays a record out by column and makes the checks that hold for every cell. */
export function layOut<Key extends string>(
  table: Table<Key>,
  record: TableRecord,
  idKey: NoInfer<Key>,
): Row<Key> {
  const raw = (key: Key): string => record.cells[table.places.get(key) ?? -1] ?? '';
  const texts = new Map<Key, string>();
  const text = (key: Key): string => {
    const known = texts.get(key);
    if (known !== undefined) return known;
    const fresh = cleaned(raw(key), table.columns[key]);
    texts.set(key, fresh);
    return fresh;
  };
  const findings = new RowFindings(table, record.row, shownId(cleanCode(raw(idKey))));
  const row: Row<Key> = {
    findings,
    row: record.row,
    problems: findings.problems,
    text,
    raw,
    has: (key) => table.places.has(key),
    note: (key, code, detail) => findings.note(key, code, detail),
    refused: () => findings.refused(),
  };
  checkWidth(table, record, row);
  if (!row.refused()) checkCells(table, row);
  return row;
}

function cleaned(raw: string, column: Column): string {
  return column.kind === 'text' || column.kind === 'choice' ? cleanCell(raw) : cleanCode(raw);
}

/** A code is shown in the report only where it cannot be a person's number or name. */
function shownId(id: string): string {
  return /^[A-Za-z0-9_-]{1,32}$/u.test(id) && !looksPersonal(id) ? id : '';
}

function checkWidth<Key extends string>(table: Table<Key>, record: TableRecord, row: Row<Key>): void {
  if (record.cells.length < table.width) row.note(null, 'row-short');
  if (record.cells.slice(table.width).some((cell) => cleanText(cell) !== '')) row.note(null, 'row-long');
}

function checkCells<Key extends string>(table: Table<Key>, row: Row<Key>): void {
  for (const key of table.places.keys()) {
    const column = table.columns[key];
    const fault = faultOfCell(row.raw(key), row.text(key), column);
    if (fault) row.note(key, fault);
    else if (column.need === 'filled' && row.text(key) === '') row.note(key, 'blank');
  }
}

function faultOfCell(raw: string, text: string, column: Column): ProblemCode | null {
  if (raw.includes('\ufffd')) return 'cell-garbled';
  if (text.length > column.maxLength || MANY_LINES.test(raw)) return 'cell-too-long';
  if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)/iu.test(text)) return 'cell-error';
  if (column.kind === 'phone') return isRoundedNumber(text) ? 'number-rounded' : null;
  if (/^[=+\-@]/u.test(text)) return 'cell-formula';
  if (column.kind === 'text' || column.kind === 'choice')
    return text !== '' && /^[\t\r]/u.test(raw) ? 'cell-formula' : null;
  return column.kind === 'code' && isRoundedNumber(text) ? 'number-rounded' : null;
}
