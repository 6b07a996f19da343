import { createLogger } from '../../server/platform/logger.ts';
import { openService } from '../../server/service.ts';
import { HandClock } from '../support/start-service.ts';
import { settingsOf } from './bench-database.ts';
import { answer, serve } from './programs.ts';

/**
 * A program of the bench: the whole service on a port of its own, at a business time of its own. Sent an instant, it
 * moves its clock there and does what is due; sent `stop`, it says what it has stored and how much memory it took.
 */
const [file = '', at = ''] = process.argv.slice(2);
const service = await openService(
  settingsOf(file),
  createLogger({ write: () => undefined }),
  new HandClock(at),
);
const url = await service.app.listen({ host: '127.0.0.1', port: 0 });

serve((word) => (word === 'stop' ? stop() : moveTo(new Date(word))));
answer({ url });

async function moveTo(instant: Date) {
  const start = performance.now();
  service.world.clock.advanceTo(instant);
  await service.beat();
  return { seconds: (performance.now() - start) / 1000 };
}

async function stop() {
  const { client } = service.world.store;
  const [contacts, planned, sent] = [
    await client.contact.count(),
    await client.plannedWork.count(),
    await client.simulatorMessage.count(),
  ];
  await service.stop();
  const rssPeakMb = process.resourceUsage().maxRSS / 1024;
  return { contacts, planned, sent, rssPeakMb };
}
