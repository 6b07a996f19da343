import { z } from 'zod';
import type { TelegramApi } from '../../bot/channels/telegram/api.ts';
import { ALLOWED_UPDATES } from '../../bot/channels/telegram/arrival.ts';
import type { Job } from '../jobs/rhythm.ts';
import { faultOf } from '../platform/logger.ts';
import { readSetting, settingWrite } from '../store/settings.ts';
import type { TelegramDoor } from '../telegram/routes.ts';
import type { World } from './world.ts';

/** So long Telegram holds a question for updates open (our default), and so long we wait for its answer. */
const OPEN_SECONDS = 25;
const PATIENCE_MS = 35_000;
/** An empty answer that came sooner was not waited for: it is asked again at the next tick only. */
const SOON_MS = 1_000;

/** Telegram sends updates to an address or answers one who asks, and does so once (core.telegram.org/bots/api#getupdates). */
const CONFLICT = 409;

const updates = z.array(z.looseObject({ update_id: z.int().nonnegative() })).max(100);

/** Asks Telegram for updates, for development and where nothing outside can reach the service. */
export interface Polling {
  readonly job: Job;
  /** Ends the question that is open. */
  stop(): Promise<void>;
}

/**
 * What Telegram tells is stored before it is confirmed: the number behind which it may forget is written down after the
 * last of them, and sent with the next question. Only the active process asks; Telegram allows one.
 */
export function telegramPolling(
  world: World,
  api: Pick<TelegramApi, 'call' | 'botId'>,
  door: TelegramDoor,
): Polling {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let isReady = false;

  const ready = async (): Promise<boolean> => {
    // Telegram answers nobody while it also has an address to send to.
    isReady ||= (await api.call('deleteWebhook', { drop_pending_updates: false })).kind === 'done';
    return isReady;
  };
  /** The numbers of updates are the bot's: behind those of another one, whatever ours is told would be forgotten unread. */
  const readUntil = async (): Promise<number> => {
    const [bot, until] = (await readSetting(world.store, 'telegram-read-until'))?.split(':') ?? [];
    return bot === api.botId ? Number(until) : 0;
  };
  const askOnce = async (): Promise<boolean> => {
    const offset = await readUntil();
    const question = { offset, timeout: OPEN_SECONDS, allowed_updates: ALLOWED_UPDATES };
    const askedMs = world.realClock.now().getTime();
    const answer = await api.call('getUpdates', question, { patienceMs: PATIENCE_MS, stop: stopping.signal });
    if (answer.kind === 'refused' && answer.code === CONFLICT) {
      // Somebody gave Telegram an address meanwhile, or asks with the same token: to be seen to, and nothing comes until then.
      isReady = false;
      world.logger.warn('telegram updates go elsewhere', { code: CONFLICT });
    }
    const told = answer.kind === 'done' ? updates.safeParse(answer.result) : null;
    if (told?.success !== true) return false;
    for (const update of told.data) await door.receive(update);
    const last = Math.max(...told.data.map((update) => update.update_id));
    if (told.data.length === 0) return world.realClock.now().getTime() - askedMs >= SOON_MS;
    await world.commit({
      guards: [],
      writes: [settingWrite('telegram-read-until', `${api.botId}:${String(last + 1)}`)],
    });
    return true;
  };
  const ask = async (): Promise<void> => {
    if (!(await ready())) return;
    while (!stopping.signal.aborted && (await world.isActive()) && (await askOnce()));
  };
  return {
    job: {
      name: 'telegram-updates',
      nextAt: () => Promise.resolve(null), // it waits for the line and not for a time
      run: () => {
        running ??= ask()
          .catch((error: unknown) => {
            world.logger.error('job failed', { job: 'telegram-updates', ...faultOf(error) });
          })
          .finally(() => {
            running = null;
          });
        return Promise.resolve(0);
      },
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
