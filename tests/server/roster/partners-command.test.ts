import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsFrom } from '../../../server/config.ts';
import { sleep } from '../../../server/platform/waiting.ts';
import { insert } from '../../../server/services/batch.ts';
import type { AreaRow } from '../../../server/store/generated/tables.ts';
import { loadSealing } from '../../../server/store/keys.ts';
import { openStore } from '../../../server/store/store.ts';
import { newId } from './import-world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SAMPLE = join(ROOT, 'docs', 'partners.csv');
const PATIENCE_MS = 180_000;

let folder: string;
let url: string;

function run(...args: string[]): Promise<{ code: number | null; said: string; failed: string }> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'development', DATABASE_URL: url };
  const command = join(ROOT, 'server', 'partners-command.ts');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), command, ...args], {
      cwd: folder,
      env,
    });
    let [said, failed] = ['', ''];
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (failed += String(chunk)));
    child.on('close', (code) => resolve({ code, said, failed }));
  });
}

const area = (code: string, kind: AreaRow['kind'], parentCode: string | null) =>
  insert('Area', {
    code,
    name: code,
    kind,
    parentCode,
    townshipCode: null,
    countyCode: null,
    cityCode: null,
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-partners-'));
  url = `file:${join(folder, 'hutong.db')}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run partners', () => {
  it('is the command package.json names', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.partners).toContain('server/partners-command.ts');
  });

  it(
    'says how it is used, looks, and keeps the sample of the documentation once',
    async () => {
      const wrong = await run('--flie', SAMPLE);
      expect([wrong.code, wrong.failed]).toEqual([2, expect.stringContaining('npm run partners -- --file')]);
      const settings = settingsFrom({ NODE_ENV: 'development', DATABASE_URL: url });
      const store = await openStore(url, loadSealing(settings), { sleep }, newId);
      const writes = [
        area('350999', 'county', null),
        area('350999001', 'township', '350999'),
        area('350999001001', 'village', '350999001'),
      ];
      await store.commit({ guards: [], writes });
      const look = await run('--file', SAMPLE, '--dry-run');
      expect([look.code, look.failed]).toEqual([0, '']);
      expect(look.said).toContain('只是检查，什么都没有写入。');
      const written = await run('--file', SAMPLE);
      expect([written.code, written.said]).toEqual([0, expect.stringContaining('新单位 5 个')]);
      const again = await run('--file', SAMPLE);
      expect([again.code, again.said]).toEqual([0, expect.stringContaining('0 new, 0 changed, 5 as before')]);
      expect(await store.client.partner.count()).toBe(5);
      await store.close();
    },
    PATIENCE_MS,
  );
});
