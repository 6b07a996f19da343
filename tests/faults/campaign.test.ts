import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveClock } from '../support/phone.ts';
import { sayTo, startProcess, type ServiceProcess } from '../support/service-process.ts';

const DESK = 'county.desk';
/** So many are claimed together where each goes by itself (server/assembly/broadcast-job.ts). */
const CLAIMED = 20;
/** What has begun when the process dies, in turn: rows for people, rows of the outbox, messages in flight, some arrived. */
const DIES_AT: readonly (readonly [what: string, many: number])[] = [
  ['CampaignPerson', 1],
  [`Outbox WHERE key LIKE 'campaign:%'`, 1],
  [`Outbox WHERE key LIKE 'campaign:%' AND state = 'sending'`, 1],
  [`Outbox WHERE key LIKE 'campaign:%' AND state = 'accepted'`, 10],
  [`Outbox WHERE key LIKE 'campaign:%' AND state = 'accepted'`, 45],
];
const DAY_MS = 86_400_000;

let folder: string;
let file: string;
const running: ServiceProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hutong-campaign-faults-'));
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
const OF_CAMPAIGN = `Outbox WHERE key LIKE 'campaign:%'`;

async function until(isSo: () => boolean): Promise<void> {
  for (let n = 0; n < 12_000 && !isSo(); n += 1) await after(10);
  expect(isSo()).toBe(true);
}

/** Ten in the morning in Shanghai, at least a day ahead: nobody is quiet then. */
function nextMorning(): string {
  const day = new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10);
  return `${day}T02:00:00.000Z`;
}

/** Every guardian and carer of the demo county reads the simulator. */
function bindEverybody(): number {
  const database = new Database(file);
  try {
    for (const [table, kind] of [
      ['Guardian', 'guardian'],
      ['Carer', 'carer'],
    ])
      database.exec(`INSERT OR IGNORE INTO ChatAccount (id, channel, externalId, personKind, personId, language,
        digestMinutes, quietFromMinutes, quietUntilMinutes)
        SELECT 'bound-' || id, 'simulator', '${String(kind)}:' || id, '${String(kind)}', id, 'zh-CN', 480, 1260, 420
        FROM ${String(table)} WHERE id NOT IN (SELECT personId FROM ChatAccount WHERE personId IS NOT NULL)`);
    return count(`ChatAccount WHERE personKind IN ('guardian', 'carer')`);
  } finally {
    database.close();
  }
}

it('kill -9 while a warning goes to the families of a county: everybody reads it, and only what was in flight goes twice', async () => {
  let process = await start();
  const families = bindEverybody();
  expect(families).toBeGreaterThan(50);
  await moveClock(process, nextMorning());
  expect(await sayTo(process, DESK, '台风 明天下午登陆，孩子别出门', 'warn')).toBe(true);
  expect(await sayTo(process, DESK, '发出', 'send')).toBe(true);
  for (const [what, many] of DIES_AT) {
    await until(() => count(what) >= many);
    await process.kill();
    process = await start();
  }
  const isAllThere = (): boolean => count(`${OF_CAMPAIGN} AND state = 'accepted'`) === count(OF_CAMPAIGN);
  await until(() => isAllThere() && count(`CampaignPerson WHERE state = 'queued'`) === 0);
  expect(count('Campaign')).toBe(1);
  expect(count('CampaignPerson')).toBe(
    rows<{ n: number }>('SELECT count(DISTINCT personId) AS n FROM CampaignPerson')[0]?.n,
  );
  expect(count(`CampaignPerson WHERE state = 'accepted'`)).toBeGreaterThan(families / 2);
  expect(count(`CampaignPerson WHERE state = 'waiting' AND way IS NULL AND lookOn IS NULL`)).toBe(0);
  // Whoever was in flight when the process died may have read it twice, is told so, and is counted.
  expect(count(`${OF_CAMPAIGN} AND possiblyRepeated`)).toBeLessThanOrEqual(CLAIMED * DIES_AT.length);
  expect(count(`SimulatorMessage WHERE outboxId IN (SELECT id FROM ${OF_CAMPAIGN})`)).toBe(
    count(OF_CAMPAIGN),
  );
}, 600_000);
