import { WecomApi } from '../../bot/channels/wecom/api.ts';
import { showChoice, wecomChannel } from '../../bot/channels/wecom/channel.ts';
import { kfChannel } from '../../bot/channels/wecom/kf-channel.ts';
import { Pace } from '../../bot/channels/wecom/pace.ts';
import type { Channel } from '../../bot/channels/channel.ts';
import type { WecomChannelSettings } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import { httpClient } from '../platform/http-client.ts';
import type { Logger } from '../platform/logger.ts';
import { fileBytes } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { OutboxWorker } from '../jobs/outbox-worker.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { WecomDoor } from '../wecom/routes.ts';
import { kfReach } from './kf-reach.ts';
import { kfSync } from './kf-sync.ts';
import { wecomAccountsJob } from './wecom-accounts-job.ts';
import { wecomDoor, type WecomDoorPorts } from './wecom-door.ts';
import { wecomFilesJob } from './wecom-files.ts';
import type { World } from './world.ts';

/** WeCom as a way out, and what its callback needs. */
export interface Wecom {
  /** To members, and where 微信客服 is set up to guardians. */
  readonly channels: readonly Channel[];
  readonly api: WecomApi;
  readonly door: Omit<WecomDoorPorts, 'fetchFiles' | 'kfWoken'>;
  /** The account of 微信客服; null where guardians are not reached that way. */
  readonly openKfId: string | null;
}

/** The channel with its one access token and its pace. */
export function wecomOf(
  { api: address, keys, openKfId }: WecomChannelSettings,
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
    openKfId,
    channels: [
      wecomChannel(api, agentId, new Pace(), { realNow, fileBytes: (id) => fileBytes(store, id) }),
      ...(openKfId === null ? [] : [kfChannel(api, openKfId, kfReach(store, openKfId, realClock))]),
    ],
    door: { keys, showChoice: (choice) => showChoice(api, agentId, choice) },
  };
}

interface WecomWorkPorts {
  readonly conversation: Conversation;
  readonly outbox: OutboxWorker;
  breathe(): Promise<void>;
}

/** What WeCom brings in: its callback, the files that lie there, the colleagues it can reach. */
export function wecomWorkOf(
  world: World,
  { api, door, openKfId }: Wecom,
  ports: WecomWorkPorts,
): { readonly jobs: readonly Job[]; readonly door: WecomDoor } {
  const { conversation } = ports;
  const files = wecomFilesJob(world, api, conversation);
  const fetchFiles = (): Promise<number> => files.run();
  const arrived = (): void => {
    conversation.kick();
    void fetchFiles().catch(() => undefined); // or at the next tick
    void ports.outbox.quiet().catch(() => undefined);
  };
  const kf =
    openKfId === null
      ? null
      : kfSync(world, { api, openKfId, arrived, landed: (ids) => ports.outbox.landed(ids) });
  return {
    jobs: [wecomAccountsJob(world, () => ports.breathe()), ...(kf ? [kf.job] : []), files],
    door: wecomDoor(world, conversation, { ...door, fetchFiles, kfWoken: kf?.woken ?? null }),
  };
}
