import type { Write } from '../../server/services/batch.ts';
import { TABLES, type Column, type Rows, type TableName } from '../../server/store/generated/tables.ts';

/** Every table that holds rows. */
export const DATA_TABLES = (Object.keys(TABLES) as TableName[]).filter((table) => table !== 'RevisionGuard');

/** A row of any table with every column filled; `n` makes its keys its own. */
export function sampleRow<T extends TableName>(table: T, n: number, over: Partial<Rows[T]> = {}): Rows[T] {
  const cells = TABLES[table].filter((c) => !c.auto).map((c) => [c.name, sampleCell(table, c, n)] as const);
  return { ...(Object.fromEntries(cells) as unknown as Rows[T]), ...over };
}

function sampleCell(table: TableName, column: Column, n: number): string | number | boolean {
  if (column.type === 'Boolean') return n % 2 === 0;
  if (column.type === 'Int') return n;
  const [value] = column.values ?? [];
  return value ?? `${column.encrypted ? SECRET : OPEN}-${table}-${column.name}-${String(n)}`;
}

/** The beginning of every sample text that must never be readable in a database, and of every other one. */
export const SECRET = '绝密SECRET';
export const OPEN = '公开OPEN';

/** The write that inserts a row whose table is only known at run time. */
export function insertAny(table: TableName, row: object): Write {
  return { op: 'insert', table, row };
}

/** A batch that no database takes: a village of a kind that does not exist. */
export function refusedRow(code: string): Write {
  return { op: 'insert', table: 'Area', row: { ...sampleRow('Area', 1), code, kind: 'moon' } };
}
