import { TABLES, type TableName } from './generated/tables.ts';
import type { Store } from './store.ts';

/** Kept when everything else goes: the clock of the simulator, and who is the active worker. */
const KEPT_SETTING = 'clock-offset-ms';
const KEPT_TABLES: readonly TableName[] = ['Lease', 'RevisionGuard'];

/**
 * Erases every row of a demo database in one transaction; the offset of the business clock stays, because that clock
 * never goes back. The caller has made sure that it is a demo.
 */
export async function eraseEverything(store: Store): Promise<void> {
  await store.lane.idle();
  const { client } = store;
  const tables = (Object.keys(TABLES) as TableName[]).filter((table) => !KEPT_TABLES.includes(table));
  await client.$transaction(
    tables.map((table) =>
      table === 'Setting'
        ? client.$executeRawUnsafe(`DELETE FROM "Setting" WHERE "key" <> '${KEPT_SETTING}'`)
        : client.$executeRawUnsafe(`DELETE FROM "${table}"`),
    ),
  );
}
