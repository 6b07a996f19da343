import { update } from '../services/batch.ts';
import type { OutboxPorts } from '../jobs/outbox-worker.ts';
import { StaleBatch } from '../store/commit.ts';
import { claimWrite, dueRows, orphanedRows, outcomeWrite } from '../store/outbox.ts';
import { accountsByIds } from '../store/people.ts';
import { renderDigest } from './digest-renderer.ts';
import type { World } from './world.ts';

/** The outbox worker's ports on the real store, clocks and channels. */
export function outboxPorts(world: World): OutboxPorts {
  const { store, clock, realClock } = world;
  const businessNow = (): string => clock.now().toISOString();
  const realNow = (): string => realClock.now().toISOString();
  return {
    channels: world.channels,
    due: (limit) => dueRows(store, businessNow(), realNow(), limit),
    orphaned: () => orphanedRows(store),
    addresses: async (ids) => {
      const accounts = await accountsByIds(store, ids);
      return new Map(
        [...accounts.values()].map((a) => [a.id, { channel: a.channel, address: a.externalId }]),
      );
    },
    render: (row) => renderDigest(world, row),
    claim: (row, body) => claimWrite(row.id, row.attempts + 1, body, realNow()),
    outcome: (row, state, error) => outcomeWrite(row.id, state, businessNow(), error),
    retry: (row, afterMs, error) =>
      update('Outbox', row.id, {
        state: 'queued',
        retryAt: new Date(realClock.now().getTime() + afterMs).toISOString(),
        error,
      }),
    commit: (batch, options) => world.commit(batch, options),
    arrived: (row) =>
      row.kind === 'digest' ? [update('ChatAccount', row.accountId, { questionAskedAt: businessNow() })] : [],
    isStale: (error) => error instanceof StaleBatch,
    observe: (row, state) => {
      world.metrics.sent(row.lane, state);
      if (row.possiblyRepeated) world.metrics.possiblyRepeated();
      if (state === 'failed') world.logger.warn('message failed', { outboxId: row.id, lane: row.lane });
    },
  };
}
