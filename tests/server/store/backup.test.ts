import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsFrom } from '../../../server/config.ts';
import { uuidIds } from '../../../server/platform/ids.ts';
import { insert } from '../../../server/services/batch.ts';
import { BackupError, backupSqlite } from '../../../server/store/backup.ts';
import { commitTogether } from '../../../server/store/commit.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { KeyFileError, existingSealing, loadSealing } from '../../../server/store/keys.ts';
import { migrate } from '../../../server/store/migrations.ts';
import { checkBackup } from '../../../server/store/restore-check.ts';
import type { Sealing } from '../../../server/store/sealing.ts';

let folder: string;
let file: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-test-'));
  file = join(folder, 'hutong.db');
  target = join(folder, 'backups', 'copy.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = (url = `file:${file}`) => settingsFrom({ DATABASE_URL: url });

/** The real tables with one director in them, sealed with the keys of this folder. */
async function serviceDatabase(): Promise<Sealing> {
  const sealing = loadSealing(settings());
  const database = await openDatabase(`file:${file}`);
  await migrate(database, () => uuidIds.next());
  await commitTogether(database, sealing, [{ guards: [], writes: [director('1')] }]);
  await database.close();
  return sealing;
}

function director(id: string) {
  return insert('Worker', {
    id,
    code: `dir.${id}`,
    name: '王秀英',
    role: 'director',
    areaCode: '350000',
    phone: null,
    phoneIndex: null,
    account: null,
    state: 'active',
  });
}

/** A database of pages enough for several steps of copying. */
function ledgerDatabase(): Sqlite.Database {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE entry (id INTEGER PRIMARY KEY, body BLOB); CREATE TABLE total (n INTEGER)');
  db.exec('INSERT INTO total VALUES (0)');
  const add = db.transaction(() => addEntry(db));
  for (let n = 0; n < 5_000; n += 1) add();
  return db;
}

function addEntry(db: Sqlite.Database): void {
  db.exec('INSERT INTO entry (body) VALUES (randomblob(2000)); UPDATE total SET n = n + 1');
}

const countsOf = (path: string) => {
  const db = new Sqlite(path, { readonly: true });
  try {
    return db
      .prepare('SELECT (SELECT count(*) FROM entry) AS entries, (SELECT n FROM total) AS total')
      .get() as {
      entries: number;
      total: number;
    };
  } finally {
    db.close();
  }
};

describe('a backup', () => {
  it('is whole and of one instant although another connection writes a thousand rows meanwhile', async () => {
    const writer = ledgerDatabase();
    let written = 0;
    const add = writer.transaction(() => addEntry(writer));
    const writing = new Promise<void>((resolve) => {
      const one = () => {
        for (let n = 0; n < 10; n += 1) add();
        written += 10;
        if (written < 1_000) setImmediate(one);
        else resolve();
      };
      setImmediate(one);
    });
    const { pages, bytes } = await backupSqlite(file, target);
    const writtenMeanwhile = written;
    await writing;
    writer.close();

    expect(writtenMeanwhile).toBeGreaterThan(0);
    expect(countsOf(target)).toEqual({ entries: 5_000, total: 5_000 });
    expect(countsOf(file)).toEqual({ entries: 6_000, total: 6_000 });
    expect(bytes).toBe(statSync(target).size);
    expect(pages * 4_096).toBe(bytes);
  });

  it('is readable by its owner only and leaves nothing beside it', async () => {
    ledgerDatabase().close();
    await backupSqlite(file, target);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'backups'))).toEqual(['copy.db']);
  });

  it('never replaces a file', async () => {
    ledgerDatabase().close();
    await backupSqlite(file, target);
    const before = readFileSync(target);
    await expect(backupSqlite(file, target)).rejects.toBeInstanceOf(BackupError);
    expect(readFileSync(target).equals(before)).toBe(true);
    writeFileSync(join(folder, 'other.db-journal'), '');
    await expect(backupSqlite(file, join(folder, 'other.db'))).rejects.toBeInstanceOf(BackupError);
  });

  it('made twice at once under one name is made once', async () => {
    ledgerDatabase().close();
    const both = await Promise.allSettled([backupSqlite(file, target), backupSqlite(file, target)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(readdirSync(join(folder, 'backups'))).toEqual(['copy.db']);
  });

  it('of no database is refused, and of a file that is none leaves nothing behind', async () => {
    await expect(backupSqlite(file, target)).rejects.toBeInstanceOf(BackupError);
    writeFileSync(file, 'x'.repeat(9_000));
    await expect(backupSqlite(file, target)).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  });
});

describe('the restore check', () => {
  it('finds a good backup restorable, and leaves it as it was', async () => {
    const sealing = await serviceDatabase();
    await backupSqlite(file, target);
    const before = readFileSync(target);
    chmodSync(target, 0o400);
    const report = checkBackup(target, sealing);
    expect(report).toMatchObject({ problems: [], notes: [] });
    expect(report.tables).toContainEqual({ table: 'Worker', rows: 1, opened: true });
    expect(report.tables).toContainEqual({ table: 'Child', rows: 0, opened: null });
    expect(readFileSync(target).equals(before)).toBe(true);
    expect(readdirSync(join(folder, 'backups'))).toEqual(['copy.db']);
  });

  it('refuses a truncated file, a damaged one, another file, and none at all', async () => {
    const sealing = await serviceDatabase();
    await backupSqlite(file, target);
    const problemsOf = () => checkBackup(target, sealing).problems;
    const whole = readFileSync(target);

    truncateSync(target, Math.floor(whole.length / 2 / 4_096) * 4_096);
    expect(problemsOf()).toHaveLength(1);
    truncateSync(target, 1_000);
    expect(problemsOf()).toHaveLength(1);
    writeFileSync(target, Buffer.concat([whole.subarray(0, 8_192), Buffer.alloc(whole.length - 8_192, 7)]));
    expect(problemsOf()).toHaveLength(1);
    writeFileSync(target, 'not a database');
    expect(problemsOf()).toHaveLength(1);
    writeFileSync(target, '');
    expect(problemsOf().length).toBeGreaterThan(0);
    rmSync(target);
    expect(problemsOf()).toHaveLength(1);
  });

  it('refuses a backup that the keys here do not open', async () => {
    await serviceDatabase();
    await backupSqlite(file, target);
    const other = loadSealing(settings(`file:${join(folder, 'other', 'hutong.db')}`));
    expect(checkBackup(target, other).problems).toEqual([expect.stringContaining('Worker')]);
    expect(checkBackup(target, null).problems).toHaveLength(1);
  });

  it('needs the old key as long as one row was written with it', async () => {
    const old = await serviceDatabase();
    const rotated = loadSealing(settings(`file:${join(folder, 'new', 'hutong.db')}`));
    const database = await openDatabase(`file:${file}`);
    await commitTogether(database, rotated, [{ guards: [], writes: [director('2')] }]);
    await database.close();
    await backupSqlite(file, target);
    for (const sealing of [old, rotated])
      expect(checkBackup(target, sealing).problems).toEqual([expect.stringContaining('Worker')]);
  });

  it('refuses a backup without a table, of a newer program, or of something else', async () => {
    const sealing = await serviceDatabase();
    const change = async (sql: string, name: string) => {
      const path = join(folder, name);
      await backupSqlite(file, path);
      const db = new Sqlite(path);
      db.exec(sql);
      db.close();
      return checkBackup(path, sealing);
    };
    const lacking = await change('DROP TABLE "Feedback"', 'a.db');
    expect(lacking.problems).toEqual([expect.stringContaining('Feedback')]);
    const newer = await change(
      "UPDATE _prisma_migrations SET migration_name = '29991231000000_later'",
      'b.db',
    );
    expect(newer.problems.join()).toContain('29991231000000_later');
    const changed = await change(
      "UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name LIKE '%_the_main_job'",
      'c.db',
    );
    expect(changed.problems).toHaveLength(1);
    const foreign = await change('DELETE FROM _prisma_migrations; DROP TABLE "Feedback"', 'd.db');
    expect(foreign.problems.length).toBeGreaterThan(0);
  });
});

describe('the keys of an environment', () => {
  it('are made once beside the database, for the owner only, and found again', () => {
    const first = loadSealing(settings());
    const keys = join(folder, 'keys.json');
    expect(statSync(keys).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['keys.json']);
    const again = loadSealing(settings());
    expect(again.open(first.seal('王秀英', 'Worker.name.1'), 'Worker.name.1')).toBe('王秀英');
    expect(again.blindIndex('phone', '1')).toBe(first.blindIndex('phone', '1'));
  });

  it('come from the settings where these name them, and no file is made', () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const given = settingsFrom({ DATABASE_URL: `file:${file}`, DATA_KEY: key, INDEX_KEY: key });
    expect(loadSealing(given).blindIndex('a', 'b')).toBe(loadSealing(given).blindIndex('a', 'b'));
    expect(existsSync(join(folder, 'keys.json'))).toBe(false);
  });

  it('are not made by somebody who only looks', () => {
    expect(existingSealing(settings())).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', '{', '{"dataKeys":[],"indexKey":""}', '{"dataKeys":["c2hvcnQ="],"indexKey":"c2hvcnQ="}'])(
    'are never replaced when their file is damaged: %s',
    (text) => {
      writeFileSync(join(folder, 'keys.json'), text);
      expect(() => loadSealing(settings())).toThrow(KeyFileError);
      expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(text);
    },
  );
});
