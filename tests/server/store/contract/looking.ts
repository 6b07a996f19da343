import { describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import { openReadOnly } from '../../../../server/store/database.ts';
import { rowsIn } from '../../../../server/store/rows.ts';
import { importedAccounts } from '../../../../server/store/wecom-accounts.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf, openTestStore } from '../../../support/store-world.ts';
import type { World } from './use-store.ts';

/** A database that is opened for looking only, while the service works on it. */
export function describeLooking(world: World): void {
  describe('a look', () => {
    it('reads who was imported and has not left, and the database refuses to be written', async () => {
      const url = await world().newMigrated();
      const store = await openTestStore(url);
      const worker = (n: number, account: string | null, state: 'active' | 'left') =>
        insert('Worker', sampleRow('Worker', n, { account, state }));
      await store.commit(
        batchOf(worker(1, 'dir.1', 'active'), worker(2, 'dir.2', 'left'), worker(3, null, 'active')),
      );
      const looking = openReadOnly(url);
      expect(await importedAccounts(looking)).toEqual(['dir.1']);
      const write = looking.client.setting.create({ data: { key: 'x', value: 'y' } });
      await expect(write).rejects.toThrow(/read.?only/i);
      await looking.close();
      await store.close();
    });

    it('by what other columns hold takes no null, to which nothing in a database is equal', async () => {
      const store = await openTestStore(await world().newMigrated());
      await store.commit(
        batchOf(
          insert('Worker', sampleRow('Worker', 1, { account: 'dir.1', state: 'active' })),
          insert('Worker', sampleRow('Worker', 2, { account: null, state: 'active' })),
        ),
      );
      const found = await rowsIn(store, 'Worker', 'state', ['active'], { same: { account: 'dir.1' } });
      expect(found).toHaveLength(1);
      // @ts-expect-error whoever looks for an empty column reads the rows and looks at them
      expect(await rowsIn(store, 'Worker', 'state', ['active'], { same: { account: null } })).toEqual([]);
      await store.close();
    });
  });
}
