import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsFrom } from '../../../server/config.ts';
import { sleep } from '../../../server/platform/waiting.ts';
import { readPolicyFile } from '../../../server/policy/policy-file.ts';
import { insert } from '../../../server/services/batch.ts';
import { loadSealing } from '../../../server/store/keys.ts';
import { openStore } from '../../../server/store/store.ts';
import { newId } from '../roster/import-world.ts';

const COMMAND = fileURLToPath(new URL('../../../server/policy-command.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SAMPLE = join(ROOT, 'docs', 'county-policy.yaml');
const COUNTY = '350999';
const PATIENCE_MS = 180_000;

let folder: string;
let url: string;

function run(...args: string[]): Promise<{ code: number | null; said: string; failed: string }> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'development', DATABASE_URL: url };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), COMMAND, ...args], {
      cwd: folder,
      env,
    });
    let [said, failed] = ['', ''];
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (failed += String(chunk)));
    child.on('close', (code) => resolve({ code, said, failed }));
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-policy-'));
  url = `file:${join(folder, 'hutong.db')}`;
  // The sample of the documentation, from a day that is still to come whenever this runs.
  const sample = readFileSync(SAMPLE, 'utf8').replace(/^from: \S+/mu, 'from: 2099-12-01');
  writeFileSync(join(folder, 'county.yaml'), sample);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run policy', () => {
  it('has a sample that can be read, and is the command package.json names', () => {
    expect(readPolicyFile(readFileSync(SAMPLE, 'utf8'))).toMatchObject({
      ok: true,
      value: { areaCode: COUNTY, tiers: { high: { visitIntervalDays: 14 } } },
    });
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.policy).toContain('server/policy-command.ts');
  });

  it(
    'says how it is used, and makes no database where there is none',
    async () => {
      const wrong = await run('--flie', 'county.yaml');
      expect([wrong.code, wrong.failed]).toEqual([2, expect.stringContaining('npm run policy -- --file')]);
      const early = await run('--file', 'county.yaml');
      expect([early.code, early.failed]).toEqual([1, expect.stringContaining('还没有数据库')]);
    },
    PATIENCE_MS,
  );

  it(
    'looks, writes, and finds it there the second time, in both languages',
    async () => {
      const settings = settingsFrom({ NODE_ENV: 'development', DATABASE_URL: url });
      const store = await openStore(url, loadSealing(settings), { sleep }, newId);
      await store.commit({
        guards: [],
        writes: [
          insert('Area', {
            code: COUNTY,
            name: '清溪县',
            kind: 'county',
            parentCode: null,
            townshipCode: null,
            countyCode: COUNTY,
            cityCode: null,
          }),
        ],
      });
      const look = await run('--file', 'county.yaml', '--dry-run');
      expect([look.code, look.failed]).toEqual([0, '']);
      expect(look.said).toContain('只是检查，什么都没有写入。');
      expect(look.said).toContain('Only checked, nothing was written.');
      expect(await store.client.carePolicyVersion.count()).toBe(0);
      const written = await run('--file', 'county.yaml');
      expect([written.code, written.said]).toEqual([0, expect.stringContaining('已写入')]);
      const again = await run('--file', 'county.yaml');
      expect([again.code, again.said]).toEqual([0, expect.stringContaining('already there')]);
      expect(await store.client.carePolicyVersion.count()).toBe(2);
      writeFileSync(
        join(folder, 'looser.yaml'),
        `area: ${COUNTY}\nfrom: 2099-12-01\nsource: 通知\ntalkDays: 9\n`,
      );
      const refused = await run('--file', 'looser.yaml');
      expect([refused.code, refused.failed]).toEqual([1, expect.stringContaining('talkDays')]);
      await store.close();
    },
    PATIENCE_MS,
  );
});
