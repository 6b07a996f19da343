import cron from 'node-cron';
import { settingsOfThisProcess, SettingsError } from './config.ts';
import { BESIDE_EVERY_MS } from './jobs/rhythm.ts';
import { realClock } from './platform/clock.ts';
import { everySoOften } from './platform/waiting.ts';
import { createLogger, faultOf } from './platform/logger.ts';
import { KeyFileError } from './store/keys.ts';
import { MigrationError } from './store/migrations.ts';
import { openService, type Service } from './service.ts';

/** Starts the service: reads the settings, opens the doors, and lets the clock tick. */
async function main(): Promise<void> {
  const settings = settingsOfThisProcess();
  const logger = createLogger();
  const service = await openService(settings, logger, realClock);
  const address = await service.app.listen({ host: settings.host, port: settings.port });
  logger.info('started', { address, simulator: settings.simulator });
  if (!service.world.ringer.rings) logger.warn('no provider of calls is set: at night nobody is really rung');
  if (settings.simulator) process.stdout.write(`\n护童 → ${address}/simulator\n\n`);
  // node-cron only ticks: what is due is in the database, so a missed tick loses nothing.
  const ticking = cron.schedule('*/5 * * * * *', () => service.beat(), { noOverlap: true });
  void service.beat();
  // A page waits neither for the next tick nor for a long list that is being sent.
  const urging = everySoOften(BESIDE_EVERY_MS, () => service.beside());
  // A timer of its own: when the work hangs, this one still looks.
  const looking = cron.schedule('*/15 * * * * *', () => service.look(), { noOverlap: true });
  const leave = once(() => leaveGracefully(service, [looking, ticking, urging], logger));
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
}

async function leaveGracefully(
  service: Service,
  timers: readonly { stop(): unknown }[],
  logger: ReturnType<typeof createLogger>,
): Promise<void> {
  logger.info('stopping');
  for (const timer of timers) await timer.stop();
  await service.stop();
  logger.info('stopped');
  process.exit(0);
}

/** Errors whose sentences are ours and name no person. */
function isSaid(error: unknown): error is Error {
  return error instanceof SettingsError || error instanceof MigrationError || error instanceof KeyFileError;
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    void work();
  };
}

main().catch((error: unknown) => {
  if (isSaid(error)) process.stderr.write(`${error.message}\n`);
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    process.stderr.write('端口已被占用,请换一个 PORT / the port is taken, choose another PORT\n');
  else createLogger().error('could not start', faultOf(error));
  process.exit(1);
});
