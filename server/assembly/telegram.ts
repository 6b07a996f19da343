import { TelegramApi } from '../../bot/channels/telegram/api.ts';
import { telegramChannel } from '../../bot/channels/telegram/channel.ts';
import { discreetChannel, type DiscreetPorts } from '../../bot/channels/telegram/discreet.ts';
import { Pace } from '../../bot/channels/telegram/pace.ts';
import type { Channel } from '../../bot/channels/channel.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { TelegramChannelSettings } from '../config.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { Clock } from '../platform/clock.ts';
import { httpClient } from '../platform/http-client.ts';
import type { Logger } from '../platform/logger.ts';
import type { Metrics } from '../platform/metrics.ts';
import { loadWording } from '../platform/wording.ts';
import { fileBytes } from '../store/files.ts';
import { accountByExternalId } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { TelegramDoor } from '../telegram/routes.ts';
import { codedFor } from './telegram-coded.ts';
import { codesOf } from './telegram-codes.ts';
import { telegramDoor } from './telegram-door.ts';
import { telegramFilesJob } from './telegram-files.ts';
import { telegramPolling } from './telegram-polling.ts';
import { telegramSetUpJob } from './telegram-set-up-job.ts';
import { languageOf, type World } from './world.ts';

/** Telegram as a way out, and how updates come in. */
export interface TelegramParts {
  readonly channel: Channel;
  readonly api: TelegramApi;
  /** What Telegram shows us with every update; null where we ask for them. */
  readonly secret: string | null;
  /** Where updates are sent to; null where the address is set by hand. */
  readonly webhookUrl: string | null;
  /** True where nothing personal may go either way. */
  readonly isDiscreet: boolean;
}

export function telegramOf(
  { api: settings, secret, webhookUrl, isDiscreet, elsewhere }: TelegramChannelSettings,
  store: Store,
  logger: Logger,
  realClock: Clock,
  metrics: Pick<Metrics, 'telegramCall'>,
): TelegramParts {
  const api = new TelegramApi(settings, {
    fetch: httpClient,
    now: () => realClock.now(),
    endAfter: (ms) => AbortSignal.timeout(ms),
    bell: {
      begins: (code) => {
        logger.error('telegram turns the bot away', { code });
      },
      ends: (code) => {
        logger.info('telegram takes the bot again', { code });
      },
    },
    counted: (method, outcome) => {
      metrics.telegramCall(method, outcome);
    },
  });
  const ports = {
    fileBytes: (id: string) => fileBytes(store, id),
    realNow: () => realClock.now(),
    isDiscreet,
  };
  const open = telegramChannel(api, new Pace(), ports);
  const channel = isDiscreet ? discreetChannel(open, discreetPorts(store, realClock, elsewhere)) : open;
  return { api, secret, webhookUrl, isDiscreet, channel };
}

/** What a reader is told instead of what may not be told here. */
function discreetPorts(store: Store, clock: Clock, elsewhere: string): DiscreetPorts {
  const wording = loadWording();
  return {
    isFixed: (line, codes) => wording.isFixed(line, codes),
    instead: async (message) => {
      const { lines, labels } = await codesOf(store, message);
      const account = await accountByExternalId(store, 'telegram', message.address);
      const language = account === null ? 'zh-CN' : languageOf(account);
      const isByCode = lines.length > 0;
      const where = say(isByCode ? `${elsewhere}-by-code` : elsewhere, { lines });
      const rest = wording.render(language, say(`${elsewhere}-rest`));
      return { text: wording.render(language, where), rest, isByCode, labels };
    },
    coded: async ({ address }) => {
      const account = await accountByExternalId(store, 'telegram', address);
      return codedFor(store, wording, account, shanghaiDate(clock.now()));
    },
  };
}

/** What Telegram brings in: updates and files. */
export function telegramWorkOf(
  world: World,
  { api, secret, webhookUrl, isDiscreet }: TelegramParts,
  conversation: Conversation,
): {
  readonly jobs: readonly Job[];
  /** For the webhook; null where we ask. */
  readonly door: { readonly secret: string; readonly receive: TelegramDoor['receive'] } | null;
  stop(): Promise<void>;
} {
  const files = telegramFilesJob(world, api, conversation);
  const door = telegramDoor(world, conversation, { api, isDiscreet, fetchFiles: () => files.run() });
  const polling = secret === null ? telegramPolling(world, api, door) : null;
  const webhook = secret === null || webhookUrl === null ? null : { url: webhookUrl, secret };
  return {
    jobs: [...(polling ? [polling.job] : []), files, telegramSetUpJob(world, api, webhook)],
    door: secret === null ? null : { secret, receive: (update) => door.receive(update) },
    stop: async () => {
      await polling?.stop();
    },
  };
}
