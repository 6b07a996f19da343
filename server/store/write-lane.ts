import { breathe } from '../platform/waiting.ts';
import type { Batch } from '../services/batch.ts';
import { commitTogether, isBusy, touchedRows } from './commit.ts';
import type { Database } from './database.ts';
import type { StoredFileRow } from './generated/tables.ts';
import type { Sealing } from './sealing.ts';

/** So many batches share one commit at most; groups of 50 reached six times the rate of single batches. */
const GROUP_LIMIT = 200;
/** So many bytes of files share one commit; a single larger one goes alone. */
const GROUP_FILE_BYTES = 4 * 1024 * 1024;
const BUSY_WAIT_MS = 25;
/** A lock held elsewhere is waited for this long before the caller hears of it. */
const BUSY_PATIENCE_MS = 30_000;

interface Waiting {
  readonly batch: Batch;
  readonly urgent: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface LaneTimers {
  sleep(ms: number): Promise<void>;
}

/**
 * The one way to write: every batch of this process passes here, urgent ones first, and batches that wait together
 * are committed together. When a group is refused its batches are replayed one by one, because the database does not
 * say which statement failed, and nobody loses words for another's bad row.
 */
export class WriteLane {
  readonly #database: Database;
  readonly #sealing: Sealing;
  readonly #timers: LaneTimers;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(database: Database, sealing: Sealing, timers: LaneTimers) {
    this.#database = database;
    this.#sealing = sealing;
    this.#timers = timers;
  }

  /** Resolves when the batch is durable; rejects with StaleBatch when it lost a race and must be decided anew. */
  commit(batch: Batch, options: { readonly urgent?: boolean } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, urgent: options.urgent ?? false, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // SQLite answers without ever yielding: without this pause nobody else's request would be read, nor share a commit.
      await breathe();
      await this.#writeGroup(this.#takeGroup());
    }
    this.#running = null;
  }

  #takeGroup(): Waiting[] {
    this.#waiting.sort((a, b) => Number(b.urgent) - Number(a.urgent)); // stable: order is kept within a lane
    const touched = new Set<string>();
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    let bytes = 0;
    for (const item of this.#waiting) {
      const rows = touchedRows(item.batch);
      const more = fileBytesIn(item.batch);
      const fits = more === 0 || bytes === 0 || bytes + more <= GROUP_FILE_BYTES;
      if (group.length < GROUP_LIMIT && fits && !rows.some((row) => touched.has(row))) {
        group.push(item);
        bytes += more;
      } else left.push(item);
      rows.forEach((row) => touched.add(row)); // a later batch never overtakes an earlier one on the same row
    }
    this.#waiting = left;
    return group;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(group.map((item) => item.batch));
      group.forEach((item) => {
        item.resolve();
      });
    } catch (error) {
      if (group.length === 1 || isBusy(error)) {
        group.forEach((item) => {
          item.reject(error);
        });
      } else {
        for (const item of group) await this.#writeGroup([item]);
      }
    }
  }

  async #write(batches: readonly Batch[]): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += BUSY_WAIT_MS) {
      try {
        await commitTogether(this.#database, this.#sealing, batches);
        return;
      } catch (error) {
        if (!isBusy(error) || waitedMs >= BUSY_PATIENCE_MS) throw error;
        await this.#timers.sleep(BUSY_WAIT_MS);
      }
    }
  }
}

/** How many bytes of files a batch stores: a group of large photos would not fit into one statement. */
function fileBytesIn({ writes }: Batch): number {
  return writes.reduce(
    (sum, w) => (w.table === 'StoredFile' && 'row' in w ? sum + (w.row as StoredFileRow).sizeBytes : sum),
    0,
  );
}
