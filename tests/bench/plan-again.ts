import Sqlite from 'better-sqlite3';

/** Takes back a planned day, so that it can be planned once more from the same rows. */
export function unplan(file: string): void {
  const database = new Sqlite(file, { timeout: 10_000 });
  database.pragma('synchronous = OFF');
  for (const table of ['PlannedWork', 'Outbox']) database.exec(`DELETE FROM "${table}"`);
  database.exec(`UPDATE "Setting" SET "value" = '2026-11-19' WHERE "key" = 'last-planned-on'`);
  database.exec(`DELETE FROM "Setting" WHERE "key" = 'planner-succeeded-at'`);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
