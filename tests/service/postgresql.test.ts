import { afterAll, beforeAll, expect, it } from 'vitest';
import { moveClock, Phone } from '../support/phone.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { startService, type RunningService } from '../support/start-service.ts';

let server: Postgres;
let running: RunningService;

beforeAll(async () => {
  server = await startPostgres();
  running = await startService({ databaseUrl: await server.createDatabase() });
});

afterAll(async () => {
  await running.stop();
  await server.stop();
});

it("a director's words become a stored visit, a report climbs and the month ends, on PostgreSQL as on SQLite", async () => {
  const director = new Phone(running, 'dir.00001');
  const supervisor = new Phone(running, 'sup.001');
  await director.say('今天去看了小明，奶奶在，孩子见到了');
  const [saved] = await director.press('未发现异常');
  expect(saved?.text).toMatch(/^已保存/u);
  await director.say('紧急 孩子身上有伤');
  expect((await supervisor.received()).filter((m) => m.text.includes('紧急报告'))).toHaveLength(1);
  await supervisor.say('收到');
  await supervisor.say('办结');
  await supervisor.press('有结果了');
  await supervisor.say('孩子自己摔的，已经看过医生');
  await supervisor.say('卫生院看过，不用报警');
  await supervisor.press('已经当面或打电话说了');
  await moveClock(running, '2026-12-02T01:00:00.000Z');
  const digests = (await director.received())
    .filter((m) => m.lane === 'reminder')
    .map((m) => m.at.slice(0, 10));
  expect(new Set(digests).size).toBe(digests.length);
  expect(digests).toContain('2026-12-01');
  expect((await supervisor.received()).filter((m) => m.text.includes('紧急报告'))).toHaveLength(1);
});
