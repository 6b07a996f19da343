import type { Channel, ChannelMessage, JoinedResult, Joins, SendResult } from '../../bot/channels/channel.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import { LAST_RETRY_MS, retryAfterMs } from '../jobs/retry-wait.ts';
import type { Job } from '../jobs/rhythm.ts';
import { insertOnce, update, type Write } from '../services/batch.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { isRecalled, rowsOfCall } from '../store/notices.ts';
import { outcomeWrite } from '../store/outbox.ts';
import { accountsByIds } from '../store/people.ts';
import { familyMayRead } from './family-claim.ts';
import { dueOutsideQuietHours } from './outbox-ports.ts';
import type { World } from './world.ts';

/** So many rows are looked at in a round (our default): as many as WeCom takes in one call. */
const ROUND = 1_000;
/** So many rows are written at a time: whoever calls for help never waits for a thousand of them. */
const SLICE = 100;

/** Rows with the same words for readers on one channel. */
interface Group {
  readonly rows: readonly OutboxRow[];
  readonly accounts: ReadonlyMap<string, ChatAccountRow>;
  readonly channel: Channel;
  readonly text: string;
  readonly noticeId: string;
  /** The call of an earlier try, which may have arrived; null before the first. */
  readonly callId: string | null;
}

/**
 * Words for many: the rows of one text go in one call where the channel has such a thing, and each row is answered for
 * alone. It comes after everything else that is to be said, one call at a time, and nothing waits for it.
 */
export function broadcastJob(world: World, breathe: () => Promise<void>): Job {
  return {
    name: 'broadcast',
    nextAt: () => Promise.resolve(null), // the outbox job knows the times of all rows
    run: async () => {
      const due = await dueOutsideQuietHours(world, ROUND, ['broadcast']);
      const [first] = due;
      if (first === undefined) return 0;
      const rows = first.callId === null ? due : await rowsOfCall(world.store, first.callId);
      const pointless = await pointlessOf(world, rows);
      if (pointless.length > 0) {
        await inSlices(world, breathe, pointless, (row) => [
          outcomeWrite(row.id, 'dropped', now(world), 'pointless'),
        ]);
        world.metrics.sent('broadcast', 'dropped', pointless.length);
        return pointless.length;
      }
      const group = await groupOf(world, rows);
      return group === null || (group.channel.health?.restMs() ?? 0) > 0
        ? 0
        : sendGroup(world, group, breathe);
    },
  };
}

/** Rows of a notice that was taken back, and of those who have left. What an earlier try may have brought stays whole. */
async function pointlessOf(world: World, rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
  const recalled = new Set<string>();
  for (const noticeId of new Set(rows.map(noticeOf)))
    if (await isRecalled(world.store, noticeId)) recalled.add(noticeId);
  const accounts = await accountsByIds(
    world.store,
    rows.map((row) => row.accountId),
  );
  const isGone = (row: OutboxRow): boolean => accounts.get(row.accountId)?.goneAt !== null;
  const forbidden = new Set<string>();
  for (const row of rows) {
    const to = accounts.get(row.accountId);
    if (to !== undefined && row.callId === null && !(await familyMayRead(world, row, to)))
      forbidden.add(row.id);
  }
  return rows.filter(
    (row) => recalled.has(noticeOf(row)) || (row.callId === null && (isGone(row) || forbidden.has(row.id))),
  );
}

/** The first row, and those that say the same on the same channel, as many as go together. */
async function groupOf(world: World, rows: readonly OutboxRow[]): Promise<Group | null> {
  const accounts = await accountsByIds(
    world.store,
    rows.map((row) => row.accountId),
  );
  const [first] = rows;
  const account = accounts.get(first?.accountId ?? '');
  if (first === undefined || account === undefined) return null;
  const channel = world.channels.get(account.channel) ?? NOWHERE;
  const same = rows.filter(
    (row) =>
      row.callId === first.callId &&
      row.body === first.body &&
      row.refs === first.refs &&
      accounts.get(row.accountId)?.channel === account.channel,
  );
  const { text } = JSON.parse(first.body ?? '{"text":""}') as FrozenBody;
  return {
    ...{ accounts, channel, text, callId: first.callId, noticeId: noticeOf(first) },
    rows: same.slice(0, channel.joins?.most ?? ROUND),
  };
}

async function sendGroup(world: World, group: Group, breathe: () => Promise<void>): Promise<number> {
  const { rows, noticeId } = group;
  const callId = group.callId ?? world.ids.next();
  const sentAt = world.realClock.now().toISOString();
  const joins = joinsOf(group);
  if (joins !== undefined) {
    const call = { id: callId, noticeId, sentAt, msgid: null, recall: null } as const;
    await world.commit({ guards: [], writes: [insertOnce('BroadcastCall', call)] });
  }
  await inSlices(world, breathe, rows, ({ id, attempts }) => [
    update('Outbox', id, { state: 'sending', claimedAt: sentAt, attempts: attempts + 1, callId }),
  ]);
  const { each, msgid } = joins === undefined ? await oneByOne(group) : await inOneCall(joins, group, callId);
  if (msgid !== null)
    await world.commit({ guards: [], writes: [update('BroadcastCall', callId, { msgid, sentAt })] });
  await inSlices(world, breathe, rows, (row) => ended(world, group, row, each.get(row.id) ?? FAULT));
  return rows.length;
}

/** Words that would be cut go one by one. */
function joinsOf({ channel, text }: Group): Joins | undefined {
  const { joins } = channel;
  return joins !== undefined && Buffer.byteLength(text) <= joins.mostBytes ? joins : undefined;
}

async function inOneCall(joins: Joins, group: Group, callId: string): Promise<JoinedResult> {
  const to = group.rows.map((row) => ({ outboxId: row.id, address: addressOf(group, row) }));
  try {
    return await joins.send({ callId, text: group.text, to, isRepeat: group.callId !== null });
  } catch {
    return { each: new Map(), msgid: null };
  }
}

async function oneByOne(group: Group): Promise<JoinedResult> {
  const each = new Map<string, SendResult>();
  for (const row of group.rows) {
    const at = row.createdAt > row.notBefore ? row.createdAt : row.notBefore;
    const { text } = group;
    const about = { outboxId: row.id, address: addressOf(group, row), lane: row.lane, at } as const;
    const message: ChannelMessage = { ...about, text, options: [] };
    each.set(row.id, await group.channel.send(message).catch(() => FAULT));
  }
  return { each, msgid: null };
}

/** What becomes of one row. A try that nobody heard of stays with its call, so that the next one is the same message. */
function ended(world: World, group: Group, row: OutboxRow, result: SendResult): readonly Write[] {
  if (result.kind === 'accepted') return finished(world, row, 'accepted', null);
  const attempts = row.attempts + (result.kind === 'later' ? 0 : 1);
  const waitMs =
    result.kind === 'later' ? result.afterMs : retryAfterMs(row.lane, attempts, result.retryable);
  if (waitMs === null) return finished(world, row, 'failed', result.kind === 'failed' ? result.reason : null);
  const retryAt = new Date(world.realClock.now().getTime() + Math.min(waitMs, LAST_RETRY_MS)).toISOString();
  const error = result.kind === 'later' ? (result.because ?? 'paced') : result.reason;
  const mayHaveGone = group.callId !== null || result.kind === 'failed';
  const call = mayHaveGone ? {} : { callId: null };
  return [update('Outbox', row.id, { state: 'queued', attempts, retryAt, error, ...call })];
}

function finished(
  { metrics, logger, clock }: World,
  row: OutboxRow,
  state: 'accepted' | 'failed',
  error: string | null,
): readonly Write[] {
  metrics.sent(row.lane, state);
  if (state === 'failed') logger.warn('message failed', { outboxId: row.id, lane: row.lane });
  return [outcomeWrite(row.id, state, clock.now().toISOString(), error)];
}

async function inSlices(
  world: World,
  breathe: () => Promise<void>,
  rows: readonly OutboxRow[],
  writes: (row: OutboxRow) => readonly Write[],
): Promise<void> {
  for (let first = 0; first < rows.length; first += SLICE) {
    await world.commit({ guards: [], writes: rows.slice(first, first + SLICE).flatMap(writes) });
    await breathe();
  }
}

function addressOf({ accounts }: Group, row: OutboxRow): string {
  return accounts.get(row.accountId)?.externalId ?? '';
}

function noticeOf({ refs }: OutboxRow): string {
  return (JSON.parse(refs) as { noticeId?: string }).noticeId ?? '';
}

function now({ clock }: World): string {
  return clock.now().toISOString();
}

/** A channel that is not set up any more reaches nobody. */
const NOWHERE: Channel = {
  name: 'simulator',
  send: () => Promise.resolve({ kind: 'failed', retryable: false, reason: 'unreachable' }),
};

const FAULT: SendResult = { kind: 'failed', retryable: true, reason: 'fault' };
