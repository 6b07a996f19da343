import type { Batch } from '../services/batch.ts';
import { type Database, openDatabase } from './database.ts';
import type { Rows, TableName } from './generated/tables.ts';
import { migrate } from './migrations.ts';
import type { Sealing } from './sealing.ts';
import { WriteLane, type LaneTimers } from './write-lane.ts';

/** So many opened names are remembered, a few megabytes, and forgotten together. */
const NAMES_LIMIT = 20_000;

/** The only door to the database: reads by Prisma, writes by batches, personal columns opened here and nowhere else. */
export class Store {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly lane: WriteLane;
  readonly #names = new Map<string, { readonly boundTo: string; readonly name: string }>();

  constructor(database: Database, sealing: Sealing, timers: LaneTimers) {
    this.database = database;
    this.sealing = sealing;
    this.lane = new WriteLane(database, sealing, timers);
  }

  /** The Prisma client, for the reading files of this folder. */
  get client(): Database['client'] {
    return this.database.client;
  }

  /** Writes all of it or nothing; see `write-lane.ts`. */
  commit(batch: Batch, options: { readonly urgent?: boolean } = {}): Promise<void> {
    return this.lane.commit(batch, options);
  }

  /** A row with its personal columns readable. */
  open<T extends TableName>(table: T, row: Rows[T]): Rows[T] {
    return this.sealing.openRow(table, row);
  }

  /** One personal column of a row that was read in part. */
  openText(table: TableName, column: string, id: string, sealed: string): string {
    return this.sealing.open(sealed, `${table}.${column}.${id}`);
  }

  /** A name of such a row: every turn of a director asks for those of the same children again. */
  openName(table: TableName, column: 'name' | 'nickname', id: string, sealed: string): string {
    const boundTo = `${table}.${column}.${id}`;
    const known = this.#names.get(sealed);
    if (known?.boundTo === boundTo) return known.name;
    const name = this.sealing.open(sealed, boundTo);
    if (this.#names.size >= NAMES_LIMIT) this.#names.clear();
    this.#names.set(sealed, { boundTo, name });
    return name;
  }

  async close(): Promise<void> {
    await this.lane.idle();
    await this.database.close();
  }
}

/** Opens the database, brings it to the newest migration, and gives the store. */
export async function openStore(
  url: string,
  sealing: Sealing,
  timers: LaneTimers,
  newId: () => string,
): Promise<Store> {
  const database = await openDatabase(url);
  await migrate(database, newId);
  return new Store(database, sealing, timers);
}
