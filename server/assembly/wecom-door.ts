import { createHash } from 'node:crypto';
import { arrivalOf, type Arrival } from '../../bot/channels/wecom/arrival.ts';
import {
  openEcho,
  openEnvelope,
  RefusedCallback,
  type CallbackKeys,
} from '../../bot/channels/wecom/envelope.ts';
import { wakeUpOf, type KfWakeUp } from '../../bot/channels/wecom/kf-happening.ts';
import type { Conversation } from '../../bot/conversation.ts';
import { insertOnce, type Batch } from '../services/batch.ts';
import type { InboxBody } from '../services/loaded.ts';
import { receivePlace } from '../services/receive.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { inboxRow } from '../store/inbox.ts';
import { accountByExternalId } from '../store/people.ts';
import { rowsById } from '../store/outbox.ts';
import { wecomAccount } from '../store/wecom-accounts.ts';
import type { WecomDoor } from '../wecom/routes.ts';
import type { FrozenBody } from '../jobs/outbox-worker.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

export interface WecomDoorPorts {
  readonly keys: CallbackKeys;
  /** Something happened at an account of 微信客服; null where guardians are not reached that way. */
  readonly kfWoken: ((wakeUp: KfWakeUp) => Promise<void>) | null;
  /** Fetches what members sent. */
  fetchFiles(): Promise<unknown>;
  /** Shows on a card what was pressed on it; how that ends is nobody's concern. */
  showChoice(choice: { from: string; responseCode: string; label: string }): Promise<void>;
}

/** A command button (走访 in a list) may be pressed again and keeps its look; the answer to a question is given once. */
const COMMAND = 'c:';

/** The callback's routes on the real service. */
export function wecomDoor(world: World, conversation: Conversation, ports: WecomDoorPorts): WecomDoor {
  const opened = (open: () => string): string | null => {
    try {
      return open();
    } catch (error) {
      if (!(error instanceof RefusedCallback)) throw error;
      world.logger.warn('wecom callback refused', { why: error.refusal });
      return null;
    }
  };
  return {
    echo: (query) => opened(() => openEcho(ports.keys, query, world.realClock.now())),
    receive: async (query, body) => {
      const plain = opened(() => openEnvelope(ports.keys, query, body, world.realClock.now()));
      if (plain === null) return 'refused';
      const wakeUp = ports.kfWoken && wakeUpOf(plain);
      if (ports.kfWoken && wakeUp) {
        await ports.kfWoken(wakeUp);
        return 'stored';
      }
      const arrival = arrivalOf(plain);
      if (arrival === null || arrival.kind === 'ignored') {
        world.logger.info('wecom callback ignored', { what: arrival?.name ?? 'of no known form' });
        return 'stored';
      }
      const account = await accountOf(world, arrival.from);
      await store(world, account, arrival, createHash('sha256').update(plain).digest('hex'));
      conversation.kick();
      if (arrival.kind === 'file') void ports.fetchFiles().catch(() => undefined); // or at the next tick
      if (arrival.kind === 'option') void showPressed(world, ports, account, arrival).catch(() => undefined);
      return 'stored';
    },
  };
}

/** The account of a member; of one nobody has told us of, an account without a person. */
async function accountOf({ store, clock, ids }: World, from: string): Promise<ChatAccountRow> {
  const find = () => accountByExternalId(store, 'wecom', from);
  const known = await find();
  if (known) return known;
  const row = await wecomAccount(store, from, ids.next(), clock.now());
  await store.commit({ guards: [], writes: [insertOnce('ChatAccount', row)] });
  return (await find()) ?? row;
}

/** The same message again, whenever it comes, has the same id and is nothing new. */
async function store(
  world: World,
  account: ChatAccountRow,
  arrival: Exclude<Arrival, { kind: 'ignored' }>,
  digest: string,
): Promise<void> {
  const externalId = world.store.sealing.blindIndex('inbox-id', `wecom:${digest}`);
  const batch =
    arrival.kind === 'unreadable'
      ? cannotKeep(world, account, externalId)
      : heard(world, account, arrival, externalId);
  if (batch !== null) await world.store.commit(batch);
}

function heard(
  world: World,
  account: ChatAccountRow,
  arrival: Exclude<Arrival, { kind: 'ignored' | 'unreadable' }>,
  externalId: string,
): Batch | null {
  const fileId = world.store.sealing.blindIndex('file-id', `wecom:${externalId}`);
  const body = bodyOf(arrival, account, fileId);
  if (body === null) return null;
  return inboxRow({
    channel: 'wecom',
    externalId,
    accountId: account.id,
    sessionKey: account.personId ?? `account:${account.id}`,
    receivedAt: world.clock.now().toISOString(),
    body,
  });
}

function bodyOf(
  arrival: Exclude<Arrival, { kind: 'ignored' | 'unreadable' }>,
  account: ChatAccountRow,
  fileId: string,
): InboxBody | null {
  switch (arrival.kind) {
    case 'text':
      return { kind: 'text', text: arrival.text, sentAt: arrival.sentAt.toISOString() };
    case 'option':
      return { kind: 'option', text: arrival.option };
    case 'file':
      return { kind: arrival.file, text: '', awaits: { mediaId: arrival.mediaId, fileId } };
    case 'place':
      return receivePlace(arrival).body;
    case 'entered': // whoever comes for the first time hears what this is; nobody is greeted at every visit
      return account.lastWordAt === null ? { kind: 'text', text: '帮助' } : null;
  }
}

/** What cannot be kept is not passed over in silence. */
function cannotKeep(world: World, account: ChatAccountRow, externalId: string): Batch {
  const reply = { key: 'wecom.words-only' };
  const key = `cannot-keep:${externalId}`;
  return {
    guards: [],
    writes: [queuedRow(world, { account, lane: 'reply', key, reply, refs: {} })],
  };
}

async function showPressed(
  world: World,
  ports: WecomDoorPorts,
  account: ChatAccountRow,
  { from, option, taskId, responseCode }: Extract<Arrival, { kind: 'option' }>,
): Promise<void> {
  if (option.startsWith(COMMAND)) return;
  const [row] = await rowsById(world.store, [taskId]);
  if (row?.accountId !== account.id) return;
  const { options } = JSON.parse(row.body ?? '{"text":"","options":[]}') as FrozenBody;
  const label = options.find(({ id }) => id === option)?.label;
  if (label !== undefined) await ports.showChoice({ from, responseCode, label });
}
