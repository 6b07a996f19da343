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

  /** All of it or nothing; a broken rule and a lost race in one batch are reported as the database meets them. */
  commit({ guards, writes }: Batch): 'written' | 'stale' | 'refused' {
    const holds = guards.every((g) => this.#tables.get(g.table)?.get(g.id)?.['rev'] === g.rev);
    if (!holds) return 'stale';
    const before = this.#tables;
    for (const write of writes) {
      const how = this.#apply(write);
      if (how === 'written') continue;
      this.#tables = before;
      return how;
    }
    return 'written';
  }

  /** All rows, in the order of their keys. */
  tables(): Record<string, Row[]> {
    const sorted = (rows: ReadonlyMap<string, Row>) =>
      [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    return Object.fromEntries([...this.#tables].map(([table, rows]) => [table, sorted(rows)]));
  }

  #apply(write: Write): 'written' | 'stale' | 'refused' {
    const rows = this.#tables.get(write.table) ?? new Map<string, Row>();
    if (write.op === 'update') {
      const row = rows.get(String(write.id));
      return row ? this.#keep(write.table, String(write.id), { ...row, ...kept(write.set) }) : 'written';
    }
    const row = kept(write.row);
    const id = String(row[this.#keyOf[write.table] ?? '']);
    if (!isAllowed(write.table, row)) return 'refused'; // looked at before the key is
    if (rows.has(id) && write.op === 'insert') return 'stale';
    return rows.has(id) && write.op === 'insert-once' ? 'written' : this.#keep(write.table, id, row);
  }

  #keep(table: TableName, id: string, row: Row): 'written' | 'refused' {
    if (!isAllowed(table, row)) return 'refused';
    const rows = new Map(this.#tables.get(table)).set(id, row);
    this.#tables = new Map(this.#tables).set(table, rows);
    return 'written';
  }
}

function isAllowed(table: TableName, row: Row): boolean {
  return TABLES[table].every(({ name, values }) => {
    const value = row[name];
    return values === null || value === null || values.includes(String(value));
  });
}

/** What the store keeps of a text. */
function kept(row: object): Row {
  const text = (value: unknown) =>
    typeof value === 'string' ? Buffer.from(value.replaceAll('\0', '')).toString() : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)]));
}
