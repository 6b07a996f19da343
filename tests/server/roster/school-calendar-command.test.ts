import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsFrom } from '../../../server/config.ts';
import { sleep } from '../../../server/platform/waiting.ts';
import { insert } from '../../../server/services/batch.ts';
import { loadSealing } from '../../../server/store/keys.ts';
import { openStore } from '../../../server/store/store.ts';
import { newId } from './import-world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SAMPLE = join(ROOT, 'docs', 'school-calendar.csv');
const PATIENCE_MS = 180_000;

let folder: string;
let url: string;

function run(...args: string[]): Promise<{ code: number | null; said: string; failed: string }> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'development', DATABASE_URL: url };
  const command = join(ROOT, 'server', 'school-calendar-command.ts');
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

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-calendar-'));
  url = `file:${join(folder, 'hutong.db')}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run school-calendar', () => {
  it('is the command package.json names', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts['school-calendar']).toContain('server/school-calendar-command.ts');
  });

  it(
    'says how it is used, looks, and keeps the cities of the sample that there are, once',
    async () => {
      const wrong = await run();
      expect([wrong.code, wrong.failed]).toEqual([2, expect.stringContaining('npm run school-calendar -- ')]);
      const settings = settingsFrom({ NODE_ENV: 'development', DATABASE_URL: url });
      const store = await openStore(url, loadSealing(settings), { sleep }, newId);
      const none = { parentCode: null, townshipCode: null, countyCode: null, cityCode: null };
      const city = insert('Area', { code: '350400000000', name: '三明市', kind: 'city', ...none });
      await store.commit({ guards: [], writes: [city] });
      const look = await run(SAMPLE, '--dry-run');
      expect([look.code, look.said]).toEqual([0, expect.stringContaining('只是检查，什么都没有写入。')]);
      expect(look.failed).toContain('没有核实日期');
      expect(await store.client.schoolBreak.count()).toBe(0);
      const written = await run(SAMPLE);
      expect([written.code, written.said]).toEqual([0, expect.stringContaining('新假期 6 条')]);
      const again = await run(SAMPLE);
      expect([again.code, again.said]).toEqual([0, expect.stringContaining('0 new, 0 changed, 6 as before')]);
      expect(await store.client.schoolBreak.count()).toBe(6);
      await store.close();
    },
    PATIENCE_MS,
  );
});
