import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../../../server/platform/clock.ts';
import { projectText, ROOT } from '../../docs/project-files.ts';
import { startService, type RunningService } from '../../support/start-service.ts';
import { fakeWecom, type FakeWecom } from '../../support/wecom/fake-wecom.ts';

const COMMAND = join(ROOT, 'server/wecom-check-command.ts');
const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const CORP = 'wx5823bf96d3bd56c7';
const SECRET = 'a-secret-of-the-app';

let folder: string;
let empty: string;
let wecom: FakeWecom;
let running: RunningService;
let settings: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-check-'));
  empty = mkdtempSync(join(tmpdir(), 'hutong-check-'));
  wecom = await fakeWecom({
    clock: realClock,
    corpId: CORP,
    agentId: 1000002,
    secret: SECRET,
    token: 'QDG6eK',
    aesKey: KEY,
  });
  settings = {
    NODE_ENV: 'development',
    DATABASE_URL: `file:${join(folder, 'hutong.db')}`,
    WECOM_CORP_ID: CORP,
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: SECRET,
    WECOM_CALLBACK_TOKEN: 'QDG6eK',
    WECOM_ENCODING_AES_KEY: KEY,
    WECOM_API_BASE: wecom.url,
  };
  running = await startService({ clock: realClock, dataDir: folder, env: settings });
  settings.PUBLIC_URL = running.url;
  const workers = await running.service.world.store.client.worker.findMany({
    where: { account: { not: null } },
  });
  for (const { account } of workers) wecom.tenant.join(account ?? '');
});

afterAll(async () => {
  await running.stop();
  await wecom.stop();
  for (const made of [folder, empty]) rmSync(made, { recursive: true, force: true });
});

function run(env: Readonly<Record<string, string>>, ...args: string[]) {
  return new Promise<{ code: number | null; said: string; failed: string }>((resolve) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), COMMAND, ...args], {
      cwd: empty,
      env: { PATH: process.env.PATH, ...env },
    });
    let [said, failed] = ['', ''];
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (failed += String(chunk)));
    child.on('close', (code) => {
      resolve({ code, said, failed });
    });
  });
}

describe('npm run wecom:check', () => {
  it('is the command package.json names', () => {
    const { scripts } = JSON.parse(projectText('package.json'));
    expect(scripts['wecom:check']).toContain('server/wecom-check-command.ts');
  });

  it('ends with 0 where all is well, with 1 and the step where it is not, and writes nothing', async () => {
    const file = join(folder, 'hutong.db');
    const before = readFileSync(file);
    const good = await run(settings);
    expect([good.code, good.failed]).toEqual([0, '']);
    expect(good.said.trim().split('\n').at(-1)).toBe('都好。');
    const bad = await run({ ...settings, WECOM_AGENT_SECRET: 'wrong' }, '--english');
    expect([bad.code, bad.failed]).toEqual([1, '']);
    expect(bad.said).toMatch(/^mend +Secret: WECOM_AGENT_SECRET is wrong \(40001\)\. In the admin console/mu);
    expect(bad.said).not.toMatch(/\p{Script=Han}/u);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(empty)).toEqual([]);
  });

  it('says what is not set, what is set by half, and how it is used', async () => {
    const nothing = await run({ DATABASE_URL: 'file:./nowhere.db' });
    expect([nothing.code, nothing.failed]).toEqual([1, expect.stringContaining('没有设置企业微信')]);
    const half = await run({ ...settings, WECOM_AGENT_ID: '' });
    expect([half.code, half.failed]).toEqual([1, expect.stringContaining('WECOM_AGENT_ID')]);
    const wrong = await run(settings, '--chinese');
    expect([wrong.code, wrong.failed]).toEqual([1, expect.stringContaining('npm run wecom:check')]);
    expect(readdirSync(empty)).toEqual([]);
  });
});
