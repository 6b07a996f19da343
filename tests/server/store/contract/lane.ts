import { describe, expect, it } from 'vitest';
import { insert, update } from '../../../../server/services/batch.ts';
import { insertAny, refusedRow, sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { ending, useStore, type World } from './use-store.ts';

/** More than one group holds. */
const CROWD = 450;

export function describeLane(world: World): void {
  describe('the write lane', () => {
    const store = useStore(world);
    const words = (n: number) => batchOf(insert('Inbox', sampleRow('Inbox', n)));
    const arrived = async () =>
      (await store().client.inbox.findMany({ orderBy: { seq: 'asc' } })).map((row) => row.externalId);

    it('in a group of 50, the batch that meets a conflict loses alone', async () => {
      await store().commit(batchOf(insert('Setting', { key: 'taken', value: 'x' })));
      const endings = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          ending(
            store().commit(
              batchOf(insert('Setting', { key: n === 23 ? 'taken' : `k${String(n)}`, value: 'y' })),
            ),
          ),
        ),
      );
      expect(endings).toEqual(Array.from({ length: 50 }, (_, n) => (n === 23 ? 'stale' : 'written')));
      expect(await store().client.setting.count()).toBe(50);
    });

    it('in a group of 50, the batch that breaks a rule of the table loses alone', async () => {
      const endings = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          ending(store().commit(n === 31 ? batchOf(refusedRow('31')) : words(n))),
        ),
      );
      expect(endings).toEqual(Array.from({ length: 50 }, (_, n) => (n === 31 ? 'refused' : 'written')));
      expect(await arrived()).toHaveLength(49);
    });

    it('two batches of a group that want the same key: one gets it, the other hears that it was late', async () => {
      const wish = (value: string) =>
        ending(store().commit(batchOf(insert('Setting', { key: 'one', value }))));
      expect(await Promise.all([wish('first'), wish('second')])).toEqual(['written', 'stale']);
      expect(await store().client.setting.findMany()).toEqual([{ key: 'one', value: 'first' }]);
    });

    it('a batch that cannot even be put into words loses alone, and the lane goes on', async () => {
      const cyclic: Record<string, unknown> = { code: 'c' };
      cyclic.name = cyclic;
      const endings = [words(1), batchOf(insertAny('Area', cyclic)), words(2)].map((b) =>
        ending(store().commit(b)),
      );
      expect(await Promise.all(endings)).toEqual(['written', 'refused', 'written']);
      expect(await ending(store().commit(words(3)))).toBe('written');
    });

    it('what is urgent is written before everything that waits', async () => {
      const commits = Array.from({ length: CROWD }, (_, n) => store().commit(words(n)));
      commits.push(store().commit(words(CROWD), { urgent: true }));
      await Promise.all(commits);
      expect((await arrived()).at(0)).toBe(sampleRow('Inbox', CROWD).externalId);
    });

    it('what is not urgent is written in the order in which it came, over several groups', async () => {
      await Promise.all(Array.from({ length: CROWD }, (_, n) => store().commit(words(n))));
      expect(await arrived()).toEqual(
        Array.from({ length: CROWD }, (_, n) => sampleRow('Inbox', n).externalId),
      );
    });

    it('batches on one row are written one after the other, in their order', async () => {
      await store().commit(batchOf(insert('Setting', { key: 'a', value: '' })));
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          store().commit(batchOf(update('Setting', 'a', { value: String(n) }))),
        ),
      );
      expect(await store().client.setting.findMany()).toEqual([{ key: 'a', value: '19' }]);
    });

    it('nobody is told "written" before the row can be read, and closing waits for what is under way', async () => {
      const seen = await Promise.all(
        Array.from({ length: 60 }, async (_, n) => {
          await store().commit(words(n));
          const { channel, externalId } = sampleRow('Inbox', n);
          return store().client.inbox.count({ where: { channel, externalId } });
        }),
      );
      expect(new Set(seen)).toEqual(new Set([1]));
      const last = store().commit(words(99));
      await store().lane.idle();
      expect(await arrived()).toContain(sampleRow('Inbox', 99).externalId);
      await last;
    });
  });
}
