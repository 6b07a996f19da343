import { DEFAULT_RETENTION_POLICY, erasable, erasedBefore, type KeptBody } from '../domain/retention.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { Batch, Write } from '../services/batch.ts';

/** Rows per slice and commit: small enough to leave room for urgent work in between. */
const SLICE = 500;

/** Where words are kept on their way: what was said and what was answered. A phone's own memory is not ours to erase. */
const BODY_TABLES = ['Inbox', 'Outbox'] as const;
export type BodyTable = (typeof BODY_TABLES)[number];

export interface ErasurePorts {
  today(): LocalDate;
  /** The last day on which everything old was erased. */
  doneOn(): Promise<LocalDate | null>;
  doneWrite(today: LocalDate): Write;
  /** The key up to which a table is settled for ever; null at the beginning. */
  settledThrough(table: BodyTable): Promise<string | null>;
  settledWrite(table: BodyTable, key: string): Write;
  /** Rows after a key, in the order of their keys. */
  rowsAfter(table: BodyTable, key: string | null, limit: number): Promise<readonly KeptBody[]>;
  eraseWrite(table: BodyTable, key: string): Write;
  commit(batch: Batch): Promise<void>;
}

/** Where a day's erasing stands; a restart begins the day again and finds most of it done. */
interface Place {
  readonly today: LocalDate;
  readonly table: number;
  readonly after: string | null;
  /** Nothing that waits has been passed in this table, so that its settled part still grows. */
  readonly isSettling: boolean;
}

/**
 * Once a business day: erases the bodies of messages that are done with and old, a slice at a time, so that pages and
 * answers go in between. Rows, keys and hashes stay. What still waits is never touched, nor a turn that failed.
 */
export class BodyErasure {
  readonly #ports: ErasurePorts;
  #place: Place | null = null;

  constructor(ports: ErasurePorts) {
    this.#ports = ports;
  }

  /** One slice; how many slices were done: 0 or 1. */
  async run(): Promise<number> {
    const today = this.#ports.today();
    if (this.#place?.today !== today) {
      if ((await this.#ports.doneOn()) === today) return 0;
      this.#place = await this.#begin(today, 0);
    }
    const place = this.#place;
    const table = BODY_TABLES[place.table];
    if (table === undefined) return this.#finish(today);
    const rows = await this.#ports.rowsAfter(table, place.after, SLICE);
    const slice = erasable(rows, erasedBefore(today, DEFAULT_RETENTION_POLICY));
    const last = rows.at(-1)?.key ?? null;
    const settled = place.isSettling ? slice.settledThrough : null;
    const writes = [
      ...slice.erase.map((key) => this.#ports.eraseWrite(table, key)),
      ...(settled === null ? [] : [this.#ports.settledWrite(table, settled)]),
    ];
    if (writes.length > 0) await this.#ports.commit({ guards: [], writes });
    this.#place = slice.isLast
      ? await this.#begin(today, place.table + 1)
      : { ...place, after: last, isSettling: settled !== null && settled === last };
    return 1;
  }

  async #begin(today: LocalDate, table: number): Promise<Place> {
    const name = BODY_TABLES[table];
    const after = name === undefined ? null : await this.#ports.settledThrough(name);
    return { today, table, after, isSettling: true };
  }

  async #finish(today: LocalDate): Promise<number> {
    await this.#ports.commit({ guards: [], writes: [this.#ports.doneWrite(today)] });
    this.#place = null;
    return 0;
  }
}
