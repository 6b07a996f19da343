import Sqlite from 'better-sqlite3';
import { answer } from './programs.ts';

/**
 * A program of the bench: what the planner's day costs without the planner. It reads the same columns of the same
 * children in the same slices, and inserts the rows the planner has just made, in as many commits, with nothing to
 * think about in between. Leaves the database as it was before the day.
 */
const SLICE = 500;
const [file = ''] = process.argv.slice(2);

type Row = Record<string, unknown>;
interface Child {
  readonly id: string;
  readonly villageCode: string;
  readonly cadence: string;
}

const database = new Sqlite(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = OFF');
const planned = database.prepare<[], Row>('SELECT * FROM "PlannedWork" ORDER BY rowid').all();
const outbox = database.prepare<[], Row>('SELECT * FROM "Outbox" ORDER BY rowid').all();
const settings = database
  .prepare<[], Row>(`SELECT * FROM "Setting" WHERE "key" IN ('last-planned-on', 'planner-succeeded-at')`)
  .all();
const ofChild = new Map<unknown, Row[]>();
for (const row of planned) ofChild.set(row.childId, [...(ofChild.get(row.childId) ?? []), row]);
clear();

database.pragma('synchronous = FULL');
const slice = database.prepare<[string, number], Child>(
  'SELECT "id", "villageCode", "cadence" FROM "Child" WHERE "id" > ? AND "endsOn" IS NULL ORDER BY "id" LIMIT ?',
);
const cpu = process.cpuUsage();
const start = performance.now();
const insertPlanned = inserter('PlannedWork', planned);
const insertOutbox = inserter('Outbox', outbox);
const putSettings = inserter('Setting', settings, 'OR REPLACE');
let commits = 0;
for (let cursor = ''; ;) {
  const children = slice.all(cursor, SLICE);
  const last = children.at(-1);
  if (!last) break;
  commits += insertPlanned(children.flatMap((child) => ofChild.get(child.id) ?? []));
  cursor = last.id;
}
for (let first = 0; first < outbox.length; first += SLICE) commits += insertOutbox(outbox.slice(first, first + SLICE));
commits += putSettings(settings);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);

database.pragma('synchronous = OFF');
clear();
database.close();
answer({ ms, cpuMs: (user + system) / 1000, commits });

/** Inserts rows in one transaction; answers with the number of transactions that took. */
function inserter(table: string, all: readonly Row[], or = ''): (rows: readonly Row[]) => number {
  const columns = Object.keys(all[0] ?? { key: '' });
  const names = columns.map((c) => `"${c}"`).join();
  const sql = `INSERT ${or} INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join()})`;
  const statement = all.length === 0 ? null : database.prepare(sql);
  const write = database.transaction((rows: readonly Row[]) => {
    for (const row of rows) statement?.run(columns.map((c) => row[c]));
  });
  return (rows) => {
    if (rows.length === 0) return 0;
    write(rows);
    return 1;
  };
}

/** Takes back the planned day. */
function clear(): void {
  for (const table of ['PlannedWork', 'Outbox', 'SimulatorMessage', 'AccessRow']) database.exec(`DELETE FROM "${table}"`);
  database.exec(`DELETE FROM "Setting" WHERE "key" IN ('planner-succeeded-at', 'clock-offset-ms')`);
  database.exec(`UPDATE "Setting" SET "value" = date("value", '-1 day') WHERE "key" = 'last-planned-on'`);
  database.exec(`UPDATE "ChatAccount" SET "questionAskedAt" = NULL`);
  database.pragma('wal_checkpoint(TRUNCATE)');
}
