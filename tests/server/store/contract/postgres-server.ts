import { describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import { batchOf, openTestStore, type postgresWorld } from '../../../support/store-world.ts';

type PostgresWorld = Awaited<ReturnType<typeof postgresWorld>>;

/** What only PostgreSQL has: collations of its own, and tables that another language would sort otherwise. */
export function describePostgresServer(world: () => PostgresWorld): void {
  describe('on a server that sorts as Chinese does', () => {
    it('our columns sort by their bytes all the same', async () => {
      const chinese = `TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LOCALE 'C'`;
      const store = await openTestStore(await world().server.createDatabase(chinese));
      try {
        const keys = ['a', 'B', '中', '安', '一', 'é', '10', '2', '😀', 'Ａ'];
        await store.commit(batchOf(...keys.map((key) => insert('Setting', { key, value: key }))));
        const found = await store.client.setting.findMany({ orderBy: { value: 'asc' } });
        const byBytes = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(found.map((row) => row.key)).toEqual(byBytes);
        const [inChinese] = await store.client.$queryRawUnsafe<{ first: string }[]>(
          `SELECT t AS first FROM (VALUES ('中'), ('安'), ('一')) AS v(t) ORDER BY t LIMIT 1`,
        );
        expect(inChinese?.first).toBe('安'); // by pinyin: the server itself does sort otherwise
      } finally {
        await store.close();
      }
    });
  });
}
