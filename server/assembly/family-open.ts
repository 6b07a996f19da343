import { roomFor, type KfWindow } from '../../bot/channels/wecom/kf-window.ts';
import { familyBudgetAllows, type FamilyPurpose } from '../domain/family/budget.ts';
import { shanghaiDate } from '../domain/local-date.ts';
import { DEFAULT_LOAD_POLICY } from '../domain/reminding/digest-budget.ts';
import { familyMessagesIn } from '../store/family-sent.ts';
import type { ChatAccountRow, KfReachRow } from '../store/generated/tables.ts';
import { rowsIn } from '../store/rows.ts';
import { windowOf } from './kf-reach.ts';
import type { World } from './world.ts';

/** One message more, counted by a name of its own. */
const NEXT = ['a message to come'];

/**
 * Of these phones of families those that a message nobody asked for would reach now. Through 微信客服 only for so long after
 * their holders' own words, and so often; what is left for emergencies is left alone. Nothing is sent to see whether it
 * goes: what may really go is the channel's business.
 */
export async function openFamilyPhones<Account extends Pick<ChatAccountRow, 'id' | 'channel' | 'goneAt'>>(
  { store, channels, realClock }: World,
  accounts: readonly Account[],
): Promise<readonly Account[]> {
  const there = accounts.filter(({ channel, goneAt }) => goneAt === null && channels.has(channel));
  const ofKf = there.filter(({ channel }) => channel === 'kf').map(({ id }) => id);
  const now = realClock.now();
  const open = new Set(
    (await rowsIn(store, 'KfReach', 'accountId', ofKf))
      .map((row) => store.open('KfReach', row))
      .filter((row) => roomFor(windowFor(row), NEXT, false, now).kind === 'send')
      .map(({ accountId }) => accountId),
  );
  return there.filter(({ id, channel }) => channel !== 'kf' || open.has(id));
}

/** The code of a welcome is over before a message that is queued now goes. */
function windowFor(row: KfReachRow): KfWindow {
  return { ...windowOf(row, row.openKfId), welcome: null };
}

/** Whether this one is among them. */
export async function isFamilyOpen(world: World, account: ChatAccountRow): Promise<boolean> {
  return (await openFamilyPhones(world, [account])).length > 0;
}

/** Of these telephones those that take a message of this kind now: the channel is open, and the month holds one more. */
export async function openWithin(
  world: World,
  accounts: readonly ChatAccountRow[],
  purpose: FamilyPurpose,
  now: Date,
): Promise<readonly ChatAccountRow[]> {
  const ids = accounts.map(({ id }) => id);
  const sent = await familyMessagesIn(world.store, ids, shanghaiDate(now));
  const within = accounts.filter(({ id }) =>
    familyBudgetAllows(purpose, sent.get(id) ?? 0, DEFAULT_LOAD_POLICY),
  );
  return openFamilyPhones(world, within);
}
