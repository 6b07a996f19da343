import type { Rows, TableName } from '../store/generated/tables.ts';

/**
 * What a service decided, as data: rows to write and the revisions it relied on. The store commits a batch whole or
 * not at all. There is no interactive transaction anywhere (docs/decisions/0001).
 */
export type Write =
  | { readonly op: 'insert' | 'insert-once' | 'put'; readonly table: TableName; readonly row: object }
  | { readonly op: 'update'; readonly table: TableName; readonly id: string | number; readonly set: object };

/** The batch holds only if this row still has this revision. */
export interface Guard {
  readonly table: TableName;
  readonly id: string;
  readonly rev: number;
}

export interface Batch {
  readonly guards: readonly Guard[];
  readonly writes: readonly Write[];
}

/** A new row; the whole batch fails if its key exists. */
export function insert<T extends TableName>(table: T, row: Rows[T]): Write {
  return { op: 'insert', table, row };
}

/** A new row, or nothing where its key exists: what makes derived work happen once. */
export function insertOnce<T extends TableName>(table: T, row: Rows[T]): Write {
  return { op: 'insert-once', table, row };
}

/** A row by its primary key, new or replaced. */
export function put<T extends TableName>(table: T, row: Rows[T]): Write {
  return { op: 'put', table, row };
}

/** Some columns of the row with this primary key. */
export function update<T extends TableName>(table: T, id: string | number, set: Partial<Rows[T]>): Write {
  return { op: 'update', table, id, set };
}

/** Several batches as one. */
export function together(...batches: readonly Batch[]): Batch {
  return { guards: batches.flatMap((b) => b.guards), writes: batches.flatMap((b) => b.writes) };
}
