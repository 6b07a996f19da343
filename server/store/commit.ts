import type { Batch, Guard, Write } from '../services/batch.ts';
import type { Database } from './database.ts';
import type { TableName } from './generated/tables.ts';
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

type Row = Readonly<Record<string, unknown>>;

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
  const calls = statements.map(({ sql, json }) =>
    sql.startsWith('SELECT') ? client.$queryRawUnsafe(sql, json) : client.$executeRawUnsafe(sql, json),
  );
  try {
    await client.$transaction(calls);
  } catch (error) {
    throw isConflict(error) ? new StaleBatch(`a batch of ${provider} met a conflict`) : error;
  }
}

/** The rows a batch changes or relies on: two batches that share one are never written together. */
export function touchedRows(batch: Batch): readonly string[] {
  const changed = batch.writes.flatMap((w) => (w.op === 'update' ? [`${w.table}:${String(w.id)}`] : []));
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

function statementsOf({ provider }: Database, sealing: Sealing, batches: readonly Batch[]): Statement[] {
  const statements: Statement[] = [];
  for (const [table, guards] of grouped(unique(batches.flatMap((b) => b.guards)), (g) => g.table)) {
    if (provider === 'postgresql') statements.push(lockStatement(table, guards));
    statements.push(guardStatement(provider, table, guards));
  }
  const writes = batches.flatMap((b) => b.writes);
  for (const [, same] of grouped(writes, shapeOf)) {
    const [first] = same;
    if (first) statements.push(statementFor(provider, sealing, first.op, first.table, same));
  }
  return statements;
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
  const rows = writes.flatMap((w) =>
    w.op === 'update' ? [] : [sealing.sealRow(table, clean(w.row as Row))],
  );
  return insertStatement(
    provider,
    table,
    rows,
    op === 'insert' ? 'fail' : op === 'put' ? 'replace' : 'nothing',
  );
}

/** NUL cannot be stored as text on PostgreSQL; it is stripped at the door and, to be sure, here. */
function clean(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([k, v]) => [
      k,
      typeof v === 'string' && v.includes('\0') ? v.replaceAll('\0', '') : v,
    ]),
  );
}

/** Writes of one shape become one statement. Maps keep the order of first appearance. */
function shapeOf(write: Write): string {
  return write.op === 'update'
    ? `update ${write.table} ${Object.keys(write.set).join()}`
    : `${write.op} ${write.table}`;
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /RevisionGuard|CHECK constraint failed: ("?ok"?)|UNIQUE constraint failed|duplicate key value|23505|could not serialize|deadlock detected/i.test(
    `${codeOf(error)} ${error.message}`,
  );
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
