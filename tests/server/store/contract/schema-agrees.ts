import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES, type TableName } from '../../../../server/store/generated/tables.ts';
import { openTestStore } from '../../../support/store-world.ts';
import { postgresTables, sqliteTables } from '../../../support/store-introspect.ts';
import { schemaTables, type TableShape } from '../../../support/store-schema.ts';
import type { Store } from '../../../../server/store/store.ts';
import type { World } from './use-store.ts';

const SCHEMA = readFileSync(new URL('../../../../prisma/schema.prisma', import.meta.url), 'utf8');
const wanted = schemaTables(SCHEMA);

export function describeSchema(world: World): void {
  describe('the schema', () => {
    let store: Store | null = null;
    let found: ReadonlyMap<string, TableShape> = new Map();
    beforeAll(async () => {
      store = await openTestStore(await world().newDatabase());
      found = await (world().provider === 'sqlite' ? sqliteTables : postgresTables)(store.client);
    });
    afterAll(() => store?.close());

    it('and the migrations make the same tables, no more and no fewer', () => {
      expect([...found.keys()].sort()).toEqual([...wanted.keys(), '_prisma_migrations'].sort());
      expect([...wanted.keys()].sort()).toEqual(Object.keys(TABLES).sort());
      expect(wanted.size).toBeGreaterThan(20);
    });

    it.each([...wanted.keys()])(
      '%s: columns, types, nulls, keys, unique values, indexes and value lists agree',
      (table) => {
        const { encrypted: _onlyInSchema, ...shape } = wanted.get(table) ?? {};
        expect(found.get(table)).toEqual(shape);
      },
    );

    it.each([...wanted.keys()])('%s: what the store writes by agrees with the schema', (table) => {
      const described = TABLES[table as TableName].map(
        ({ name, type, nullable, values, auto, encrypted }) => ({
          name,
          type,
          nullable,
          values,
          auto,
          encrypted,
        }),
      );
      const shape = wanted.get(table);
      expect(described).toEqual(
        shape?.columns.map((c) => ({ ...c, encrypted: shape.encrypted.includes(c.name) })),
      );
      expect(TABLES[table as TableName].filter((c) => c.id).map((c) => c.name)).toEqual(
        wanted.get(table)?.key,
      );
    });
  });
}
