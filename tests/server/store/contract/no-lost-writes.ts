import { describe, expect, it } from 'vitest';
import { insert, put } from '../../../../server/services/batch.ts';
import { refusedRow, sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { ending, useStore, type World } from './use-store.ts';

const TRIALS = 300;
/** So many steps of the event loop a write comes later than the batch it runs beside. */
const DELAYS = 8;

/** docs/decisions/0001: writes beside an open interactive transaction were lost with it, 100 of 100. */
export function describeNoLostWrites(world: World): void {
  describe('acknowledged writes beside batches that roll back', () => {
    const store = useStore(world);
    const rollsBack = (n: number) =>
      ending(
        store().commit(batchOf(put('Setting', { key: 'ghost', value: String(n) }), refusedRow(String(n)))),
      );

    it('0 of 300 are lost when both go through the lane', async () => {
      const acknowledged: string[] = [];
      for (let n = 0; n < TRIALS; n += 1) {
        const bad = rollsBack(n);
        await later(n % DELAYS);
        await store().commit(batchOf(insert('Inbox', sampleRow('Inbox', n))));
        acknowledged.push(sampleRow('Inbox', n).externalId);
        expect(await bad).toBe('refused');
      }
      const kept = new Set((await store().client.inbox.findMany()).map((row) => row.externalId));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      expect(acknowledged).toHaveLength(TRIALS);
    });

    it('0 of 300 are lost even where a write passes the lane by and meets an open batch', async () => {
      for (let n = 0; n < TRIALS; n += 1) {
        const bad = rollsBack(n);
        await later(n % DELAYS);
        await store().client.setting.create({ data: { key: `kept-${String(n)}`, value: 'x' } });
        expect(await bad).toBe('refused');
      }
      expect(await store().client.setting.count({ where: { key: { startsWith: 'kept-' } } })).toBe(TRIALS);
    });

    it('nobody reads what was not committed', async () => {
      for (let n = 0; n < 40; n += 1) {
        const bad = rollsBack(n);
        const reads = Array.from({ length: DELAYS }, async (_, delay) => {
          await later(delay);
          return store().client.setting.findUnique({ where: { key: 'ghost' } });
        });
        expect(new Set(await Promise.all(reads))).toEqual(new Set([null]));
        expect(await bad).toBe('refused');
      }
    });
  });
}

async function later(steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1)
    await (step % 2 === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve)));
}
