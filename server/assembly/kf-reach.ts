import type { KfChannelPorts } from '../../bot/channels/wecom/kf-channel.ts';
import { NEVER_WROTE, roomFor, type KfRoom, type KfWindow } from '../../bot/channels/wecom/kf-window.ts';
import type { Clock } from '../platform/clock.ts';
import { StaleBatch } from '../store/commit.ts';
import type { KfReachRow } from '../store/generated/tables.ts';
import { kfReachOf, reachBatch } from '../store/kf.ts';
import type { Store } from '../store/store.ts';

export type Reach = Omit<KfReachRow, 'rev'>;

/** The guardian wrote in this very moment, or another message went: read and decide again, so often. */
const STALE_LIMIT = 10;

/** What the row says of what may be sent. What came by another account of 微信客服 opens nothing on this one. */
export function windowOf(reach: Reach, openKfId: string): KfWindow {
  if (reach.openKfId !== openKfId) return NEVER_WROTE;
  const { lastInboundAt, state, welcomeCode: code, welcomeUntil: until } = reach;
  const welcome = code === null || until === null ? null : { code, until };
  return { lastInboundAt, state, welcome, sentSince: JSON.parse(reach.sentSince) as string[] };
}

/** The row that says so. */
export function reachOf(
  { accountId, invitation }: Pick<Reach, 'accountId' | 'invitation'>,
  openKfId: string,
  { lastInboundAt, state, welcome, sentSince }: KfWindow,
): Reach {
  return {
    ...{ accountId, invitation, openKfId, lastInboundAt, state, sentSince: JSON.stringify(sentSince) },
    ...{ welcomeCode: welcome?.code ?? null, welcomeUntil: welcome?.until ?? null },
  };
}

/** The channel's view of the stored windows: a message is counted before it is tried, so that none goes uncounted. */
export function kfReach(store: Store, openKfId: string, realClock: Clock): KfChannelPorts {
  const decide = async <T>(
    externalId: string,
    stranger: T,
    of: (window: KfWindow) => { readonly window: KfWindow; readonly said: T },
  ): Promise<T> => {
    for (let n = 1; ; n += 1) {
      const row = await kfReachOf(store, externalId);
      if (row === null) return stranger;
      const before = windowOf(row, openKfId);
      const { window, said } = of(before);
      if (window === before) return said;
      try {
        await store.commit(reachBatch(row, reachOf(row, openKfId, window)), { urgent: true });
        return said;
      } catch (error) {
        if (!(error instanceof StaleBatch) || n >= STALE_LIMIT) throw error;
      }
    }
  };
  return {
    take: (externalId, ownIds, isUrgent) =>
      decide<KfRoom>(externalId, { kind: 'stranger' }, (window) => {
        const said = roomFor(window, ownIds, isUrgent, realClock.now());
        const isNew = said.kind === 'send' && said.sentSince.length > window.sentSince.length;
        return { said, window: isNew ? { ...window, sentSince: said.sentSince } : window };
      }),
    welcomed: (externalId) =>
      decide(externalId, undefined, (window) => ({
        said: undefined,
        window: window.welcome === null ? window : { ...window, welcome: null },
      })),
  };
}
