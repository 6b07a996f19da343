import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLogger } from '../../server/platform/logger.ts';
import { openService } from '../../server/service.ts';
import { HandClock } from '../support/start-service.ts';
import { settingsOf } from './bench-database.ts';
import { unplan } from './plan-again.ts';
import { answer } from './programs.ts';

/**
 * A program of the bench: plans one day of a province with the whole service, a few minutes after midnight, several
 * times over; the first time warms it up, as in a service that runs for weeks. Leaves the planned day in the database.
 */
const [file = '', midnight = '', rounds = '2'] = process.argv.slice(2);

const logger = createLogger({ write: () => undefined });
const service = await openService(settingsOf(file), logger, new HandClock(midnight));
const { client } = service.world.store;
const measured = [];
for (let round = 0; round < Number(rounds); round += 1) {
  unplan(file);
  measured.push(await timed(() => service.rhythm.runDue()));
}
const [stages, digests] = [await client.plannedWork.count(), await client.outbox.count()];
await service.stop();
const warm = measured.slice(1);
answer({
  ms: Math.min(...warm.map((m) => m.ms)),
  longestBlockMs: Math.max(...warm.map((m) => m.longestBlockMs)),
  stages,
  digests,
});

/** How long the work took, and the longest the event loop had to wait for it. */
async function timed(work: () => Promise<void>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  delay.disable();
  return { ms, longestBlockMs: delay.max / 1e6 };
}
