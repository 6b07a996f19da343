import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import { sleep } from '../../../../server/platform/waiting.ts';
import type { LaneTimers } from '../../../../server/store/write-lane.ts';
import type { Store } from '../../../../server/store/store.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf, newSealing, openTestStore, type sqliteWorld } from '../../../support/store-world.ts';

type SqliteWorld = Awaited<ReturnType<typeof sqliteWorld>>;

const BATCHES = 12;
const ROWS = 8;
const CUTS = 60;
/** So many asynchronous waits of the lane come to pass before the lock is given back. */
const WAITS = 3;

/** Another process: takes the write lock, says so, and keeps it until it is told to let go. */
const HOLDER = `
  const db = new (require('better-sqlite3'))(process.argv[1]);
  db.exec('BEGIN IMMEDIATE');
  process.stdout.write('held');
  process.stdin.once('data', () => { db.exec('COMMIT'); db.close(); process.stdin.destroy(); });
`;

/** What only the SQLite file has: its journal, its one lock, and what a crash leaves of it. */
export function describeSqliteFile(world: () => SqliteWorld): void {
  describe('the SQLite file', () => {
    const open: Store[] = [];
    const fresh = async (timers?: LaneTimers): Promise<{ store: Store; file: string }> => {
      const store = await openTestStore(await world().newDatabase(), newSealing(), timers);
      open.push(store);
      return { store, file: store.database.file ?? '' };
    };
    const words = (n: number, over: object = {}) => insert('Inbox', { ...sampleRow('Inbox', n), ...over });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((store) => store.close()));
    });

    it('is written through a log, and every commit reaches the disk before it is acknowledged', async () => {
      const { store } = await fresh();
      expect(await store.client.$queryRawUnsafe('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      const number = async (pragma: string) => {
        const [row] = await store.client.$queryRawUnsafe<Record<string, bigint>[]>(`PRAGMA ${pragma}`);
        return Object.values(row ?? {}).map(Number);
      };
      expect(await number('synchronous')).toEqual([2]); // 2 is FULL
      expect((await number('busy_timeout'))[0]).toBeLessThanOrEqual(50); // so long a foreign lock may stop the process
    });

    it('while another process holds the lock, a commit waits, the event loop goes on, and then it is written', async () => {
      let waits = 0;
      const timers = { sleep: (ms: number) => sleep(ms).finally(() => (waits += 1)) };
      const { store, file } = await fresh(timers);
      const holder = spawn(process.execPath, ['-e', HOLDER, file], { stdio: ['pipe', 'pipe', 'inherit'] });
      const ended = once(holder, 'exit');
      try {
        await once(holder.stdout, 'data');
        let written = false;
        let rounds = 0;
        const commit = store.commit(batchOf(words(1))).then(() => {
          written = true;
        });
        for (; waits < WAITS; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
        expect(written).toBe(false); // reached only because nothing blocks: the lock is given back after it
        expect(rounds).toBeGreaterThan(WAITS); // the loop went round between the attempts
        expect(await store.client.inbox.count()).toBe(0); // and reading goes on
        holder.stdin.end('let go');
        await commit;
        expect(await store.client.inbox.count()).toBe(1);
        expect(await ended).toEqual([0, null]);
      } finally {
        holder.kill('SIGKILL');
      }
    });

    it('a second opening waits, too, while another process holds the lock', async () => {
      const { file } = await fresh();
      const holder = spawn(process.execPath, ['-e', HOLDER, file], { stdio: ['pipe', 'pipe', 'inherit'] });
      const ended = once(holder, 'exit');
      try {
        await once(holder.stdout, 'data');
        const second = openTestStore(`file:${file}`);
        for (let round = 0; round < 200; round += 1) await new Promise((resolve) => setImmediate(resolve));
        holder.stdin.end('let go');
        open.push(await second);
        expect(await ended).toEqual([0, null]);
      } finally {
        holder.kill('SIGKILL');
      }
    });

    it('wherever a crash cuts the log, the file opens with whole batches, and with all before the cut', async () => {
      const { store, file } = await fresh();
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const rows = Array.from({ length: ROWS }, (_, n) =>
          words(batch * ROWS + n, { accountId: String(batch) }),
        );
        await store.commit(batchOf(...rows));
      }
      const copy = join(world().folder, 'crashed.db');
      const logBytes = statSync(`${file}-wal`).size;
      const found: number[] = [];
      for (let cut = 0; cut <= CUTS; cut += 1) {
        copyFileSync(file, copy);
        copyFileSync(`${file}-wal`, `${copy}-wal`);
        truncateSync(`${copy}-wal`, Math.floor((logBytes * cut) / CUTS));
        found.push(wholeBatches(copy));
      }
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(found.at(-1)).toBe(BATCHES);
      expect(new Set(found).size).toBeGreaterThan(BATCHES / 2); // the cuts did fall between and into batches
    });
  });
}

/** How many batches survived; throws where one did in part, or where one is missing before a later one. */
function wholeBatches(file: string): number {
  const db = new Sqlite(file);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    if (db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'Inbox'`).get() === undefined) return 0;
    const sql =
      'SELECT "accountId" AS batch, count(*) AS rows FROM "Inbox" GROUP BY 1 ORDER BY CAST("accountId" AS INTEGER)';
    const kept = db.prepare<[], { batch: string; rows: number }>(sql).all();
    expect(kept).toEqual(kept.map((_, n) => ({ batch: String(n), rows: ROWS })));
    return kept.length;
  } finally {
    db.close(); // takes the log and its index with it
  }
}
