import Sqlite from 'better-sqlite3';
import { loadSealing } from '../../server/store/keys.ts';
import { settingsOf } from './bench-database.ts';
import { unplan } from './plan-again.ts';
import { answer, serve } from './programs.ts';

/**
 * A program of the bench: what the planner's day costs without the planner. It reads the same rows in the same slices
 * (children, areas, assignments, accounts, and whoever supervises, with their names and phones opened), and inserts the
 * rows the planner has just made in as many commits, with nothing to think about in between. The one sealed column of
 * these rows, a digest's text, is empty until it goes out: neither side has anything to seal.
 */
const SLICE = 500;
const [file = ''] = process.argv.slice(2);

type Row = Record<string, unknown>;
interface Child {
  readonly id: string;
  readonly villageCode: string;
  readonly cadence: string;
}
interface Supervisor {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
}

const sealing = loadSealing(settingsOf(file));
const database = new Sqlite(file);
database.pragma('synchronous = FULL');
const rowsOf = (table: string): Row[] =>
  database.prepare<[], Row>(`SELECT * FROM "${table}" ORDER BY rowid`).all();
const [planned, outbox, settings] = [rowsOf('PlannedWork'), rowsOf('Outbox'), rowsOf('Setting')];
const ofChild = new Map<unknown, Row[]>();
for (const row of planned) ofChild.set(row.childId, [...(ofChild.get(row.childId) ?? []), row]);

serve((word) => (word === 'stop' ? stop() : plan()));
answer({});

function plan() {
  unplan(file);
  const start = performance.now();
  readResponsibility();
  const commits = writeDay();
  return { ms: performance.now() - start, commits };
}

function stop() {
  database.close();
  return {};
}

function readResponsibility(): void {
  database.prepare(`SELECT "code", "kind", "townshipCode", "countyCode" FROM "Area"`).all();
  database.prepare(`SELECT "workerId", "villageCode", "childId" FROM "Assignment"`).all();
  database.prepare(`SELECT * FROM "ChatAccount" WHERE "channel" = 'simulator'`).all();
  const above = database.prepare<[], Supervisor>(`SELECT * FROM "Worker" WHERE "role" <> 'director'`).all();
  for (const { id, name, phone } of above) {
    sealing.open(name, `Worker.name.${id}`);
    sealing.open(phone, `Worker.phone.${id}`);
  }
}

/** Answers with the number of commits. */
function writeDay(): number {
  const slice = database.prepare<[string, number], Child>(
    'SELECT "id", "villageCode", "cadence" FROM "Child" WHERE "id" > ? AND "endsOn" IS NULL ORDER BY "id" LIMIT ?',
  );
  const [insertPlanned, insertOutbox] = [inserter('PlannedWork', planned), inserter('Outbox', outbox)];
  let count = 1;
  for (let cursor = ''; ;) {
    const children = slice.all(cursor, SLICE);
    const last = children.at(-1);
    if (!last) break;
    count += insertPlanned(children.flatMap((child) => ofChild.get(child.id) ?? []));
    cursor = last.id;
  }
  for (let first = 0; first < outbox.length; first += SLICE)
    count += insertOutbox(outbox.slice(first, first + SLICE));
  inserter('Setting', settings, 'OR REPLACE')(settings);
  return count;
}

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
