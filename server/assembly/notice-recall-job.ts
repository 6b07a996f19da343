import type { Joins } from '../../bot/channels/channel.ts';
import type { RecallCount } from '../domain/notice.ts';
import { say, type Say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import { update } from '../services/batch.ts';
import type { BroadcastCallRow, OutboxRow } from '../store/generated/tables.ts';
import { callsOf, noticesToRecall, rowsOfNotice } from '../store/notices.ts';
import { outcomeWrite } from '../store/outbox.ts';
import { accountsByIds } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/** After an answer that says nothing, in real time (our default). */
const REST_MS = 60_000;
/** So many rows are written at a time: whoever calls for help never waits for a thousand of them. */
const SLICE = 100;

type Asked = Awaited<ReturnType<typeof noticesToRecall>>[number];
type NoticeOutboxRow = Awaited<ReturnType<typeof rowsOfNotice>>[number];

/** 撤回通知: what has not gone stays here, what has gone is taken back where the platform lets us, and its author is told which. */
export function noticeRecallJob(world: World): Job {
  let restUntilMs = 0;
  const nowMs = (): number => world.realClock.now().getTime();
  return {
    name: 'notice-recall',
    nextAt: () => Promise.resolve(null), // it is asked for by a turn, and tried again on the real clock
    run: async () => {
      if (nowMs() < restUntilMs) return 0;
      let told = 0;
      for (const notice of await noticesToRecall(world.store))
        if (await takeBack(world, notice)) told += 1;
        else restUntilMs = nowMs() + REST_MS;
      return told;
    },
  };
}

/** False where the platform did not say what became of a call: it is asked again. */
async function takeBack(world: World, notice: Asked): Promise<boolean> {
  await dropUnsent(world, notice.id);
  const calls = await callsOf(world.store, notice.id);
  for (const call of calls) if (!(await settled(world, call))) return false;
  const rows = await rowsOfNotice(world.store, notice.id);
  await tell(world, notice, countOf(rows, await callsOf(world.store, notice.id)));
  return true;
}

async function dropUnsent(world: World, noticeId: string): Promise<void> {
  const at = world.clock.now().toISOString();
  const waiting = (await rowsOfNotice(world.store, noticeId)).filter(({ state }) => state === 'queued');
  for (let first = 0; first < waiting.length; first += SLICE) {
    const writes = waiting
      .slice(first, first + SLICE)
      .map(({ id }) => outcomeWrite(id, 'dropped', at, 'recalled'));
    await world.commit({ guards: [], writes });
  }
  if (waiting.length > 0) world.metrics.sent('broadcast', 'dropped', waiting.length);
}

async function settled(world: World, call: BroadcastCallRow): Promise<boolean> {
  if (call.recall !== null) return true;
  const recall = await recallOf(world, call);
  if (recall === null) return false;
  await world.commit({ guards: [], writes: [update('BroadcastCall', call.id, { recall })] });
  return true;
}

/** Null where nobody knows yet. A call without an answer has no name to be taken back by. */
async function recallOf(
  world: World,
  { msgid, sentAt }: BroadcastCallRow,
): Promise<BroadcastCallRow['recall']> {
  const joins: Joins | undefined = world.primary.map((way) => world.channels.get(way)?.joins).find(Boolean);
  if (joins === undefined || msgid === null) return 'refused';
  if (world.realClock.now().getTime() - Date.parse(sentAt) > joins.recallMs) return 'late';
  const said = await joins.recall(msgid);
  return said === 'nobody-knows' ? null : said;
}

/** Where a call may have brought it although nobody said so, it counts as standing there. */
function countOf(rows: readonly NoticeOutboxRow[], calls: readonly BroadcastCallRow[]): RecallCount {
  const back = new Set(calls.filter(({ recall }) => recall === 'recalled').map(({ id }) => id));
  const went = rows.filter(
    ({ state, callId }) => WENT.has(state) || (state === 'dropped' && callId !== null),
  );
  const recalled = went.filter(({ callId }) => back.has(callId ?? '')).length;
  const unsent = rows.filter(({ state, callId }) => state === 'dropped' && callId === null).length;
  return { unsent, recalled, left: went.length - recalled };
}

const WENT: ReadonlySet<OutboxRow['state']> = new Set(['accepted', 'unknown', 'sending']);

async function tell(world: World, { id, at, accountId }: Asked, count: RecallCount): Promise<void> {
  const account = (await accountsByIds(world.store, [accountId])).get(accountId);
  const recallToldAt = world.clock.now().toISOString();
  const reply = say('notice.recalled', { at, lines: linesOf(count) });
  const answer =
    account === undefined
      ? []
      : [
          queuedRow(world, {
            account,
            lane: 'reply',
            key: `notice-recalled:${id}`,
            reply,
            refs: { noticeId: id },
          }),
        ];
  await world.commit({ guards: [], writes: [update('Notice', id, { recallToldAt }), ...answer] });
}

function linesOf({ unsent, recalled, left }: RecallCount): readonly Say[] {
  const lines = [
    ...(unsent > 0 ? [say('notice.line-unsent', { count: unsent })] : []),
    ...(recalled > 0 ? [say('notice.line-recalled', { count: recalled })] : []),
    ...(left > 0 ? [say('notice.line-left', { count: left })] : []),
  ];
  return lines.length > 0 ? lines : [say('notice.line-nobody')];
}
