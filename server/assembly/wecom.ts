import { WecomApi } from '../../bot/channels/wecom/api.ts';
import { showChoice, wecomChannel } from '../../bot/channels/wecom/channel.ts';
import { Pace } from '../../bot/channels/wecom/pace.ts';
import type { Channel } from '../../bot/channels/channel.ts';
import type { WecomChannelSettings } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import { httpClient } from '../platform/http-client.ts';
import type { Logger } from '../platform/logger.ts';
import { fileBytes } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { WecomDoor } from '../wecom/routes.ts';
import { handOverJob } from './hand-over-job.ts';
import { wecomAccountsJob } from './wecom-accounts-job.ts';
import type { BookPorts } from './wecom-address-book.ts';
import { wecomContactsJob } from './wecom-contacts-job.ts';
import { wecomDoor, type WecomDoorPorts } from './wecom-door.ts';
import { wecomFilesJob } from './wecom-files.ts';
import type { World } from './world.ts';

/** WeCom as a way out, and what its callback needs. */
export interface Wecom {
  readonly channel: Channel;
  readonly api: WecomApi;
  readonly book: BookPorts;
  readonly door: Omit<WecomDoorPorts, 'fetchFiles'>;
}

/** The channel with its one access token and its pace. */
export function wecomOf(
  { api: address, keys, mayVanishPercent }: WecomChannelSettings,
  store: Store,
  logger: Logger,
  realClock: Clock,
): Wecom {
  const { agentId } = address;
  const api = new WecomApi(address, {
    fetch: httpClient,
    now: () => realClock.now(),
    alarm: (code, path) => {
      logger.error('wecom settings are wrong', { code, path });
    },
  });
  const realNow = (): Date => realClock.now();
  return {
    api,
    book: { api, agentId, mayVanishPercent },
    channel: wecomChannel(api, agentId, new Pace(), { realNow, fileBytes: (id) => fileBytes(store, id) }),
    door: { keys, showChoice: (choice) => showChoice(api, agentId, choice) },
  };
}

/** What WeCom brings in: its callback, the files that lie there, the colleagues it can reach. */
export function wecomWorkOf(
  world: World,
  { api, book, door }: Wecom,
  conversation: Conversation,
  breathe: () => Promise<void>,
): { readonly jobs: readonly Job[]; readonly door: WecomDoor } {
  const files = wecomFilesJob(world, api, conversation);
  return {
    jobs: [
      wecomAccountsJob(world, breathe),
      wecomContactsJob(world, book, breathe),
      handOverJob(world),
      files,
    ],
    door: wecomDoor(world, conversation, { ...door, fetchFiles: () => files.run() }),
  };
}
