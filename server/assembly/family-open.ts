import { roomFor } from '../../bot/channels/wecom/kf-window.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { kfReachOf } from '../store/kf.ts';
import { windowOf } from './kf-reach.ts';
import type { World } from './world.ts';

/**
 * Whether a message that nobody asked for would reach this phone now. Through 微信客服 only for so long after its holder's
 * own words, and so often; what is left for emergencies is left alone. Nothing is sent to see whether it goes.
 */
export async function isFamilyOpen(
  { store, channels, realClock }: World,
  { channel, externalId, goneAt }: ChatAccountRow,
): Promise<boolean> {
  if (goneAt !== null || !channels.has(channel)) return false;
  if (channel !== 'kf') return true;
  const reach = await kfReachOf(store, externalId);
  if (reach === null) return false;
  return (
    roomFor(windowOf(reach, reach.openKfId), ['a message to come'], false, realClock.now()).kind === 'send'
  );
}
