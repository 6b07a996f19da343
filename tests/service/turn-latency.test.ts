import { expect, it, vi } from 'vitest';
import { inboxRow } from '../../server/store/inbox.ts';
import { HandClock, startService } from '../support/start-service.ts';

vi.setConfig({ testTimeout: 300_000 });

it('a turn took as long as its message really waited, however far the business clock was moved meanwhile', async () => {
  const clock = new HandClock('2026-11-23T01:00:00.000Z');
  const { service, stop } = await startService({ clock });
  try {
    const { world, conversation } = service;
    const account = await world.store.client.chatAccount.findFirstOrThrow({
      where: { externalId: 'dir.00001' },
      select: { id: true, personId: true },
    });
    const message = {
      channel: 'simulator',
      externalId: 'waits',
      accountId: account.id,
      sessionKey: account.personId ?? '',
      receivedAt: world.clock.now().toISOString(),
      body: { kind: 'text', text: '待办' },
    } as const;
    await world.store.commit(inboxRow(message));
    clock.pass(3_000);
    world.clock.advanceTo(new Date('2026-12-24T01:00:00.000Z'));
    clock.pass(500);
    await conversation.quiet();
    const lines = (await world.metrics.text()).split('\n');
    expect(lines).toContain('turn_latency_seconds_sum 3.5');
    expect(lines).toContain('turn_latency_seconds_count 1');
  } finally {
    await stop();
  }
});
