import { describe, expect, it } from 'vitest';
import { insert, insertOnce, put, together, update } from '../../../../server/services/batch.ts';
import { RefusedBatch, StaleBatch } from '../../../../server/store/commit.ts';
import { eraseEverything } from '../../../../server/store/erase.ts';
import type { AreaRow, ChildRow, ContactRow, SettingRow } from '../../../../server/store/generated/tables.ts';
import { DATA_TABLES, insertAny, refusedRow, sampleRow } from '../../../support/store-rows.ts';
import { batchOf, rowsOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

const MANY = 5_000;

export function describeWriting(world: World): void {
  describe('writing', () => {
    const store = useStore(world);
    const setting = (key: string, value: string): SettingRow => ({ key, value });
    const settings = async () =>
      Object.fromEntries((await store().client.setting.findMany()).map(({ key, value }) => [key, value]));
    const child = async (id: string) =>
      store().open('Child', (await store().client.child.findUniqueOrThrow({ where: { id } })) as ChildRow);

    it.each(DATA_TABLES)('a row of %s comes back as it was given', async (table) => {
      const given = [sampleRow(table, 1), sampleRow(table, 2)];
      await store().commit(batchOf(...given.map((row) => insertAny(table, row))));
      const model = `${table.charAt(0).toLowerCase()}${table.slice(1)}`;
      const client = store().client as unknown as Record<string, { findMany(): Promise<typeof given> }>;
      const rows = ((await client[model]?.findMany()) ?? []).map((row) => store().open(table, row));
      expect(rows).toHaveLength(2);
      for (const row of given) expect(rows).toContainEqual(expect.objectContaining(row));
      await store().client.$executeRawUnsafe(`DELETE FROM "${table}"`);
    });

    it('an insert of a key that exists fails as stale and changes nothing', async () => {
      await store().commit(batchOf(insert('Setting', setting('a', 'first'))));
      const again = store().commit(batchOf(insert('Setting', setting('a', 'second'))));
      await expect(again).rejects.toThrow(StaleBatch);
      expect(await settings()).toEqual({ a: 'first' });
    });

    it('an insert-once of a key that exists changes nothing and is no error; new rows beside it are kept', async () => {
      await store().commit(batchOf(insertOnce('Setting', setting('a', 'first'))));
      await store().commit(
        batchOf(insertOnce('Setting', setting('a', 'second')), insertOnce('Setting', setting('b', 'new'))),
      );
      expect(await settings()).toEqual({ a: 'first', b: 'new' });
    });

    it('an insert-once also respects a unique column that is not the primary key', async () => {
      await store().commit(batchOf(insertOnce('Child', sampleRow('Child', 1))));
      await store().commit(batchOf(insertOnce('Child', sampleRow('Child', 1, { id: 'another' }))));
      expect(await store().client.child.count()).toBe(1);
    });

    it('a put makes the row or replaces every column of it', async () => {
      await store().commit(batchOf(put('Area', sampleRow('Area', 1))));
      const replaced: AreaRow = { ...sampleRow('Area', 1), name: '新名', parentCode: null, kind: 'village' };
      await store().commit(batchOf(put('Area', replaced)));
      expect(await store().client.area.findMany()).toEqual([replaced]);
    });

    it('an update changes the named columns of the named row and nothing else', async () => {
      await store().commit(batchOf(...[1, 2].map((n) => insert('Child', sampleRow('Child', n)))));
      const { id } = sampleRow('Child', 1);
      await store().commit(batchOf(update('Child', id, { name: '小明', boarder: true, nickname: null })));
      expect(await child(id)).toEqual(sampleRow('Child', 1, { name: '小明', boarder: true, nickname: null }));
      expect(await child(sampleRow('Child', 2).id)).toEqual(sampleRow('Child', 2));
    });

    it('an update of a row that is not there changes nothing', async () => {
      await store().commit(batchOf(update('Setting', 'nobody', { value: 'x' })));
      expect(await settings()).toEqual({});
    });

    it('writes on one row happen in their order, whatever is written in between', async () => {
      await store().commit(
        batchOf(
          update('Setting', 'early', { value: 'before it is there' }),
          insert('Setting', setting('early', 'inserted')),
          insert('Setting', setting('other', 'o')),
          update('Setting', 'early', { value: 'then updated' }),
          put('Setting', setting('twice', '1')),
          put('Setting', setting('twice', '2')),
          update('Setting', 'other', { value: 'once' }),
          update('Setting', 'other', { value: 'twice' }),
        ),
      );
      expect(await settings()).toEqual({ early: 'then updated', other: 'twice', twice: '2' });
    });

    it('several puts of one setting that wait together end with the last one', async () => {
      await Promise.all(
        ['1', '2', '3'].map((v) => store().commit(batchOf(put('Setting', setting('day', v))))),
      );
      expect(await settings()).toEqual({ day: '3' });
    });

    it.each([
      ['a value outside its list', refusedRow('bad')],
      ['a row without a required value', insertAny('Area', { code: 'bad', kind: 'village' })],
    ])('%s refuses the whole batch: one bad row among 500', async (_what, bad) => {
      const good = Array.from({ length: 499 }, (_, n) => insert('Area', sampleRow('Area', n)));
      const commit = store().commit(batchOf(...good.slice(0, 250), bad, ...good.slice(250)));
      await expect(commit).rejects.toThrow(RefusedBatch);
      expect(await store().client.area.count()).toBe(0);
    });

    it('one broken unique value among 500 rows of several tables writes none of them', async () => {
      await store().commit(batchOf(insert('Child', sampleRow('Child', 1, { id: 'the first' }))));
      const rows = Array.from({ length: 250 }, (_, n) => [
        insert('Child', sampleRow('Child', n)), // number 1 has the code of the first
        insert('Household', sampleRow('Household', n)),
      ]);
      await expect(store().commit(batchOf(...rows.flat()))).rejects.toThrow(StaleBatch);
      expect(await store().client.child.count()).toBe(1);
      expect(await store().client.household.count()).toBe(0);
    });

    it('the error of a refused batch says the rule, and no value of any row', async () => {
      const row = { ...sampleRow('Child', 1), bornOn: '2015-03-04', tier: 'purple' };
      const error = await store()
        .commit(batchOf(insertAny('Child', row)))
        .catch((e: unknown) => e as RefusedBatch);
      expect(error).toBeInstanceOf(RefusedBatch);
      const told = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).stack)}`;
      expect(told).toContain('tier');
      for (const secret of ['2015-03-04', 'purple', '公开', '绝密']) expect(told).not.toContain(secret);
    });

    it('booleans, numbers and nulls survive a statement of many rows', async () => {
      const rows = Array.from({ length: 40 }, (_, n): ContactRow => {
        const childSeen = [true, false, null][n % 3] ?? null;
        const over = { childSeen, withdrawn: n % 2 === 1, note: n % 4 === 0 ? null : `第${String(n)}次` };
        return sampleRow('Contact', n, { ...over, tripId: n % 5 === 0 ? null : '' });
      });
      await store().commit(batchOf(...rows.map((row) => insert('Contact', row))));
      const found = (await store().client.contact.findMany()).map((row) =>
        store().open('Contact', row as ContactRow),
      );
      const byId = (a: ContactRow, b: ContactRow) => (a.id < b.id ? -1 : 1);
      expect(found.sort(byId)).toEqual(rows.sort(byId));
    });

    it('many rows are updated by one statement, each with its own values', async () => {
      const ids = Array.from({ length: 300 }, (_, n) => sampleRow('Child', n).id);
      await store().commit(batchOf(...ids.map((_, n) => insert('Child', sampleRow('Child', n)))));
      await store().commit(
        batchOf(
          ...ids.map((id, n) => update('Child', id, { rev: n * 2, boarder: n % 3 === 0, grade: null })),
        ),
      );
      const rows = await store().client.child.findMany({ select: { id: true, rev: true, boarder: true } });
      expect(new Map(rows.map((r) => [r.id, [r.rev, r.boarder]]))).toEqual(
        new Map(ids.map((id, n) => [id, [n * 2, n % 3 === 0]])),
      );
    });

    it('5,000 children are one statement', async () => {
      const rows = Array.from({ length: MANY }, (_, n) => insert('Child', sampleRow('Child', n)));
      await store().commit(batchOf(...rows));
      expect(await store().client.child.count()).toBe(MANY);
      expect(await child(sampleRow('Child', MANY - 1).id)).toEqual(sampleRow('Child', MANY - 1));
    });

    it('rows of one statement are counted in the order they were given', async () => {
      const rows = Array.from({ length: 200 }, (_, n) => insert('Inbox', sampleRow('Inbox', n)));
      await store().commit(batchOf(...rows));
      const found = await store().client.inbox.findMany({ orderBy: { seq: 'asc' } });
      expect(found.map((row) => row.externalId)).toEqual(
        rows.map((_, n) => sampleRow('Inbox', n).externalId),
      );
    });

    it('several batches become one, guards and writes in order; a batch of nothing is written at once', async () => {
      const [one, two] = ['1', '2'].map((v) => batchOf(put('Setting', setting('a', v))));
      if (!one || !two) throw new Error('two batches');
      await store().commit(together(one, two));
      await store().commit(together());
      expect(await settings()).toEqual({ a: '2' });
    });

    it('erasing a demo leaves the clock of the simulator and nothing else', async () => {
      await store().commit(
        batchOf(
          insert('Setting', setting('clock-offset-ms', '86400000')),
          insert('Setting', setting('demo', 'yes')),
          ...DATA_TABLES.filter((t) => t !== 'Lease' && t !== 'Setting').map((t) =>
            insertAny(t, sampleRow(t, 1)),
          ),
        ),
      );
      await eraseEverything(store());
      expect(await settings()).toEqual({ 'clock-offset-ms': '86400000' });
      for (const table of DATA_TABLES.filter((t) => t !== 'Lease' && t !== 'Setting'))
        expect(await rowsOf(store(), table, '1'), table).toEqual([]);
      await store().client.setting.deleteMany();
    });
  });
}
