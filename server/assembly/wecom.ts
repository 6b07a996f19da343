import { WecomApi } from '../../bot/channels/wecom/api.ts';
import {
  showOnCard,
  wecomChannel,
  type Sent,
  type WecomChannelPorts,
} from '../../bot/channels/wecom/channel.ts';
import { kfChannel } from '../../bot/channels/wecom/kf-channel.ts';
import { Pace } from '../../bot/channels/wecom/pace.ts';
import type { Channel } from '../../bot/channels/channel.ts';
import type { WecomChannelSettings } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import { httpClient } from '../platform/http-client.ts';
import type { Logger } from '../platform/logger.ts';
import { fileBytes } from '../store/files.ts';
import { rowsSentSince } from '../store/outbox.ts';
import { accountByExternalId } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { OutboxWorker } from '../jobs/outbox-worker.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { WecomDoor } from '../wecom/routes.ts';
import { handOverJob } from './hand-over-job.ts';
import { kfLinkJob } from './kf-link-job.ts';
import { kfReach } from './kf-reach.ts';
import { kfSync } from './kf-sync.ts';
import { wecomAccountsJob } from './wecom-accounts-job.ts';
import type { BookPorts } from './wecom-address-book.ts';
import { wecomCardsJob } from './wecom-cards-job.ts';
import { wecomContactsJob } from './wecom-contacts-job.ts';
import { wecomDoor, type WecomDoorPorts } from './wecom-door.ts';
import { wecomFilesJob } from './wecom-files.ts';
import type { LoginOf } from './wecom-login.ts';
import { wecomMenuJob } from './wecom-menu-job.ts';
import type { World } from './world.ts';

/** WeCom as a way out, and what its callback needs. */
export interface Wecom {
  /** To members, and where 微信客服 is set up to guardians. */
  readonly channels: readonly Channel[];
  readonly api: WecomApi;
  readonly agentId: number;
  readonly login: Omit<LoginOf, 'publicOrigin'>;
  readonly book: BookPorts;
  readonly door: Omit<WecomDoorPorts, 'fetchFiles' | 'kfWoken'>;
  /** The account of 微信客服; null where guardians are not reached that way. */
  readonly openKfId: string | null;
}

/** The channel with its one access token and its pace. */
export function wecomOf(
  { api: address, keys, loginBase, openKfId, mayVanishPercent }: WecomChannelSettings,
  store: Store,
  logger: Logger,
  realClock: Clock,
): Wecom {
  const { agentId } = address;
  const api = new WecomApi(address, {
    fetch: httpClient,
    now: () => realClock.now(),
    bell: {
      begins: ({ code, path }) => {
        logger.error('wecom settings are wrong', { code, path });
      },
      ends: ({ code, path }, lastedMs) => {
        logger.info('wecom settings are right again', { code, path, minutes: Math.round(lastedMs / 60_000) });
      },
    },
  });
  const ports: WecomChannelPorts = {
    realNow: () => realClock.now(),
    fileBytes: (id) => fileBytes(store, id),
    sentSince: (member, since) => sentSince(store, member, since),
  };
  return {
    api,
    agentId,
    login: { api, corpId: address.corpId, agentId, loginBase },
    book: { api, agentId, mayVanishPercent },
    openKfId,
    channels: [
      wecomChannel(api, agentId, new Pace(), ports),
      ...(openKfId === null ? [] : [kfChannel(api, openKfId, kfReach(store, openKfId, realClock))]),
    ],
    door: { keys, showOnCard: (card) => showOnCard(api, agentId, card) },
  };
}

/** WeCom's silent limits know nothing of our processes: what a member was sent before a start counts. */
async function sentSince(store: Store, member: string, since: Date): Promise<readonly Sent[]> {
  const account = await accountByExternalId(store, 'wecom', member);
  if (account === null) return [];
  return (await rowsSentSince(store, account, since)).map(({ body, claimedAt }) => ({
    ...(JSON.parse(body ?? NO_WORDS) as FrozenBody),
    at: new Date(claimedAt ?? since),
  }));
}

const NO_WORDS = JSON.stringify({ text: '', options: [] } satisfies FrozenBody);

interface WecomWorkPorts {
  readonly conversation: Conversation;
  readonly outbox: OutboxWorker;
  breathe(): Promise<void>;
}

/** What WeCom brings in: its callback, the files that lie there, the colleagues and families it can reach. */
export function wecomWorkOf(
  world: World,
  { api, agentId, book, door, openKfId }: Wecom,
  ports: WecomWorkPorts,
): { readonly jobs: readonly Job[]; readonly lastJobs: readonly Job[]; readonly door: WecomDoor } {
  const { conversation } = ports;
  const breathe = (): Promise<void> => ports.breathe();
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
    jobs: [
      wecomAccountsJob(world, breathe),
      wecomContactsJob(world, book, breathe),
      handOverJob(world),
      ...(kf && openKfId !== null ? [kf.job, kfLinkJob(world, api, openKfId)] : []),
      files,
      wecomMenuJob(world, api, agentId),
    ],
    lastJobs: [wecomCardsJob(world, door.showOnCard)], // a look comes after everything that is to be said
    door: wecomDoor(world, conversation, { ...door, fetchFiles, kfWoken: kf?.woken ?? null }),
  };
}
