import { afterEach, beforeEach, expect, it } from 'vitest';
import { brokenSeal } from '../../../server/store/audit.ts';
import { Phone } from '../../support/phone.ts';
import { startService, type RunningService } from '../../support/start-service.ts';

let running: RunningService;

beforeEach(async () => {
  running = await startService();
  await new Phone(running, 'dir.00001').say('紧急 孩子身上有伤');
  await running.service.rhythm.runDue();
});

afterEach(() => running.stop());

it('what was done is sealed into a chain that holds', async () => {
  const { store } = running.service.world;
  expect(await store.client.auditSeal.count()).toBeGreaterThan(0);
  expect(await brokenSeal(store)).toBeNull();
});

it('a line changed or taken out afterwards breaks the chain', async () => {
  const { store } = running.service.world;
  const first = await store.client.auditEvent.findFirstOrThrow({ orderBy: { seq: 'asc' } });
  await store.client.auditEvent.delete({ where: { seq: first.seq } });
  expect(await brokenSeal(store)).toBe(1);
});
