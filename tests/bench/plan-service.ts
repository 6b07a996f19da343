import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLogger } from '../../server/platform/logger.ts';
import { openService } from '../../server/service.ts';
import { HandClock } from '../support/start-service.ts';
import { settingsOf } from './bench-database.ts';
import { answer } from './programs.ts';

/**
 * A program of the bench: plans one day of a province with the whole service, a few minutes after midnight, and then,
 * where `digests` is asked for, lets it be nine o'clock: every digest is claimed, put into words, sealed and sent.
 */
const [file = '', midnight = '', morning] = process.argv.slice(2);

const logger = createLogger({ write: () => undefined });
const service = await openService(settingsOf(file), logger, new HandClock(midnight));
const { store, clock } = service.world;

const planMs = await timed(() => service.rhythm.runDue());
const [stages, digests] = [await store.client.plannedWork.count(), await store.client.outbox.count()];
const sending = morning === undefined ? null : await morningOf(new Date(morning));
const sent = await store.client.simulatorMessage.count();
await service.stop();
answer({ ...planMs, stages, digests, sending, sent });

async function morningOf(instant: Date) {
  clock.advanceTo(instant);
  return timed(() => service.rhythm.runDue());
}

/** How long the work took, and the longest the event loop had to wait for it. */
async function timed(work: () => Promise<void>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  return { ms, cpuMs: (user + system) / 1000, longestBlockMs: delay.max / 1e6 };
}
