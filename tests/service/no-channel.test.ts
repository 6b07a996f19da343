import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inboxRow } from '../../server/store/inbox.ts';
import { seedSmallCounty, workerId, WORKERS } from '../support/small-county.ts';
import { HandClock, startService, type RunningService } from '../support/start-service.ts';

let folder: string;
let running: RunningService;
const clock = new HandClock('2026-11-23T01:00:00.000Z');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'no-channel-'));
  await seedSmallCounty(`file:${join(folder, 'hutong.db')}`);
  const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as {
    dataKeys: string[];
    indexKey: string;
  };
  running = await startService({
    dataDir: folder,
    clock,
    env: { NODE_ENV: 'production', DATA_KEY: keys.dataKeys.join(','), INDEX_KEY: keys.indexKey },
  });
});

afterEach(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a production start without a channel stays up and is not ready; a call for help waits and never counts as sent', async () => {
  const { service, url } = running;
  const { store } = service.world;
  const account = await store.client.chatAccount.findFirstOrThrow({
    where: { externalId: WORKERS.zheng.account },
  });
  await service.beat();
  const words = { kind: 'text', text: '紧急' } as const;
  await store.commit(
    inboxRow({
      channel: 'simulator',
      externalId: 'from nowhere',
      accountId: account.id,
      sessionKey: workerId('zheng'),
      receivedAt: clock.now().toISOString(),
      body: words,
    }),
  );
  for (let hour = 0; hour < 3; hour += 1) {
    await service.beat();
    clock.pass(3_600_000);
  }
  await service.beat();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect(ready.status).toBe(503);
  expect(((await ready.json()) as { failing: string[] }).failing).toEqual(['channel']);
  const urgent = await store.client.outbox.findMany({ where: { lane: 'urgent' } });
  expect(urgent.filter((row) => row.key.startsWith('page:')).length).toBeGreaterThan(1);
  expect(new Set(urgent.map((row) => row.state))).toEqual(new Set(['queued', 'dropped']));
  expect(urgent.every((row) => row.acceptedAt === null)).toBe(true);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).not.toMatch(/outbox_sent_total\{[^}]*lane="urgent"[^}]*state="accepted"/);
  expect(metrics).toMatch(/outbox_depth\{lane="urgent"\} [1-9]/);
  expect((await fetch(`${url}/simulator/people`)).status).toBe(404);
});
