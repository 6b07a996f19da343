import { afterEach, describe, expect, it } from 'vitest';
import { insert, put, update } from '../../../../server/services/batch.ts';
import { TABLES, type ChildRow, type TableName } from '../../../../server/store/generated/tables.ts';
import { Sealing } from '../../../../server/store/sealing.ts';
import type { Store } from '../../../../server/store/store.ts';
import { DATA_TABLES, insertAny, OPEN, sampleRow, SECRET } from '../../../support/store-rows.ts';
import { batchOf, INDEX_KEY, newKey, openTestStore, rowsOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

/** A whole server's folder is read, other tests' databases included. */
const SLOW = { timeout: 60_000 };
const SEALED_TABLES = DATA_TABLES.filter((table) => TABLES[table].some((column) => column.encrypted));

export function describeSealing(world: World): void {
  describe('personal columns', () => {
    const shared = useStore(world);
    const open: Store[] = [];
    const storeAt = async (url: string, keys = [newKey()]) => {
      const store = await openTestStore(url, new Sealing(keys, INDEX_KEY));
      open.push(store);
      return store;
    };
    const childOf = async (store: Store, n: number) =>
      (await store.client.child.findUniqueOrThrow({ where: { id: sampleRow('Child', n).id } })) as ChildRow;
    afterEach(async () => {
      await Promise.all(open.splice(0).map((store) => store.close()));
    });

    it(
      'no encrypted text of any table is readable anywhere on the disk, write-ahead log included',
      SLOW,
      async () => {
        const store = await storeAt(await world().newDatabase());
        await store.commit(batchOf(...DATA_TABLES.map((table) => insertAny(table, sampleRow(table, 7)))));
        await store.commit(batchOf(...SEALED_TABLES.flatMap((table) => rewrite(table))));
        const bytes = await world().bytesOnDisk(store);
        const holding = (text: string) => bytes.filter((file) => file.includes(text));
        expect(holding(`${OPEN}-Child-category-7`)).not.toEqual([]); // the search does see the rows
        for (const form of [SECRET, Buffer.from(SECRET).toString('base64').slice(0, 12)])
          expect(holding(form)).toHaveLength(0);
        expect(bytes.filter((file) => file.includes(Buffer.from(SECRET, 'utf16le')))).toHaveLength(0);
      },
    );

    it.each(SEALED_TABLES)(
      'every encrypted column of %s is a cipher text in the table itself',
      async (table) => {
        const store = shared();
        await store.commit(batchOf(insertAny(table, sampleRow(table, 1))));
        const [row] = await rowsOf(store, table, '1');
        for (const column of TABLES[table].filter((c) => c.encrypted))
          expect(row?.[column.name], column.name).toMatch(/^[0-9a-f]{8}\.[A-Za-z0-9+/]+=*$/);
      },
    );

    it('a cipher text that is copied to another child does not open there', async () => {
      const store = shared();
      await store.commit(batchOf(...[1, 2].map((n) => insert('Child', sampleRow('Child', n)))));
      const { name } = await childOf(store, 1);
      await store.client.child.update({ where: { id: sampleRow('Child', 2).id }, data: { name } });
      const other = await childOf(store, 2);
      expect(() => store.open('Child', other)).toThrow();
      expect(() => store.openText('Child', 'name', other.id, other.name)).toThrow();
    });

    it('a cipher text that is copied to another column or table does not open there', async () => {
      const store = shared();
      await store.commit(batchOf(insert('Child', sampleRow('Child', 1))));
      const row = await childOf(store, 1);
      expect(store.openText('Child', 'name', row.id, row.name)).toBe(sampleRow('Child', 1).name);
      expect(() => store.open('Child', { ...row, school: row.health })).toThrow();
      expect(() => store.openText('Worker', 'name', row.id, row.name)).toThrow();
    });

    it('a cipher text that was changed or cut does not open', async () => {
      const store = shared();
      await store.commit(batchOf(insert('Child', sampleRow('Child', 1))));
      const { id, name } = await childOf(store, 1);
      const flipped = `${name.slice(0, 20)}${name[20] === 'A' ? 'B' : 'A'}${name.slice(21)}`;
      for (const text of [flipped, name.slice(0, -4), name.slice(0, 24), '', 'no cipher text'])
        expect(() => store.openText('Child', 'name', id, text), text).toThrow();
    });

    it('the same name is never the same cipher text', async () => {
      const store = shared();
      const rows = Array.from({ length: 20 }, (_, n) => sampleRow('Child', n, { name: '王小明' }));
      await store.commit(batchOf(...rows.map((row) => insert('Child', row))));
      const sealed = (await rowsOf(store, 'Child', 'id')).map((row) => row.name);
      expect(new Set(sealed).size).toBe(20);
    });

    it('after a rotation the new key writes, the old one still reads, and the old one alone is locked out', async () => {
      const url = await world().newDatabase();
      const [oldKey, nextKey] = [newKey(), newKey()];
      const before = await storeAt(url, [oldKey]);
      await before.commit(batchOf(insert('Child', sampleRow('Child', 1))));
      const after = await storeAt(url, [nextKey, oldKey]);
      await after.commit(batchOf(insert('Child', sampleRow('Child', 2))));
      const [first, second] = [await childOf(after, 1), await childOf(after, 2)];
      expect(after.open('Child', first)).toEqual(sampleRow('Child', 1));
      expect(after.open('Child', second)).toEqual(sampleRow('Child', 2));
      expect(first.name.split('.')[0]).not.toBe(second.name.split('.')[0]);
      expect(before.open('Child', first)).toEqual(sampleRow('Child', 1));
      expect(() => before.open('Child', second)).toThrow('no key opens this value');
      await after.commit(batchOf(update('Child', first.id, { name: '新' })));
      expect((await childOf(after, 1)).name.split('.')[0]).toBe(second.name.split('.')[0]);
    });

    it('a blind index is equal for equal text and purpose, across data keys, and tells nothing else', async () => {
      const [one, two] = [new Sealing([newKey()], INDEX_KEY), new Sealing([newKey()], INDEX_KEY)];
      const index = one.blindIndex('identity', '350102201503041234');
      expect(two.blindIndex('identity', '350102201503041234')).toBe(index);
      expect(one.blindIndex('phone', '350102201503041234')).not.toBe(index);
      expect(one.blindIndex('identity', '350102201503041235')).not.toBe(index);
      expect(new Sealing([newKey()], newKey()).blindIndex('identity', '350102201503041234')).not.toBe(index);
      const store = shared();
      await store.commit(batchOf(insert('Child', sampleRow('Child', 1, { identityIndex: index }))));
      expect(await store.client.child.count({ where: { identityIndex: index } })).toBe(1);
    });

    it('an empty text and a missing one stay different', async () => {
      const store = shared();
      await store.commit(batchOf(insert('Child', sampleRow('Child', 1, { nickname: '', school: null }))));
      const row = await childOf(store, 1);
      expect(row.nickname).not.toBe('');
      expect(store.open('Child', row)).toMatchObject({ nickname: '', school: null });
    });

    it('what was said can be erased, and cannot be rewritten under a key that would not open it', async () => {
      const store = shared();
      await store.commit(batchOf(insert('Inbox', sampleRow('Inbox', 1))));
      const { seq } = await store.client.inbox.findFirstOrThrow();
      await expect(store.commit(batchOf(update('Inbox', seq, { body: 'other words' })))).rejects.toThrow(
        'Inbox.body',
      );
      await store.commit(batchOf(update('Inbox', seq, { body: null })));
      expect(await store.client.inbox.findFirst()).toMatchObject({ body: null });
    });
  });
}

/** The second way into a column: replaced or updated, where the table allows it. */
function rewrite(table: TableName) {
  const row = sampleRow(table, 7);
  const key = TABLES[table].find((column) => column.id);
  const secrets = TABLES[table].filter((c) => c.encrypted).map((c) => [c.name, `${SECRET}-again`] as const);
  if (!key || key.auto) return [];
  const id = (row as unknown as Record<string, string>)[key.name] ?? '';
  return [put(table, row), update(table, id, Object.fromEntries(secrets))];
}
