import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLogger } from '../../server/platform/logger.ts';
import { openService } from '../../server/service.ts';
import { HandClock } from '../support/start-service.ts';
import { settingsOf } from './bench-database.ts';
import { unplan } from './plan-again.ts';
import { answer, serve } from './programs.ts';

/**
 * A program of the bench: plans one day of a province with the whole service, a few minutes after midnight, as often as
 * it is asked to. Leaves the planned day in the database.
 */
const [file = '', midnight = ''] = process.argv.slice(2);
const service = await openService(
  settingsOf(file),
  createLogger({ write: () => undefined }),
  new HandClock(midnight),
);
serve((word) => (word === 'stop' ? stop() : plan()));
answer({});

/** How long the day took, and the longest the event loop had to wait for it. */
async function plan() {
  unplan(file);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await service.rhythm.runDue();
  const ms = performance.now() - start;
  delay.disable();
  return { ms, longestBlockMs: delay.max / 1e6 };
}

async function stop() {
  const { client } = service.world.store;
  const [stages, digests] = [await client.plannedWork.count(), await client.outbox.count()];
  await service.stop();
  return { stages, digests };
}
