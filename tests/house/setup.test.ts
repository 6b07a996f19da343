import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Stands in for npm: writes down how it was called, and installs the one module that setup tries out. */
const FAKE_NPM = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('npm-is-broken')) { console.error('gyp ERR: no compiler'); process.exit(1); }
fs.mkdirSync('node_modules/better-sqlite3', { recursive: true });
fs.writeFileSync('node_modules/better-sqlite3/index.js', 'module.exports = class { close() {} };');
`;
const FAKE_GENERATOR = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('generator-calls', 'made\\n');
mkdirSync('server/store/generated', { recursive: true });
writeFileSync('server/store/generated/stamp', 'done');
`;
const LOCK_FILE = JSON.stringify({
  packages: { '': {}, 'node_modules/better-sqlite3': { version: '1.0.0' } },
});

let clone = '';

function write(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(clone, file)), { recursive: true });
  writeFileSync(join(clone, file), text, { mode });
}

/** How often npm or the generator was called, and with what. */
function callsOf(program: 'npm' | 'generator'): readonly string[] {
  const file = join(clone, `${program}-calls`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function setup(nodeEnv = 'test'): Promise<Outcome> {
  const env = {
    ...process.env,
    NODE_ENV: nodeEnv,
    PATH: `${join(clone, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['server/setup.mjs'], { cwd: clone, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'setup-'));
  mkdirSync(join(clone, 'server'));
  cpSync(join(ROOT, 'server/setup.mjs'), join(clone, 'server/setup.mjs'));
  write('package-lock.json', LOCK_FILE);
  write('prisma/generate.mjs', FAKE_GENERATOR);
  write('prisma/schema.prisma', 'model Child {}');
  write('bin/npm', FAKE_NPM, 0o755);
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

describe('making a fresh clone runnable', () => {
  it('a fresh clone is installed and generated once, and the next start does nothing and says nothing', async () => {
    const first = await setup();
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr.trim().split('\n')).toHaveLength(2);
    expect(await setup()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(callsOf('npm')).toEqual(['ci --no-audit --no-fund --include=dev']);
    expect(callsOf('generator')).toEqual(['made']);
  });

  it('two starts at once install once', async () => {
    const outcomes = await Promise.all([setup(), setup(), setup()]);
    expect(outcomes.map((outcome) => outcome.code)).toEqual([0, 0, 0]);
    expect(callsOf('npm')).toHaveLength(1);
    expect(callsOf('generator')).toHaveLength(1);
    expect(existsSync(join(clone, '.setup-lock'))).toBe(false);
  });

  it('a changed lock file installs again, a changed schema only generates again', async () => {
    await setup();
    write('package-lock.json', LOCK_FILE.replace('1.0.0', '1.0.1'));
    await setup();
    expect([callsOf('npm').length, callsOf('generator').length]).toEqual([2, 2]);
    write('prisma/schema.prisma', 'model Guardian {}');
    await setup();
    expect([callsOf('npm').length, callsOf('generator').length]).toEqual([2, 3]);
  });

  it('generated clients that were removed are made again', async () => {
    await setup();
    rmSync(join(clone, 'server/store/generated'), { recursive: true });
    await setup();
    expect([callsOf('npm').length, callsOf('generator').length]).toEqual([1, 2]);
  });

  it('packages installed by hand are taken as they are', async () => {
    write('node_modules/.package-lock.json', LOCK_FILE);
    write('node_modules/better-sqlite3/index.js', 'module.exports = class { close() {} };');
    expect((await setup()).code).toBe(0);
    expect(callsOf('npm')).toEqual([]);
  });

  it('packages installed by hand whose native module does not load are installed again', async () => {
    write('node_modules/.package-lock.json', LOCK_FILE);
    write('node_modules/better-sqlite3/index.js', 'throw new Error("compiled for another Node.js");');
    expect((await setup()).code).toBe(0);
    expect(callsOf('npm')).toHaveLength(1);
  });

  it('a production image leaves the development packages out, and a later developer gets them', async () => {
    await setup('production');
    await setup('production');
    expect(callsOf('npm')).toEqual(['ci --no-audit --no-fund --omit=dev']);
    await setup();
    expect(callsOf('npm')).toHaveLength(2);
    await setup('production');
    expect(callsOf('npm')).toHaveLength(2);
  });

  it('a failed install names what is needed, and the next start tries again', async () => {
    write('npm-is-broken', '');
    const failed = await setup();
    expect(failed.code).toBe(1);
    for (const need of ['20.19', 'Python', 'make', 'C++ compiler', 'no compiler'])
      expect(failed.stderr).toContain(need);
    expect(failed.stderr).not.toContain('    at ');
    rmSync(join(clone, 'npm-is-broken'));
    expect((await setup()).code).toBe(0);
    expect(callsOf('npm')).toHaveLength(2);
  });

  it('the lock of a killed setup does not stop the next one', async () => {
    const lock = join(clone, '.setup-lock');
    mkdirSync(lock);
    utimesSync(lock, 0, 0);
    expect((await setup()).code).toBe(0);
    expect(callsOf('npm')).toHaveLength(1);
  });
});
