import type { Batch, Write } from '../../server/services/batch.ts';
import { TABLES, type TableName } from '../../server/store/generated/tables.ts';

type Row = Readonly<Record<string, unknown>>;
type Tables = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** What a batch means, said once more in memory: the two databases are held against it. */
export class ModelStore {
  readonly #keyOf: Readonly<Record<string, string>>;
  #tables: Tables;

  constructor(keyOf: Readonly<Record<string, string>>) {
    this.#keyOf = keyOf;
    this.#tables = new Map(Object.keys(keyOf).map((table) => [table, new Map()]));
  }

  /** All of it or nothing; false for nothing. */
  commit({ guards, writes }: Batch): boolean {
    const before = this.#tables;
    const holds = guards.every((g) => before.get(g.table)?.get(g.id)?.rev === g.rev);
    if (holds && writes.every((write) => this.#apply(write))) return true;
    this.#tables = before;
    return false;
  }

  /** All rows, in the order of their keys. */
  tables(): Record<string, Row[]> {
    const sorted = (rows: ReadonlyMap<string, Row>) =>
      [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    return Object.fromEntries([...this.#tables].map(([table, rows]) => [table, sorted(rows)]));
  }

  #apply(write: Write): boolean {
    const rows = this.#tables.get(write.table) ?? new Map<string, Row>();
    if (write.op === 'update') {
      const row = rows.get(String(write.id));
      return !row || this.#keep(write.table, String(write.id), { ...row, ...kept(write.set) });
    }
    const row = kept(write.row);
    const id = String(row[this.#keyOf[write.table] ?? '']);
    if (rows.has(id) && write.op === 'insert') return false;
    if (rows.has(id) && write.op === 'insert-once') return isAllowed(write.table, row);
    return this.#keep(write.table, id, row);
  }

  #keep(table: TableName, id: string, row: Row): boolean {
    const rows = new Map(this.#tables.get(table)).set(id, row);
    this.#tables = new Map(this.#tables).set(table, rows);
    return isAllowed(table, row);
  }
}

function isAllowed(table: TableName, row: Row): boolean {
  return TABLES[table].every(({ name, values }) => {
    const value = row[name];
    return values === null || value === null || values.includes(value as string);
  });
}

/** What the store keeps of a text. */
function kept(row: object): Row {
  const text = (value: unknown) =>
    typeof value === 'string' ? Buffer.from(value.replaceAll('\0', '')).toString() : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)]));
}
