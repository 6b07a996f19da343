import type { Conversation } from '../../bot/conversation.ts';
import type { Job } from '../jobs/rhythm.ts';
import type { InboxMessage } from '../services/loaded.ts';
import { receiveFile } from '../services/receive.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { awaitingMessages, inboxFetched, inboxWithoutFile } from '../store/inbox.ts';
import { accountsByIds } from '../store/people.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const BATCH = 20;

/** A platform where files lie until somebody fetches them. */
export interface FilesPort {
  readonly job: string;
  readonly channels: readonly ChatAccountRow['channel'][];
  /** For so long the platform keeps a file; after that there is nothing left to fetch. */
  readonly keptMs: number;
  fetch(mediaId: string): Promise<Buffer | 'gone' | 'later'>;
}

/**
 * Photos and voice messages lie with the platform until somebody fetches them: at once, and again at every tick until they
 * are here or gone. Then the message has its turn, or its sender is told.
 */
export function filesJob(world: World, port: FilesPort, conversation: Conversation): Job {
  let running: Promise<number> | null = null;
  const fetchAll = async (): Promise<number> => {
    const waiting = await awaitingMessages(world.store, BATCH, port.channels);
    const done = await Promise.all(waiting.map((message) => fetchOne(world, port, message)));
    const count = done.filter(Boolean).length;
    if (count > 0) conversation.kick();
    return count;
  };
  return {
    name: port.job,
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
async function fetchOne(world: World, port: FilesPort, message: InboxMessage): Promise<boolean> {
  const { body, accountId, seq, receivedAt } = message;
  if (body.awaits === undefined || (body.kind !== 'voice' && body.kind !== 'photo')) return false;
  const { store, clock } = world;
  const bytes = await port.fetch(body.awaits.mediaId);
  if (bytes === 'gone' || bytes === 'later') {
    const isOver = clock.now().getTime() - Date.parse(receivedAt) > port.keptMs;
    return bytes === 'gone' || isOver ? giveUp(world, message, 'file.gone') : false;
  }
  const about = {
    id: body.awaits.fileId,
    kind: body.kind,
    seconds: body.awaits.seconds ?? null,
    ownerAccountId: accountId,
    at: clock.now(),
  };
  const digest = (text: string): string => store.sealing.blindIndex('file', text);
  const kept = receiveFile({ ...about, bytes }, digest);
  if ('refused' in kept) return giveUp(world, message, `file.${kept.refused}`);
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
