import type { Channel, ChannelMessage, JoinedResult, Joins, SendResult } from '../../bot/channels/channel.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import { LAST_RETRY_MS, retryAfterMs } from '../jobs/retry-wait.ts';
import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import { insertOnce, update, type Write } from '../services/batch.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { isRecalled, rowsOfCall } from '../store/notices.ts';
import { outcomeWrite } from '../store/outbox.ts';
import { accountsByIds } from '../store/people.ts';
import { campaignOf } from './campaign-refs.ts';
import { familyMayRead } from './family-claim.ts';
import { dueOutsideQuietHours } from './outbox-ports.ts';
import { languageOf, type World } from './world.ts';

/** So many rows are looked at in a round (our default): as many as WeCom takes in one call. */
const ROUND = 1_000;
/** So many rows are written at a time: whoever calls for help never waits for a thousand of them. */
const SLICE = 100;
/** Where each goes by itself so many are claimed together (our default): who may read it is asked shortly before. */
const CLAIMED = 20;

/** Rows with the same words for readers on one channel. */
interface Group {
  readonly rows: readonly OutboxRow[];
  readonly accounts: ReadonlyMap<string, ChatAccountRow>;
  readonly channel: Channel;
  readonly text: string;
  /** The notice, or the safety notice. */
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
      const group = await groupOf(world, rows);
      if (group === null) return dropped(world, await pointlessOf(world, rows), breathe);
      const together = joinsOf(group) === undefined ? CLAIMED : group.rows.length;
      let done = 0;
      for (let from = 0; from < group.rows.length; from += together)
        done += await sendSome(world, { ...group, rows: group.rows.slice(from, from + together) }, breathe);
      return done;
    },
  };
}

/** Who may read it is asked in the moment of the claim; what has become pointless goes nowhere. */
async function sendSome(world: World, group: Group, breathe: () => Promise<void>): Promise<number> {
  const pointless = new Set(await pointlessOf(world, group.rows));
  const rows = group.rows.filter((row) => !pointless.has(row));
  const gone = await dropped(world, [...pointless], breathe);
  if (rows.length === 0 || (group.channel.health?.restMs() ?? 0) > 0) return gone;
  return gone + (await sendGroup(world, { ...group, rows }, breathe));
}

async function dropped(
  world: World,
  rows: readonly OutboxRow[],
  breathe: () => Promise<void>,
): Promise<number> {
  if (rows.length === 0) return 0;
  await inSlices(world, breathe, rows, ({ id }) => [outcomeWrite(id, 'dropped', now(world), 'pointless')]);
  world.metrics.sent('broadcast', 'dropped', rows.length);
  return rows.length;
}

/**
 * Rows of a notice that was taken back, and of those who have left. What an earlier try may have brought stays whole, but
 * for families: 不得联系 holds for a further try as well.
 */
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
    if (to !== undefined && !(await familyMayRead(world, row, to))) forbidden.add(row.id);
  }
  return rows.filter(
    (row) => recalled.has(noticeOf(row)) || forbidden.has(row.id) || (row.callId === null && isGone(row)),
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
      aboutOf(row) === aboutOf(first) &&
      accounts.get(row.accountId)?.channel === account.channel,
  );
  const { text } = JSON.parse(first.body ?? '{"text":""}') as FrozenBody;
  return {
    ...{ accounts, channel, text, callId: first.callId, noticeId: campaignOf(first) ?? noticeOf(first) },
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
  const { each, msgid } =
    joins === undefined ? await oneByOne(world, group) : await inOneCall(joins, group, callId);
  if (msgid !== null)
    await world.commit({ guards: [], writes: [update('BroadcastCall', callId, { msgid, sentAt })] });
  await inSlices(world, breathe, rows, (row) => ended(world, group, row, each.get(row.id) ?? FAULT));
  return rows.length;
}

/** Words that would be cut go one by one. */
function joinsOf({ channel, text }: Pick<Group, 'channel' | 'text'>): Joins | undefined {
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

async function oneByOne(world: World, group: Group): Promise<JoinedResult> {
  const each = new Map<string, SendResult>();
  for (const row of group.rows) {
    const at = row.createdAt > row.notBefore ? row.createdAt : row.notBefore;
    const { text, options } = JSON.parse(row.body ?? '{"text":"","options":[]}') as FrozenBody;
    const about = { outboxId: row.id, address: addressOf(group, row), lane: row.lane, at } as const;
    const words = row.possiblyRepeated ? `${text}\n${repeatedMark(world, group, row)}` : text;
    const message: ChannelMessage = { ...about, text: words, options };
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
  if (row.possiblyRepeated) metrics.possiblyRepeated();
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

/** What makes rows with the same words one call: the children a row is about are looked at one by one. */
function aboutOf(row: OutboxRow): string {
  return campaignOf(row) ?? row.refs;
}

function repeatedMark({ wording }: World, { accounts }: Group, row: OutboxRow): string {
  const language = languageOf({ language: accounts.get(row.accountId)?.language ?? 'zh-CN' });
  return wording.render(language, say('dialog.possibly-repeated'));
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
