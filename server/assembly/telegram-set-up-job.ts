import type { TelegramApi } from '../../bot/channels/telegram/api.ts';
import { ALLOWED_UPDATES, COMMANDS } from '../../bot/channels/telegram/arrival.ts';
import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import { faultOf } from '../platform/logger.ts';
import type { World } from './world.ts';

/** After a try that failed, so long until the next one, on the real clock (our default). */
const RETRY_MS = 10 * 60_000;
/** Whoever asks for updates with the same token takes our address away, and nobody tells us: it is given again (our default). */
const AGAIN_MS = 60 * 60_000;
/** So many updates at once (core.telegram.org/bots/api#setwebhook; our choice of its 1 to 100). */
const AT_ONCE = 40;

/** Where Telegram is to send updates; null where they are asked for, or where the address is set by hand. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

/** Gives the bot its commands after the start, and Telegram our address, then and every hour. Nothing waits for it. */
export function telegramSetUpJob(world: World, api: Pick<TelegramApi, 'call'>, webhook: Webhook | null): Job {
  let nextMs: number | null = 0;
  const address = webhook === null ? [] : [addressOf(webhook)];
  let calls = [...commandsOf(world), ...address];
  const setUp = async (): Promise<void> => {
    const failed: Call[] = [];
    for (const call of calls) {
      const { method, payload } = call;
      const answer = await api.call(method, payload);
      if (answer.kind === 'done') continue;
      failed.push(call);
      const code = answer.kind === 'refused' ? answer.code : null;
      world.logger.warn('telegram not set up', { method, code });
    }
    calls = failed.length > 0 ? failed : address;
    const waitMs = failed.length > 0 ? RETRY_MS : AGAIN_MS;
    nextMs = calls.length === 0 ? null : world.realClock.now().getTime() + waitMs;
  };
  return {
    name: 'telegram-set-up',
    nextAt: () => Promise.resolve(null), // it is due by the real clock, at the next tick
    run: () => {
      if (nextMs === null || world.realClock.now().getTime() < nextMs) return Promise.resolve(0);
      nextMs = null;
      void setUp().catch((error: unknown) => {
        world.logger.error('job failed', { job: 'telegram-set-up', ...faultOf(error) });
      });
      return Promise.resolve(0);
    },
  };
}

interface Call {
  readonly method: string;
  readonly payload: object;
}

function addressOf({ url, secret }: Webhook): Call {
  const payload = { url, secret_token: secret, max_connections: AT_ONCE, allowed_updates: ALLOWED_UPDATES };
  return { method: 'setWebhook', payload };
}

/** In Chinese for everybody, in English for whoever has Telegram in English. */
function commandsOf({ wording }: World): readonly Call[] {
  return (['zh-CN', 'en'] as const).map((language) => ({
    method: 'setMyCommands',
    payload: {
      commands: Object.keys(COMMANDS).map((command) => ({
        command,
        description: wording.render(language, say(`telegram-commands.${command}`)),
      })),
      ...(language === 'en' ? { language_code: 'en' } : {}),
    },
  }));
}
