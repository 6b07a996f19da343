import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import type { Conversation } from '../../bot/conversation.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { InboxMessage } from '../services/loaded.ts';
import { receiveFile } from '../services/receive.ts';
import { awaitingMessages, inboxFetched, inboxWithoutFile } from '../store/inbox.ts';
import { accountsByIds } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const BATCH = 20;
/** WeCom keeps a file for three days (document 90254); after that there is nothing left to fetch. */
const KEPT_MS = 3 * 86_400_000;

/**
 * Photos and voice messages lie with WeCom until somebody fetches them: at once, and again at every tick until they are
 * here or gone. Then the message has its turn, or its sender is told.
 */
export function wecomFilesJob(world: World, api: Pick<WecomApi, 'media'>, conversation: Conversation): Job {
  let running: Promise<number> | null = null;
  const fetchAll = async (): Promise<number> => {
    const done = await Promise.all(
      (await awaitingMessages(world.store, BATCH)).map((message) => fetchOne(world, api, message)),
    );
    const count = done.filter(Boolean).length;
    if (count > 0) conversation.kick();
    return count;
  };
  return {
    name: 'wecom-files',
    nextAt: () => Promise.resolve(null), // what waits, waits for the line and not for a time
    run: () => {
      running ??= fetchAll().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

/** True when the message waits no more. */
async function fetchOne(world: World, api: Pick<WecomApi, 'media'>, message: InboxMessage): Promise<boolean> {
  const { body, accountId, seq, receivedAt } = message;
  if (body.awaits === undefined || (body.kind !== 'voice' && body.kind !== 'photo')) return false;
  const { store, clock } = world;
  const got = await api.media(body.awaits.mediaId);
  if (!('bytes' in got)) {
    const isOver = clock.now().getTime() - Date.parse(receivedAt) > KEPT_MS;
    const isGone = got.reaction === 'ours' || got.reaction === 'person' || isOver;
    return isGone ? giveUp(world, message, 'wecom.file-gone') : false;
  }
  const about = {
    id: body.awaits.fileId,
    kind: body.kind,
    seconds: null,
    ownerAccountId: accountId,
    at: clock.now(),
  };
  const digest = (text: string): string => store.sealing.blindIndex('file', text);
  const kept = receiveFile({ ...about, bytes: got.bytes }, digest);
  if ('refused' in kept) return giveUp(world, message, `wecom.${kept.refused}`);
  await world.commit({ guards: [], writes: [...kept.writes, inboxFetched(seq)] });
  return true;
}

/** Nobody is left to believe that something was kept which was not. */
async function giveUp(world: World, { seq, accountId }: InboxMessage, key: string): Promise<boolean> {
  const account = (await accountsByIds(world.store, [accountId])).get(accountId);
  const reply = { account, lane: 'reply', key: `no-file:${String(seq)}`, reply: { key }, refs: {} } as const;
  const told = account === undefined ? [] : [queuedRow(world, { ...reply, account })];
  await world.commit({ guards: [], writes: [inboxWithoutFile(seq), ...told] });
  return true;
}
