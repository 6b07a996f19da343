import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedDemo } from '../../../prisma/seed/demo-county.ts';
import { settingsFrom } from '../../../server/config.ts';
import { loadSealing } from '../../../server/store/keys.ts';
import { settingWrite, readSetting } from '../../../server/store/settings.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import { allRows, newId } from './import-world.ts';
import { csvText, sampleRows, TODAY } from './sample-roster.ts';

const COMMAND = fileURLToPath(new URL('../../../server/import-command.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PATIENCE_MS = 60_000;

let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-import-'));
  url = `file:${join(folder, 'data', 'hutong.db')}`;
  for (const name of ['areas', 'staff', 'children'] as const)
    writeFileSync(join(folder, `${name}.csv`), csvText(sampleRows(name)));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly said: string;
  readonly failed: string;
}

/** Runs the command in the test's folder, as `npm run import --` does in the project's. */
function run(...args: string[]): Promise<Ended> {
  const environment = { PATH: process.env.PATH, NODE_ENV: 'development', DATABASE_URL: url };
  const tsx = import.meta.resolve('tsx');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', tsx, COMMAND, ...args], {
      cwd: folder,
      env: environment,
    });
    let [said, failed] = ['', ''];
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (failed += String(chunk)));
    child.on('close', (code) => resolve({ code, said, failed }));
  });
}

const FILES = ['--areas', 'areas.csv', '--staff', 'staff.csv', '--children', 'children.csv'];

async function withStore<Value>(work: (store: Store) => Promise<Value>): Promise<Value> {
  const timers = { sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
  const settings = settingsFrom({ NODE_ENV: 'development', DATABASE_URL: url });
  const store = await openStore(url, loadSealing(settings), timers, newId);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const childCodes = () =>
  withStore(async ({ client }) =>
    (await client.child.findMany({ orderBy: { code: 'asc' } })).map((c) => c.code),
  );
const reports = () => readdirSync(folder).filter((name) => /^import-report-[\d-]+\.csv$/u.test(name));

describe('npm run import', () => {
  it(
    'stores the roster, counts it for each file, and leaves the list of problems in the folder',
    async () => {
      const { code, said, failed } = await run(...FILES);
      expect({ code, failed }).toEqual({ code: 0, failed: '' });
      expect(said).toContain('children.csv：收下 3 行');
      expect(said).toContain('children.csv: 3 rows taken');
      expect(await childCodes()).toEqual(['K1', 'K2', 'K3']);
      expect(reports()).toHaveLength(1);
      expect(readFileSync(join(folder, reports()[0] ?? ''), 'utf8')).toContain(
        '文件,行号,编号,列,级别,问题,怎么改',
      );
    },
    PATIENCE_MS,
  );

  it(
    'ends well when rows are refused, and says which',
    async () => {
      const [header = [], first = [], ...rest] = sampleRows('children');
      const broken = first.map((cell, at) => (header[at] === '性别' ? '未知' : cell));
      writeFileSync(join(folder, 'children.csv'), csvText([header, broken, ...rest]));
      const { code, said } = await run(...FILES, '--report', 'problems.csv');
      expect(code).toBe(0);
      expect(said).toContain('拒绝 children.csv · 2 · K1 · 性别');
      expect(readFileSync(join(folder, 'problems.csv'), 'utf8')).toContain('children.csv,2,K1,性别,拒绝');
      expect(await childCodes()).toEqual(['K2', 'K3']);
    },
    PATIENCE_MS,
  );

  it(
    'writes nothing when asked only to look, not even an empty database',
    async () => {
      const { code, said } = await run(...FILES, '--dry-run');
      expect(code).toBe(0);
      expect(said).toContain('什么都没有写入');
      expect(existsSync(join(folder, 'data'))).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'writes nothing at all when one of the files breaks off in the middle',
    async () => {
      writeFileSync(join(folder, 'children.csv'), `${csvText(sampleRows('children'))}K9,"没有合上的引号\r\n`);
      const { code, failed } = await run(...FILES);
      expect(code).toBe(1);
      expect(failed).toContain('引号');
      expect(await withStore(({ client }) => client.area.count())).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'names what is wrong with the arguments, and a file that is not there',
    async () => {
      const wrong = await run('--areas', 'areas.csv', '--staff', 'staff.csv');
      expect([wrong.code, wrong.failed]).toEqual([2, expect.stringContaining('--children')]);
      const absent = await run(
        '--areas',
        'nowhere.csv',
        '--staff',
        'staff.csv',
        '--children',
        'children.csv',
      );
      expect([absent.code, absent.failed]).toEqual([1, expect.stringContaining('nowhere.csv')]);
    },
    PATIENCE_MS,
  );
});

describe('npm run import beside a demo', () => {
  beforeEach(() =>
    withStore(async (store) => {
      await seedDemo(store, TODAY, newId);
      await store.commit({ guards: [], writes: [settingWrite('clock-offset-ms', '3600000')] });
    }),
  );

  it(
    'refuses to mix a real roster with it, and changes nothing',
    async () => {
      const before = await withStore(allRows);
      const { code, failed } = await run(...FILES);
      expect([code, failed]).toEqual([1, expect.stringContaining('--replace-demo')]);
      const look = await run(...FILES, '--dry-run', '--replace-demo');
      expect(look.code).toBe(0);
      expect(await withStore(allRows)).toEqual(before);
    },
    PATIENCE_MS,
  );

  it(
    'replaces it when told to, and keeps the clock; a second time nothing is erased',
    async () => {
      expect((await run(...FILES, '--replace-demo')).code).toBe(0);
      expect(await childCodes()).toEqual(['K1', 'K2', 'K3']);
      const counts = await withStore(async ({ client }) => [
        await client.contact.count(),
        await client.area.count(),
      ]);
      expect(counts).toEqual([0, 6]);
      const settings = await withStore(async (store) => [
        await readSetting(store, 'demo'),
        await readSetting(store, 'clock-offset-ms'),
      ]);
      expect(settings).toEqual([null, '3600000']);
      const before = await withStore(allRows);
      expect((await run(...FILES, '--replace-demo')).code).toBe(0);
      expect(await withStore(allRows)).toEqual(before);
    },
    PATIENCE_MS,
  );

  it(
    'keeps the demo when the new files cannot be read',
    async () => {
      writeFileSync(join(folder, 'staff.csv'), '');
      expect((await run(...FILES, '--replace-demo')).code).toBe(1);
      expect(await withStore((store) => readSetting(store, 'demo'))).toBe('yes');
    },
    PATIENCE_MS,
  );
});

describe('npm run import from the project folder', () => {
  it('is the command package.json names', () => {
    const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
    expect(scripts.import).toContain('server/import-command.ts');
  });
});
