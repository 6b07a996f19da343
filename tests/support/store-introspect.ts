import type { Client } from '../../server/store/database.ts';
import type { ColumnShape, TableShape } from './store-schema.ts';

interface FoundColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean | number | bigint;
  readonly auto: boolean | number | bigint;
  readonly key: boolean | number | bigint;
  readonly collation: string | null;
}

interface FoundIndex {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean | number | bigint;
  readonly columns: string;
}

interface FoundCheck {
  readonly table: string;
  readonly text: string;
}

/** The tables of a SQLite file as SQLite describes them. */
export async function sqliteTables(client: Client): Promise<ReadonlyMap<string, TableShape>> {
  const tables = `sqlite_schema AS s WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite%'`;
  const columns = await client.$queryRawUnsafe<FoundColumn[]>(
    `SELECT s.name AS "table", c.name, c.type, NOT c."notnull" AS nullable, c.pk > 0 AS key, 'C' AS collation,
       c.pk > 0 AND instr(s.sql, 'AUTOINCREMENT') > 0 AS auto
     FROM pragma_table_info(s.name) AS c, ${tables} ORDER BY s.name, c.cid`,
  );
  const indexes = await client.$queryRawUnsafe<FoundIndex[]>(
    `SELECT s.name AS "table", i.name, i."unique",
       (SELECT group_concat(x.name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) AS x) AS columns
     FROM pragma_index_list(s.name) AS i, ${tables} AND i.origin = 'c'`,
  );
  const checks = await client.$queryRawUnsafe<FoundCheck[]>(
    `SELECT s.name AS "table", s.sql AS text FROM ${tables}`,
  );
  return shapesOf(columns, indexes, checks, /CHECK \("(\w+)" IN \(([^)]*)\)\)/g);
}

/** The tables of a PostgreSQL database as its catalogue describes them. */
export async function postgresTables(client: Client): Promise<ReadonlyMap<string, TableShape>> {
  const columns = await client.$queryRawUnsafe<FoundColumn[]>(
    `SELECT c.table_name::text AS "table", c.column_name::text AS name, c.data_type::text AS type, c.is_nullable = 'YES' AS nullable,
       c.column_default IS NOT NULL AND c.column_default LIKE 'nextval(%' AS auto, c.collation_name::text AS collation,
       EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
         WHERE i.indisprimary AND i.indrelid = format('%I', c.table_name)::regclass AND a.attname = c.column_name) AS key
     FROM information_schema.columns c WHERE c.table_schema = 'public' ORDER BY c.table_name, c.ordinal_position`,
  );
  const indexes = await client.$queryRawUnsafe<FoundIndex[]>(
    `SELECT t.relname::text AS "table", n.relname::text AS name, i.indisunique AS "unique",
       (SELECT string_agg(a.attname::text, ',' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place)
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number) AS columns
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
     WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary`,
  );
  const checks = await client.$queryRawUnsafe<FoundCheck[]>(
    `SELECT t.relname::text AS "table", pg_get_constraintdef(k.oid) AS text FROM pg_constraint k
     JOIN pg_class t ON t.oid = k.conrelid WHERE k.contype = 'c' AND t.relnamespace = 'public'::regnamespace`,
  );
  return shapesOf(columns, indexes, checks, /\("?(\w+)"? = ANY \(ARRAY\[([^\]]*)\]\)/g);
}

function shapesOf(
  columns: readonly FoundColumn[],
  indexes: readonly FoundIndex[],
  checks: readonly FoundCheck[],
  listed: RegExp,
): ReadonlyMap<string, TableShape> {
  const shape = (table: string): TableShape => {
    const own = columns.filter((c) => c.table === table);
    const made = indexes.filter((i) => i.table === table);
    const lists = checks.filter((c) => c.table === table).flatMap((c) => [...c.text.matchAll(listed)]);
    const valuesOf = (name: string) => lists.find(([, column]) => column === name)?.[2] ?? null;
    return {
      columns: own.map((c) => columnOf(c, valuesOf(c.name))),
      key: own.filter((c) => Boolean(c.key)).map((c) => c.name),
      uniques: made
        .filter((i) => Boolean(i.unique))
        .map((i) => i.columns)
        .sort(),
      indexes: made
        .filter((i) => !i.unique)
        .map((i) => i.columns)
        .sort(),
      indexNames: made.map((i) => i.name).sort(),
    };
  };
  return new Map([...new Set(columns.map((c) => c.table))].map((table) => [table, shape(table)]));
}

const TYPES: Readonly<Record<string, ColumnShape['type']>> = {
  TEXT: 'String',
  INTEGER: 'Int',
  BOOLEAN: 'Boolean',
  text: 'String',
  integer: 'Int',
  boolean: 'Boolean',
};

function columnOf({ name, type, nullable, auto, collation }: FoundColumn, list: string | null): ColumnShape {
  const known = TYPES[type];
  const sortsByBytes = known !== 'String' || collation === 'C';
  return {
    name: sortsByBytes ? name : `${name} does not sort by bytes`,
    type: known ?? (type as ColumnShape['type']),
    nullable: Boolean(nullable),
    auto: Boolean(auto),
    values: list === null ? null : [...list.matchAll(/'([^']*)'/g)].map(([, value = '']) => value),
  };
}
