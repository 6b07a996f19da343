import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wecomEnv } from '../support/wecom-tenant.ts';
import { sayTo, startProcess, type ServiceProcess } from '../support/service-process.ts';

const DIRECTOR = 'dir.00001';
const LOCKED_MS = 10_000;

let folder: string;
let file: string;
const running: ServiceProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-report-faults-'));
  file = join(folder, 'hutong.db');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const process = await startProcess(`file:${file}`, env);
  running.push(process);
  return process;
}

function rows<T>(sql: string): T[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

const count = (sql: string): number => rows<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)[0]?.n ?? 0;
const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * What is said from the first word to the outcome, by the director or by whoever was paged; after each of them the
 * process dies. Every commit of it is cut in tests/service/report-cut-points.test.ts.
 */
const COURSE: readonly (readonly [by: 'director' | 'taker', text: string])[] = [
  ['director', '紧急 孩子被打了，在村口'],
  ['director', '还在哭，脸上有伤'],
  ['director', '有'],
  ['director', '说完了'],
  ['taker', '查看'],
  ['taker', '收到'],
  ['taker', '进展'],
  ['taker', '派出所，9点05分报的，王警官接的'],
  ['taker', 'FJ-2026-7'],
  ['taker', '还不知道'],
  ['taker', '菜单'],
  ['taker', '误报'],
  ['taker', '孩子在外婆家，平安，没有被打'],
  ['taker', '孩子平安，谢谢您'],
];

/** So many milliseconds after the words were sent, in turn: before they are stored, in the turn, and after its answer. */
const DIES_AFTER_MS = [12, 25, 6, 40, 18, 90, 30];

/** The account of whoever was paged first. */
function pagedFirst(): string {
  const [first] = rows<{ account: string }>(
    'SELECT w.account FROM ReportRecipient r JOIN Worker w ON w.id = r.workerId ORDER BY r.toldAt, w.account LIMIT 1',
  );
  return first?.account ?? '';
}

describe('kill -9 in the course of a report', () => {
  it('loses nothing and stores nothing twice, after every one of its steps', async () => {
    let process = await start();
    for (const [step, [by, text]] of COURSE.entries()) {
      const account = by === 'director' ? DIRECTOR : pagedFirst();
      const answer = sayTo(process, account, text, `step-${String(step)}`);
      await after(DIES_AFTER_MS[step % DIES_AFTER_MS.length] ?? 0);
      await process.kill();
      await answer;
      process = await start();
      // The phone sends again what was not answered, and what was answered as well.
      expect(await sayTo(process, account, text, `step-${String(step)}`)).toBe(true);
    }
    expect(rows('SELECT state, endedAs FROM MandatoryReport')).toEqual([
      { state: 'closed', endedAs: 'false-alarm' },
    ]);
    const kept = rows<{ kind: string; n: number }>(
      `SELECT kind, count(*) AS n FROM ReportEntry WHERE kind <> 'paged' AND kind <> 'unreachable' GROUP BY kind`,
    );
    expect(Object.fromEntries(kept.map(({ kind, n }) => [kind, n]))).toMatchObject({
      ...{ opened: 1, words: 2, 'danger-now': 1, viewed: 1, acknowledged: 1 },
      ...{ step: 1, 'false-alarm': 1, 'told-reporter': 1 },
    });
    // Every message that had to go is gone, and only what was in flight may have gone twice, and says so.
    expect(count(`Outbox WHERE lane IN ('urgent', 'reply') AND state NOT IN ('accepted', 'dropped')`)).toBe(
      0,
    );
    expect(count('SimulatorMessage')).toBe(count(`Outbox WHERE state = 'accepted'`));
    expect(count(`Inbox WHERE state <> 'done'`)).toBe(0);
    expect(count(`Outbox WHERE possiblyRepeated AND key LIKE 'page:%'`)).toBeLessThanOrEqual(COURSE.length);
    expect(count(`Outbox WHERE key LIKE 'ack:%:reporter'`)).toBe(1);
    expect(count(`Outbox WHERE key LIKE 'outcome:%'`)).toBe(1);
  }, 300_000);
});

describe('a database that another process holds for ten seconds', () => {
  it('keeps nobody from reporting: what was said meanwhile is stored once and answered', async () => {
    const process = await start();
    expect(await sayTo(process, DIRECTOR, '菜单', 'before')).toBe(true);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const answer = sayTo(process, DIRECTOR, '紧急 孩子不见了', 'locked');
    await after(LOCKED_MS);
    expect(count('MandatoryReport')).toBe(0);
    other.exec('COMMIT');
    other.close();
    if (!(await answer)) expect(await sayTo(process, DIRECTOR, '紧急 孩子不见了', 'locked')).toBe(true);
    expect(count('MandatoryReport')).toBe(1);
    expect(count(`ReportEntry WHERE kind = 'words'`)).toBe(1);
    expect(count(`Outbox WHERE key LIKE 'page:%' AND state = 'accepted'`)).toBeGreaterThan(0);
  });
});

describe('a channel that takes the connection and never answers', () => {
  let hole: Server;
  const sockets = new Set<Socket>();
  beforeEach(async () => {
    hole = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    await new Promise<void>((done) => hole.listen(0, '127.0.0.1', done));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => hole.close(done));
  });

  it('holds up no turn and no other page: every report is stored, answered and tried for each of its receivers', async () => {
    const address = hole.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const process = await start(wecomEnv(`http://127.0.0.1:${String(port)}`));
    const directors = ['dir.00001', 'dir.00002', 'dir.00003'];
    const reported = directors.map((account) => sayTo(process, account, '紧急 孩子不见了', `u-${account}`));
    const others = ['dir.00004', 'dir.00005'].map((account) =>
      sayTo(process, account, '菜单', `m-${account}`),
    );
    expect(await Promise.all([...reported, ...others])).toEqual([true, true, true, true, true]);
    expect(count('MandatoryReport')).toBe(directors.length);
    expect(count(`Outbox WHERE key LIKE 'turn:%' AND state = 'accepted'`)).toBeGreaterThanOrEqual(5);
    const paged = count(`(SELECT DISTINCT reportId FROM ReportRecipient)`);
    expect(paged).toBe(directors.length);
    const waiting = count(`Outbox WHERE key LIKE 'page:%' AND state IN ('queued', 'sending')`);
    expect(waiting).toBeGreaterThanOrEqual(directors.length);
    expect(count(`Outbox WHERE key LIKE 'page:%' AND state IN ('failed', 'dropped')`)).toBe(0);
  });
});
