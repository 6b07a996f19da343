import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch, Guard, Write } from '../../../server/services/batch.ts';
import { eraseEverything } from '../../../server/store/erase.ts';
import type { Rows, TableName } from '../../../server/store/generated/tables.ts';
import type { Store } from '../../../server/store/store.ts';
import { sampleRow } from '../../support/store-rows.ts';
import { postgresWorld, sqliteWorld } from '../../support/store-world.ts';
import { ModelStore } from '../../support/store-model.ts';
import { ending, useStore, useWorld } from './contract/use-store.ts';

const TABLES_USED = ['Setting', 'DialogSession', 'Contact', 'Area'] as const;
const RUNS = 30;
const KEY_OF: Readonly<Record<(typeof TABLES_USED)[number], string>> = {
  Setting: 'key',
  DialogSession: 'key',
  Contact: 'id',
  Area: 'code',
};

const key = fc.constantFrom('a', 'b', 'c');
const text = fc.oneof(
  fc.constantFrom('', '小明', "it's", '😀', 'a\0b', '\ud800'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const revision = fc.integer({ min: 0, max: 2 });

const cells: Readonly<Record<(typeof TABLES_USED)[number], Record<string, fc.Arbitrary<unknown>>>> = {
  Setting: { value: text },
  DialogSession: { rev: revision, body: text, updatedAt: text, wakeAt: fc.option(text) },
  Contact: {
    childSeen: fc.option(fc.boolean()),
    withdrawn: fc.boolean(),
    note: fc.option(text),
    takenOn: text,
  },
  Area: { name: text, kind: fc.constantFrom('village', 'county', 'moon'), parentCode: fc.option(text) },
};

const write: fc.Arbitrary<Write> = fc.constantFrom(...TABLES_USED).chain((table) => {
  const values = fc.record(cells[table]);
  const some = fc.record(cells[table], { requiredKeys: [] });
  const row = fc.record({ id: key, values }).map(({ id, values: given }) => ({
    ...sampleRow(table, 1),
    ...given,
    [KEY_OF[table]]: id,
  }));
  return fc.oneof(
    fc.record({ op: fc.constantFrom('insert', 'insert-once', 'put'), table: fc.constant(table), row }),
    fc.record({
      op: fc.constant('update'),
      table: fc.constant(table),
      id: key,
      set: some.filter((set) => Object.keys(set).length > 0),
    }),
  );
});

const guard: fc.Arbitrary<Guard> = fc.record({ table: fc.constant('DialogSession'), id: key, rev: revision });
const batch: fc.Arbitrary<Batch> = fc.record({
  guards: fc.array(guard, { maxLength: 1 }),
  writes: fc.array(write, { minLength: 1, maxLength: 5 }),
});

describe('SQLite and PostgreSQL', () => {
  const sqlite = useStore(useWorld(sqliteWorld));
  const postgres = useStore(useWorld(postgresWorld));
  const empty = () => Promise.all([eraseEverything(sqlite()), eraseEverything(postgres())]);

  it('any batches one after the other end as the rules of a batch say, on both', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 10 }), async (batches) => {
        await empty();
        const model = new ModelStore(KEY_OF);
        for (const one of batches) {
          const expected = model.commit(one);
          const endings = [sqlite(), postgres()].map((store) => ending(store.commit(one)));
          const [onSqlite, onPostgres] = await Promise.all(endings);
          expect(onPostgres).toBe(onSqlite);
          expect(onSqlite === 'written').toBe(expected);
        }
        expect(await tablesOf(sqlite())).toEqual(model.tables());
        expect(await tablesOf(postgres())).toEqual(model.tables());
      }),
      { numRuns: RUNS },
    );
  });

  it('any batches that arrive together end equally on both, and no batch in part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 2, maxLength: 12 }), async (batches) => {
        await empty();
        const together = (store: Store) => Promise.all(batches.map((one) => ending(store.commit(one))));
        const [onSqlite, onPostgres] = await Promise.all([together(sqlite()), together(postgres())]);
        expect(onPostgres).toEqual(onSqlite);
        expect(await tablesOf(postgres())).toEqual(await tablesOf(sqlite()));
      }),
      { numRuns: RUNS },
    );
  });
});

/** All rows, readable, in the order of their keys. */
async function tablesOf(store: Store): Promise<Record<string, unknown[]>> {
  const { client } = store;
  const opened = <T extends TableName>(table: T, rows: readonly object[]) =>
    rows.map((row) => store.open(table, row as Rows[T]));
  return {
    Setting: opened('Setting', await client.setting.findMany({ orderBy: { key: 'asc' } })),
    DialogSession: opened('DialogSession', await client.dialogSession.findMany({ orderBy: { key: 'asc' } })),
    Contact: opened('Contact', await client.contact.findMany({ orderBy: { id: 'asc' } })),
    Area: opened('Area', await client.area.findMany({ orderBy: { code: 'asc' } })),
  };
}
