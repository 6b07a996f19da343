import { selectStatement } from './statements.ts';
import type { Rows, TableName } from './generated/tables.ts';
import type { Store } from './store.ts';

/** What other columns hold; never null, which is equal to nothing in SQL and would silently find no row. */
type Same<Row> = { readonly [K in keyof Row]?: NonNullable<Row[K]> };

/**
 * The rows of a table in which a column holds one of these values, in the order of their keys; `same` names what other
 * columns hold, `columns` those to read (all of them where it is left out). As SQL whose text is the same however many
 * are asked for: a `findMany` of a whole group is planned anew by Prisma and by the database each time, which costs more
 * than the reading.
 */
export async function rowsIn<T extends TableName, C extends keyof Rows[T] & string = keyof Rows[T] & string>(
  { database }: Store,
  table: T,
  column: keyof Rows[T] & string,
  values: readonly (string | number)[],
  { columns, same }: { readonly columns?: readonly C[]; readonly same?: Same<Rows[T]> } = {},
): Promise<Pick<Rows[T], C>[]> {
  if (values.length === 0) return [];
  const among = { column, values: [...new Set(values)] };
  const which = { wanted: columns ?? null, same: same ?? {} };
  const { sql, parameters } = selectStatement(database.provider, table, among, which);
  return database.client.$queryRawUnsafe<Pick<Rows[T], C>[]>(sql, ...parameters);
}
