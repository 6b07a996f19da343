import { afterEach, describe, expect, it } from 'vitest';
import { insert, put, update } from '../../../../server/services/batch.ts';
import { StaleBatch } from '../../../../server/store/commit.ts';
import { sessionWrite, sessionsOf } from '../../../../server/store/sessions.ts';
import type { Store } from '../../../../server/store/store.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf, INDEX_KEY, newKey, openTestStore } from '../../../support/store-world.ts';
import { Sealing } from '../../../../server/store/sealing.ts';
import { ending, type World } from './use-store.ts';

const WRITERS = 50;
const AT = '2026-11-23T01:00:00.000Z';

export function describeGuards(world: World): void {
  describe('guards', () => {
    const open: Store[] = [];
    /** As many processes on one database, each with its own connection and write lane. */
    const processes = async (count: number): Promise<readonly [Store, ...Store[]]> => {
      const url = await world().newDatabase();
      const sealing = new Sealing([newKey()], INDEX_KEY);
      const first = await openTestStore(url, sealing);
      const others = await Promise.all(Array.from({ length: count - 1 }, () => openTestStore(url, sealing)));
      open.push(first, ...others);
      return [first, ...others];
    };
    afterEach(async () => {
      await Promise.all(open.splice(0).map((store) => store.close()));
    });

    it.each([1, 2])(
      'of 50 writers on one revision exactly one wins, and the others hear that they were late (%i processes)',
      async (count) => {
        const stores = await processes(count);
        await stores[0].commit(batchOf(insert('Concern', sampleRow('Concern', 1, { rev: 1 }))));
        const { id } = sampleRow('Concern', 1);
        const endings = await Promise.all(
          Array.from({ length: WRITERS }, (_, n) =>
            ending(
              at(stores, n).commit({
                guards: [{ table: 'Concern', id, rev: 1 }],
                writes: [update('Concern', id, { rev: 2, closedAt: String(n) })],
              }),
            ),
          ),
        );
        expect(endings.filter((e) => e === 'written')).toHaveLength(1);
        expect(endings.filter((e) => e === 'stale')).toHaveLength(WRITERS - 1);
        const row = await stores[0].client.concern.findUnique({ where: { id } });
        expect(row).toMatchObject({ rev: 2, closedAt: String(endings.indexOf('written')) });
      },
    );

    it('50 writers of two processes, who read again when they are late, count to exactly 50', async () => {
      const stores = await processes(2);
      await Promise.all(Array.from({ length: WRITERS }, (_, n) => countOne(at(stores, n))));
      const session = (await sessionsOf(stores[0], ['person'])).get('person');
      expect(session).toEqual({ key: 'person', rev: WRITERS, body: String(WRITERS) });
    }, 60_000); // over a thousand commits: every round one of them wins

    it('two processes that rely on the same two rows in opposite order both get through', async () => {
      const stores = await processes(2);
      await stores[0].commit(
        batchOf(
          insert('Concern', sampleRow('Concern', 1, { rev: 0 })),
          insert('Child', sampleRow('Child', 1, { rev: 0 })),
        ),
      );
      await Promise.all(Array.from({ length: 20 }, (_, n) => raiseBoth(at(stores, n), n % 2 === 0)));
      expect(await stores[0].client.child.findFirst({ select: { rev: true } })).toEqual({ rev: 20 });
      expect(await stores[0].client.concern.findFirst({ select: { rev: true } })).toEqual({ rev: 20 });
    });

    it('a guard on a row that is not there refuses the batch', async () => {
      const [store] = await processes(1);
      const writes = [insert('Setting', { key: 'a', value: 'x' })];
      const commit = store.commit({ guards: [{ table: 'Child', id: 'nobody', rev: 1 }], writes });
      await expect(commit).rejects.toThrow(StaleBatch);
      expect(await store.client.setting.count()).toBe(0);
    });

    it('one stale guard among many refuses all writes of its batch, in every table', async () => {
      const [store] = await processes(1);
      const rows = Array.from({ length: 30 }, (_, n) => sampleRow('Child', n, { rev: 7 }));
      await store.commit(batchOf(...rows.map((row) => insert('Child', row))));
      const guards = rows.map(({ id }, n) => ({ table: 'Child' as const, id, rev: n === 17 ? 6 : 7 }));
      const writes = rows.map(({ id }) => update('Child', id, { rev: 8 }));
      const commit = store.commit({
        guards,
        writes: [...writes, insert('Setting', { key: 'a', value: 'x' })],
      });
      await expect(commit).rejects.toThrow(StaleBatch);
      expect(await store.client.child.count({ where: { rev: 7 } })).toBe(30);
      expect(await store.client.setting.count()).toBe(0);
    });

    it('a row that is replaced and relied upon in the same moment: the later batch hears that it was late', async () => {
      const [store] = await processes(1);
      const session = (rev: number, body: string) =>
        sampleRow('DialogSession', 1, { key: 'person', rev, body });
      await store.commit(batchOf(insert('DialogSession', session(1, 'read'))));
      const replaced = ending(store.commit(batchOf(put('DialogSession', session(2, 'replaced')))));
      const guards = [{ table: 'DialogSession' as const, id: 'person', rev: 1 }];
      const late = ending(
        store.commit({ guards, writes: [update('DialogSession', 'person', { body: 'late' })] }),
      );
      expect(await Promise.all([replaced, late])).toEqual(['written', 'stale']);
      expect((await sessionsOf(store, ['person'])).get('person')).toMatchObject({ rev: 2, body: 'replaced' });
    });

    it('a batch of guards alone is an answer: it holds, or it does not', async () => {
      const [store] = await processes(1);
      await store.commit(batchOf(insert('Child', sampleRow('Child', 1, { rev: 3 }))));
      const { id } = sampleRow('Child', 1);
      expect(await ending(store.commit({ guards: [{ table: 'Child', id, rev: 3 }], writes: [] }))).toBe(
        'written',
      );
      expect(await ending(store.commit({ guards: [{ table: 'Child', id, rev: 2 }], writes: [] }))).toBe(
        'stale',
      );
    });
  });
}

function at(stores: readonly [Store, ...Store[]], n: number): Store {
  return stores[n % stores.length] ?? stores[0];
}

/** Reads, adds one, commits; from the beginning when somebody was faster. */
async function countOne(store: Store): Promise<void> {
  for (;;) {
    const session = (await sessionsOf(store, ['person'])).get('person');
    if (!session) throw new Error('every key has a session');
    const next = sessionWrite(session, String(Number(session.body ?? '0') + 1), AT, null);
    if ((await ending(store.commit(next))) === 'written') return;
  }
}

async function raiseBoth(store: Store, childFirst: boolean): Promise<void> {
  for (;;) {
    const child = await store.client.child.findFirstOrThrow({ select: { id: true, rev: true } });
    const concern = await store.client.concern.findFirstOrThrow({ select: { id: true, rev: true } });
    const guards = [
      { table: 'Child' as const, id: child.id, rev: child.rev },
      { table: 'Concern' as const, id: concern.id, rev: concern.rev },
    ];
    const writes = [
      update('Child', child.id, { rev: child.rev + 1 }),
      update('Concern', concern.id, { rev: concern.rev + 1 }),
    ];
    const batch = childFirst ? { guards, writes } : { guards: guards.reverse(), writes: writes.reverse() };
    const how = await ending(store.commit(batch));
    if (how === 'refused') throw new Error('neither written nor stale');
    if (how === 'written') return;
  }
}
