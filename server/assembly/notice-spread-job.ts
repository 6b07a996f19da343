import { say } from '../domain/say.ts';
import type { Job } from '../jobs/rhythm.ts';
import { update } from '../services/batch.ts';
import type { ChatAccountRow, NoticeRow } from '../store/generated/tables.ts';
import { noticeKey, noticesToSpread, receiversOf } from '../store/notices.ts';
import { areasByCode, workersById } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

/** So many rows are written at a time: whoever calls for help never waits for a thousand of them. */
const SLICE = 100;

/** A notice becomes a row of the outbox for each of its receivers; done again after a crash it makes no second one. */
export function noticeSpreadJob(world: World, breathe: () => Promise<void>): Job {
  return {
    name: 'notices',
    nextAt: () => Promise.resolve(null),
    run: async () => {
      const notices = await noticesToSpread(world.store);
      for (const notice of notices) await spread(world, notice, breathe);
      return notices.length;
    },
  };
}

async function spread(world: World, notice: NoticeRow, breathe: () => Promise<void>): Promise<void> {
  const accounts = await receiversOf(world.store, notice.areaCode, world.primary);
  const from = await senderOf(world, notice);
  for (let first = 0; first < accounts.length; first += SLICE) {
    const rows = accounts.slice(first, first + SLICE).map((account) => rowFor(world, notice, from, account));
    await world.commit({ guards: [], writes: rows });
    await breathe();
  }
  const spreadAt = world.clock.now().toISOString();
  await world.commit({ guards: [], writes: [update('Notice', notice.id, { spreadAt })] });
}

function rowFor(world: World, { id, text }: NoticeRow, from: string, account: ChatAccountRow) {
  return queuedRow(world, {
    account,
    lane: 'broadcast',
    key: noticeKey(id, account.id),
    reply: say('notice.to-director', { from, text }),
    refs: { noticeId: id },
  });
}

/** Whose words they are: the name, and the place they answer for. */
async function senderOf({ store }: World, { authorId, areaCode }: NoticeRow): Promise<string> {
  const [workers, areas] = await Promise.all([
    workersById(store, [authorId]),
    areasByCode(store, [areaCode]),
  ]);
  return `${areas.get(areaCode)?.name ?? ''} ${workers.get(authorId)?.name ?? ''}`.trim();
}
