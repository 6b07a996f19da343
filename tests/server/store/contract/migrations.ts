import { afterEach, describe, expect, it } from 'vitest';
import { uuidIds } from '../../../../server/platform/ids.ts';
import { openDatabase, type Database } from '../../../../server/store/database.ts';
import { MigrationError, migrate } from '../../../../server/store/migrations.ts';
import type { World } from './use-store.ts';

const newId = () => uuidIds.next();

/** Prisma's own table, as its engine makes it; so `prisma migrate status` reads ours. */
const PRISMA_LEDGER = {
  sqlite: [
    'id TEXT required',
    'checksum TEXT required',
    'finished_at DATETIME',
    'migration_name TEXT required',
    'logs TEXT',
    'rolled_back_at DATETIME',
    'started_at DATETIME required default current_timestamp',
    'applied_steps_count INTEGER UNSIGNED required default 0',
  ],
  postgresql: [
    'id character varying(36) required',
    'checksum character varying(64) required',
    'finished_at timestamp with time zone',
    'migration_name character varying(255) required',
    'logs text',
    'rolled_back_at timestamp with time zone',
    'started_at timestamp with time zone required default now()',
    'applied_steps_count integer required default 0',
  ],
};

export function describeMigrations(world: World): void {
  describe('migrations', () => {
    const open: Database[] = [];
    const database = async (url: string): Promise<Database> => {
      const opened = await openDatabase(url);
      open.push(opened);
      return opened;
    };
    const fresh = async () => database(await world().newDatabase());
    // In the order they ran; those of one millisecond by name. Without it PostgreSQL gives rows as they lie, and puts new ones
    // into the room that refused ones left.
    const ledger = ({ client }: Database) =>
      client.$queryRawUnsafe<Record<string, unknown>[]>(
        'SELECT * FROM "_prisma_migrations" ORDER BY started_at, migration_name',
      );
    afterEach(async () => {
      await Promise.all(open.splice(0).map((one) => one.close()));
    });

    it('a fresh database gets every migration once, and the second start finds nothing to do', async () => {
      const db = await fresh();
      const applied = await migrate(db, newId);
      expect(applied.length).toBeGreaterThan(0);
      expect(await migrate(db, newId)).toEqual([]);
      expect((await ledger(db)).map((row) => row.migration_name)).toEqual(applied);
    });

    it('three processes that start together on a fresh database all come up, and each migration ran once', async () => {
      const url = await world().newDatabase();
      const applied = await Promise.all(
        [1, 2, 3].map(async () => {
          const db = await database(url);
          return migrate(db, newId);
        }),
      );
      // Which of the three ran which one is chance; together they ran each once, the oldest first.
      const names = applied.flat().sort();
      expect(new Set(names).size).toBe(names.length);
      expect((await ledger(await database(url))).map((row) => row.migration_name)).toEqual(names);
    });

    it('a migration that was changed after it ran is refused, and nothing is done', async () => {
      const db = await fresh();
      await migrate(db, newId);
      await db.client.$executeRawUnsafe(`UPDATE "_prisma_migrations" SET checksum = 'another'`);
      await expect(migrate(db, newId)).rejects.toThrow(MigrationError);
    });

    it('a database that is newer than this program is refused by the name of the migration', async () => {
      const db = await fresh();
      await migrate(db, newId);
      await db.client.$executeRawUnsafe(
        `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('x', 'y', CURRENT_TIMESTAMP, '29990101000000_later')`,
      );
      await expect(migrate(db, newId)).rejects.toThrow('29990101000000_later');
    });

    it('the ledger has the columns of Prisma itself, and its rows say finished, with one step', async () => {
      const db = await fresh();
      await migrate(db, newId);
      expect(await ledgerColumns(db)).toEqual(PRISMA_LEDGER[world().provider]);
      for (const row of await ledger(db)) {
        expect(row).toMatchObject({ rolled_back_at: null, logs: null });
        expect(Number(row.applied_steps_count)).toBe(1);
        expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
        expect(row.finished_at).toBeInstanceOf(Date);
        expect(row.started_at).toBeInstanceOf(Date);
      }
    });

    it('a migration that broke off in the middle leaves nothing behind', async () => {
      const db = await fresh();
      await db.client.$executeRawUnsafe('CREATE TABLE "SimulatorMessage" ("x" TEXT)'); // the last table is in the way
      await expect(migrate(db, newId)).rejects.toThrow('SimulatorMessage');
      await expect(db.client.$queryRawUnsafe('SELECT * FROM "Area"')).rejects.toThrow();
      expect(await ledger(db)).toEqual([]);
      await db.client.$executeRawUnsafe('DROP TABLE "SimulatorMessage"');
      expect((await migrate(db, newId)).length).toBeGreaterThan(0);
    });
  });
}

interface LedgerColumn {
  readonly name: string;
  readonly type: string;
  readonly required: boolean | number | bigint;
  readonly preset: string | null;
}

async function ledgerColumns({ client, provider }: Database): Promise<string[]> {
  const columns = await client.$queryRawUnsafe<LedgerColumn[]>(
    provider === 'sqlite'
      ? `SELECT name, type, "notnull" AS required, dflt_value AS preset FROM pragma_table_info('_prisma_migrations')`
      : `SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required,
           pg_get_expr(adbin, adrelid) AS preset
         FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
         WHERE attrelid = '"_prisma_migrations"'::regclass AND attnum > 0 ORDER BY attnum`,
  );
  return columns.map(({ name, type, required, preset }) =>
    [name, type, ...(required ? ['required'] : []), ...(preset === null ? [] : ['default', preset])].join(
      ' ',
    ),
  );
}
