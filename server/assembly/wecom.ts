import { WecomApi } from '../../bot/channels/wecom/api.ts';
import { showChoice, wecomChannel } from '../../bot/channels/wecom/channel.ts';
import { Pace } from '../../bot/channels/wecom/pace.ts';
import type { Channel } from '../../bot/channels/channel.ts';
import type { WecomChannelSettings } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { fileBytes } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { WecomDoorPorts } from './wecom-door.ts';

/** WeCom as a way out, and what its callback needs. */
export interface Wecom {
  readonly channel: Channel;
  readonly door: WecomDoorPorts;
}

/** The channel with its one access token and its pace. */
export function wecomOf(
  { api: address, keys }: WecomChannelSettings,
  store: Store,
  logger: Logger,
  realClock: Clock,
): Wecom {
  const { agentId } = address;
  const api = new WecomApi(address, {
    fetch,
    now: () => realClock.now(),
    alarm: (code, path) => {
      logger.error('wecom settings are wrong', { code, path });
    },
  });
  const realNow = (): Date => realClock.now();
  return {
    channel: wecomChannel(api, agentId, new Pace(), { realNow, fileBytes: (id) => fileBytes(store, id) }),
    door: { keys, showChoice: (choice) => showChoice(api, agentId, choice) },
  };
}
