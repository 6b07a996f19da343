import { z } from 'zod';
import type { Batch, Guard, Write } from '../services/batch.ts';
import type { Database } from './database.ts';
import { TABLES, type TableName } from './generated/tables.ts';
import { grouped } from './grouped.ts';
import type { Sealing } from './sealing.ts';
import {
  guardStatement,
  insertStatement,
  lockStatement,
  updateStatement,
  type Statement,
} from './statements.ts';

/** Somebody changed a row this batch relied on, or made a key it wanted: read again, decide again. */
export class StaleBatch extends Error {}

/** The database would not take a batch; says the code and the rule that was broken, never a value of a row. */
export class RefusedBatch extends Error {}

type Row = Readonly<Record<string, unknown>>;

const cause = z.object({ originalCode: z.string(), originalMessage: z.string() });
const driverError = z.object({ meta: z.object({ driverAdapterError: z.object({ cause }) }) });

const UNSTORABLE = /[\0\p{Surrogate}]/u;

const PRIMARY_KEY = new Map(
  Object.entries(TABLES).map(([table, columns]) => [table as TableName, columns.find((c) => c.id)?.name]),
);

/**
 * Writes batches that share no row as one array-form transaction. Prisma's interactive transactions lose acknowledged
 * writes on this adapter and are used nowhere (docs/decisions/0001).
 */
export async function commitTogether(
  database: Database,
  sealing: Sealing,
  batches: readonly Batch[],
): Promise<void> {
  const { client, provider } = database;
  const statements = statementsOf(database, sealing, batches);
  if (statements.length === 0) return;
  const calls = statements.map(({ sql, parameters }) =>
    sql.startsWith('SELECT')
      ? client.$queryRawUnsafe(sql, ...parameters)
      : client.$executeRawUnsafe(sql, ...parameters),
  );
  try {
    // One statement is all or nothing by itself; opening a transaction around it doubles what it costs.
    const [only, ...more] = calls;
    if (only && more.length === 0) await only;
    else await client.$transaction(calls);
  } catch (error) {
    throw isConflict(error) ? new StaleBatch(`a batch of ${provider} met a conflict`) : withoutRow(error);
  }
}

/** The rows a batch changes or relies on: two batches that share one are never written together. */
export function touchedRows(batch: Batch): readonly string[] {
  const changed = batch.writes.flatMap((w) => (w.op === 'update' || w.op === 'put' ? (rowOf(w) ?? []) : []));
  // The lease is read by everybody and changed by nobody who writes: it keeps no two batches apart.
  const guarded = batch.guards.filter((g) => g.table !== 'Lease').map((g) => `${g.table}:${g.id}`);
  return [...guarded, ...changed];
}

/** SQLite could not get the lock within its short timeout; the caller waits without blocking and tries again. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    (codeOf(error) === 'P1008' || /database is locked|SQLITE_BUSY|SocketTimeout/.test(error.message))
  );
}

/** PostgreSQL repeats the whole row in the details of its refusal; an error travels into logs, so it goes without. */
function withoutRow(error: unknown): unknown {
  const refusal = driverError.safeParse(error);
  if (!refusal.success || isBusy(error)) return error;
  const { originalCode, originalMessage } = refusal.data.meta.driverAdapterError.cause;
  const rule = /^23|^SQLITE_CONSTRAINT/.test(originalCode) ? `: ${originalMessage}` : '';
  return new RefusedBatch(`the database refused a batch (${originalCode}${rule})`);
}

function statementsOf({ provider }: Database, sealing: Sealing, batches: readonly Batch[]): Statement[] {
  const statements: Statement[] = [];
  const guarded = grouped(unique(batches.flatMap((b) => b.guards)), (g) => g.table);
  // Always in the same order, so that two processes do not wait for each other's rows for ever.
  for (const [table, guards] of [...guarded].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (provider === 'postgresql') statements.push(lockStatement(table, guards));
    statements.push(guardStatement(provider, table, guards));
  }
  for (const same of inStatements(batches.flatMap((b) => b.writes))) {
    const [first] = same;
    if (first) statements.push(statementFor(provider, sealing, first.op, first.table, same));
  }
  return statements;
}

/** Writes of one shape become one statement, and writes of one row stay in their order. */
function inStatements(writes: readonly Write[]): readonly (readonly Write[])[] {
  if (areAlike(writes)) return [writes];
  const statements: Write[][] = [];
  const latestOfShape = new Map<string, number>();
  const latestOfRow = new Map<string, number>();
  for (const write of writes) {
    const [shape, row] = [shapeOf(write), rowOf(write)];
    const open = latestOfShape.get(shape) ?? -1;
    const joins = open > (row === null ? -1 : (latestOfRow.get(row) ?? -1));
    const at = joins ? open : statements.push([]) - 1;
    statements[at]?.push(write);
    latestOfShape.set(shape, at);
    if (row !== null) latestOfRow.set(row, at);
  }
  return statements;
}

/** Whether these are inserts into one table, as most large batches are: their rows need no comparing. */
function areAlike(writes: readonly Write[]): boolean {
  const [first] = writes;
  if (first?.op !== 'insert' && first?.op !== 'insert-once') return false;
  return writes.every(({ op, table }) => op === first.op && table === first.table);
}

/** The row a write is about; null where the database counts the key. */
function rowOf(write: Write): string | null {
  if (write.op === 'update') return `${write.table}:${String(write.id)}`;
  const key = (write.row as Row)[PRIMARY_KEY.get(write.table) ?? ''];
  return typeof key === 'string' || typeof key === 'number' ? `${write.table}:${String(key)}` : null;
}

function unique(guards: readonly Guard[]): readonly Guard[] {
  return [...new Map(guards.map((g) => [`${g.table}:${g.id}:${String(g.rev)}`, g])).values()];
}

function statementFor(
  provider: Database['provider'],
  sealing: Sealing,
  op: Write['op'],
  table: TableName,
  writes: readonly Write[],
): Statement {
  if (op === 'update') {
    const changes = writes.flatMap((w) =>
      w.op === 'update' ? [{ id: w.id, set: sealing.sealRow(table, clean(w.set as Row), String(w.id)) }] : [],
    );
    return updateStatement(provider, table, changes);
  }
  const rows: Row[] = [];
  for (const w of writes) if (w.op !== 'update') rows.push(sealing.sealRow(table, clean(w.row as Row)));
  return insertStatement(
    provider,
    table,
    rows,
    op === 'insert' ? 'fail' : op === 'put' ? 'replace' : 'nothing',
  );
}

/** NUL and halves of a character cannot be stored as text on PostgreSQL; stripped at the door and, to be sure, here. */
function clean(row: Row): Row {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'string' && UNSTORABLE.test(value)) return cleaned(row);
  }
  return row;
}

function cleaned(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([k, v]) => [k, typeof v === 'string' ? storable(v) : v]),
  );
}

function storable(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

function shapeOf(write: Write): string {
  return write.op === 'update'
    ? `update ${write.table} ${Object.keys(write.set).join()}`
    : `${write.op} ${write.table}`;
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /RevisionGuard|CHECK constraint failed: ("?ok"?)|UNIQUE constraint failed|duplicate key value|23505|could not serialize|deadlock detected|P2034|40001|40P01/i.test(
    `${codeOf(error)} ${error.message}`,
  );
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
