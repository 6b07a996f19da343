import { createLogger } from '../../server/platform/logger.ts';
import { openService } from '../../server/service.ts';
import { wecomEnv } from '../support/wecom-tenant.ts';
import { HandClock } from '../support/start-service.ts';
import { settingsOf } from './bench-database.ts';
import { answer, serve } from './programs.ts';

/**
 * A program of the bench: a service that takes WeCom's callbacks while another process on the same database is the active
 * one, so that nothing is measured but verifying, opening, storing and answering. Sent `stop`, it says what is stored.
 */
const [file = '', at = ''] = process.argv.slice(2);
const NOBODY = 'http://127.0.0.1:9';
const service = await openService(
  settingsOf(file, wecomEnv(NOBODY)),
  createLogger({ write: () => undefined }),
  new HandClock(at),
);
const url = await service.app.listen({ host: '127.0.0.1', port: 0 });

serve(async () => {
  const stored = await service.world.store.client.inbox.count();
  const turns = await service.world.store.client.outbox.count();
  await service.stop();
  return { stored, turns };
});
answer({ url: `${url}/channels/wecom/callback` });
