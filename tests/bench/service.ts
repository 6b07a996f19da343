import { monitorEventLoopDelay } from 'node:perf_hooks';
import { realClock } from '../../server/platform/clock.ts';
import { createLogger } from '../../server/platform/logger.ts';
import { openService } from '../../server/service.ts';
import { settingsOf } from './bench-database.ts';

/** A program of the bench: the whole service on a port of its own. It answers each `beat` and `stop` it is sent. */
const [file = ''] = process.argv.slice(2);
const service = await openService(settingsOf(file), createLogger({ write: () => undefined }), realClock);
const url = await service.app.listen({ host: '127.0.0.1', port: 0 });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

process.on('message', (word) => {
  void (word === 'stop' ? stop() : beat());
});
process.send?.({ url });

async function beat(): Promise<void> {
  const start = performance.now();
  await service.beat();
  process.send?.({ ms: performance.now() - start });
}

async function stop(): Promise<void> {
  const { store } = service.world;
  const [contacts, planned, sent] = [
    await store.client.contact.count(),
    await store.client.plannedWork.count(),
    await store.client.simulatorMessage.count(),
  ];
  await service.stop();
  const rssPeakMb = process.resourceUsage().maxRSS / 1024;
  process.send?.({ contacts, planned, sent, longestBlockMs: delay.max / 1e6, rssPeakMb }, () => process.exit(0));
}
