import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveClock } from '../support/phone.ts';
import { sayTo as say, startProcess, type ServiceProcess } from '../support/service-process.ts';

const HOUR_MS = 3_600_000;
const DIRECTORS = Array.from({ length: 12 }, (_, i) => `dir.${String(i + 1).padStart(5, '0')}`);

let folder: string;
let file: string;
const running: ServiceProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-faults-'));
  file = join(folder, 'hutong.db');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.kill()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<ServiceProcess> {
  const process = await startProcess(`file:${file}`);
  running.push(process);
  return process;
}

function count(sql: string): number {
  const database = new Database(file, { readonly: true });
  try {
    return (database.prepare(sql).get() as { n: number }).n;
  } finally {
    database.close();
  }
}

describe('a process that dies with kill -9', () => {
  it.each([0, 15, 40, 90, 200])(
    'loses no urgent report and opens none twice when it dies after %i ms',
    async (afterMs) => {
      const first = await start();
      const answers = DIRECTORS.map((account) =>
        say(first, account, `紧急 ${account} 请快来`, `u-${account}`),
      );
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await first.kill();
      const acknowledged = (await Promise.all(answers)).filter(Boolean).length;
      const second = await start();
      // The phones send again what was not answered; what was answered is sent again as well.
      const again = await Promise.all(
        DIRECTORS.map((account) => say(second, account, `紧急 ${account} 请快来`, `u-${account}`)),
      );
      expect(again).toEqual(DIRECTORS.map(() => true));
      expect(count('SELECT count(*) AS n FROM MandatoryReport')).toBe(DIRECTORS.length);
      expect(count('SELECT count(DISTINCT number) AS n FROM MandatoryReport')).toBe(DIRECTORS.length);
      expect(count(`SELECT count(*) AS n FROM ReportEntry WHERE kind = 'opened'`)).toBe(DIRECTORS.length);
      expect(acknowledged).toBeLessThanOrEqual(DIRECTORS.length);
      // Every report has paged somebody, and that page has left the outbox.
      expect(
        count(
          `SELECT count(*) AS n FROM MandatoryReport r WHERE NOT EXISTS (SELECT 1 FROM Outbox o WHERE o.key LIKE 'page:' || r.id || ':0:%')`,
        ),
      ).toBe(0);
      expect(count(`SELECT count(*) AS n FROM Outbox WHERE lane = 'urgent' AND state <> 'accepted'`)).toBe(0);
    },
  );

  it('keeps every feedback it answered, once, over three deaths', async () => {
    let answered = 0;
    for (let round = 0; round < 3; round += 1) {
      const process = await start();
      const answers = DIRECTORS.map((account) =>
        say(process, account, `投诉建议 第${String(round)}次`, `f-${String(round)}-${account}`),
      );
      await new Promise((resolve) => setTimeout(resolve, 30 + 60 * round));
      await process.kill();
      answered += (await Promise.all(answers)).filter(Boolean).length;
    }
    const last = await start();
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        DIRECTORS.map((account) =>
          say(last, account, `投诉建议 第${String(round)}次`, `f-${String(round)}-${account}`),
        ),
      );
    }
    expect(count('SELECT count(*) AS n FROM Feedback')).toBe(3 * DIRECTORS.length);
    expect(count('SELECT count(*) AS n FROM Feedback')).toBeGreaterThanOrEqual(answered);
  });

  it('stops gracefully on SIGTERM with exit code 0, and nothing stays in flight', async () => {
    const process = await start();
    const answers = DIRECTORS.map((account) => say(process, account, '菜单', `m-${account}`));
    await Promise.all(answers);
    expect(await process.terminate()).toBe(0);
    running.length = 0;
    expect(count(`SELECT count(*) AS n FROM Outbox WHERE state = 'sending'`)).toBe(0);
    expect(count(`SELECT count(*) AS n FROM Inbox WHERE state = 'new'`)).toBe(0);
  });
});

describe('two processes on one database', () => {
  it('answer each message once, whichever of them it reached, and the second takes over when the first dies', async () => {
    const [first, second] = [await start(), await start()];
    const answers = DIRECTORS.map((account, i) =>
      say(i % 2 === 0 ? first : second, account, '菜单', `two-${account}`),
    );
    expect(await Promise.all(answers)).toEqual(DIRECTORS.map(() => true));
    expect(count(`SELECT count(*) AS n FROM Outbox WHERE key LIKE 'turn:%'`)).toBe(DIRECTORS.length);
    await first.kill();
    // The lease of the dead one has to run out first; the message waits, stored, until then.
    expect(await say(second, 'dir.00001', '紧急 孩子不见了', 'after')).toBe(true);
    expect(count('SELECT count(*) AS n FROM MandatoryReport')).toBe(1);
  });
});

describe('the simulator’s clock with two processes', () => {
  it('is one: the second follows a move made at the first, and refuses to move it itself', async () => {
    const [first, second] = [await start(), await start()];
    const shown = async ({ url }: ServiceProcess): Promise<number> => {
      const answer = (await (await fetch(`${url}/simulator/clock`)).json()) as { now: string };
      return Date.parse(answer.now);
    };
    const target = new Date((await shown(first)) + HOUR_MS).toISOString();
    expect(await moveClock(first, target)).toMatchObject({ now: expect.stringContaining('T') as string });
    expect(await shown(second)).toBeGreaterThanOrEqual(Date.parse(target));
    expect(await say(second, 'dir.00001', '菜单', 'later')).toBe(true);
    expect(count(`SELECT count(*) AS n FROM Inbox WHERE receivedAt < '${target}'`)).toBe(0);
    const farther = new Date(Date.parse(target) + HOUR_MS).toISOString();
    expect(await moveClock(second, farther)).toMatchObject({ error: { code: 'clock-elsewhere' } });
    expect(await shown(first)).toBeLessThan(Date.parse(farther));
  });
});

describe('the same message twice', () => {
  it('is one turn, also when both copies arrive at once', async () => {
    const process = await start();
    await Promise.all([1, 2, 3, 4].map(() => say(process, 'dir.00001', '紧急', 'same')));
    expect(count('SELECT count(*) AS n FROM MandatoryReport')).toBe(1);
    expect(await say(process, 'dir.00001', '紧急', 'same')).toBe(true);
    expect(count('SELECT count(*) AS n FROM MandatoryReport')).toBe(1);
  });
});
