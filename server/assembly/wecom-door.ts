import { createHash } from 'node:crypto';
import { arrivalOf, type Arrival } from '../../bot/channels/wecom/arrival.ts';
import { COMMAND, rowOfCard, tickedCard } from '../../bot/channels/wecom/card.ts';
import {
  openEcho,
  openEnvelope,
  RefusedCallback,
  type CallbackKeys,
} from '../../bot/channels/wecom/envelope.ts';
import { wakeUpOf, type KfWakeUp } from '../../bot/channels/wecom/kf-happening.ts';
import type { Conversation } from '../../bot/conversation.ts';
import { say } from '../domain/say.ts';
import { insertOnce, type Batch } from '../services/batch.ts';
import type { InboxBody } from '../services/loaded.ts';
import { receivePlace } from '../services/receive.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';
import { inboxRow } from '../store/inbox.ts';
import { accountByExternalId } from '../store/people.ts';
import { rowsById } from '../store/outbox.ts';
import { pressedCard } from '../store/sent-cards.ts';
import { wecomAccount } from '../store/wecom-accounts.ts';
import { changeTold } from '../store/wecom-contacts.ts';
import type { WecomDoor } from '../wecom/routes.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import { queuedRow } from './conversation-ports.ts';
import { pageOf } from './page-of.ts';
import type { ShowOnCard } from './wecom-cards-job.ts';
import { greetingOf } from './wecom-greeting.ts';
import { languageOf, type World } from './world.ts';

export interface WecomDoorPorts {
  readonly keys: CallbackKeys;
  /** Something happened at an account of 微信客服; null where guardians are not reached that way. */
  readonly kfWoken: ((wakeUp: KfWakeUp) => Promise<void>) | null;
  /** Fetches what members sent. */
  fetchFiles(): Promise<unknown>;
  /** Shows on a card what was pressed on it; how that ends is nobody's concern here. */
  showOnCard: ShowOnCard;
}

/** What a member did, as opposed to what WeCom tells of itself. */
type FromMember = Exclude<Arrival, { kind: 'ignored' | 'contacts' }>;

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
      const digest = createHash('sha256').update(plain).digest('hex');
      if (arrival.kind === 'contacts') {
        await noteChange(world, arrival, digest);
        return 'stored';
      }
      const account = await accountOf(world, arrival.from);
      await store(world, account, arrival, digest);
      conversation.kick();
      if (arrival.kind === 'file') void ports.fetchFiles().catch(() => undefined); // or at the next tick
      if (arrival.kind === 'option') void showPressed(world, ports, account, arrival).catch(() => undefined);
      return 'stored';
    },
  };
}

/** Several changes of one second differ in what they say, so that each has an id of its own; a retry has the same. */
async function noteChange(
  { store, clock }: World,
  { change, userid, newUserid }: Extract<Arrival, { kind: 'contacts' }>,
  digest: string,
): Promise<void> {
  const id = store.sealing.blindIndex('inbox-id', `wecom:${digest}`);
  const row = changeTold({ id, receivedAt: clock.now().toISOString(), kind: change, userid, newUserid });
  await store.commit({ guards: [], writes: [row] });
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
  arrival: FromMember,
  digest: string,
): Promise<void> {
  const externalId = world.store.sealing.blindIndex('inbox-id', `wecom:${digest}`);
  const batch =
    arrival.kind === 'unreadable'
      ? cannotKeep(world, account, externalId)
      : arrival.kind === 'entered'
        ? await greetingOf(world, account)
        : heard(world, account, arrival, externalId);
  if (batch !== null) await world.store.commit(batch);
}

/** What has a turn of its own. */
type Spoken = Exclude<FromMember, { kind: 'unreadable' | 'entered' }>;

function heard(world: World, account: ChatAccountRow, arrival: Spoken, externalId: string): Batch {
  const fileId = world.store.sealing.blindIndex('file-id', `wecom:${externalId}`);
  return inboxRow({
    channel: 'wecom',
    externalId,
    accountId: account.id,
    sessionKey: account.personId ?? `account:${account.id}`,
    receivedAt: world.clock.now().toISOString(),
    body: bodyOf(arrival, fileId),
  });
}

function bodyOf(arrival: Spoken, fileId: string): InboxBody {
  switch (arrival.kind) {
    case 'text':
      return { kind: 'text', text: arrival.text, sentAt: arrival.sentAt.toISOString() };
    case 'option':
      return { kind: 'option', text: arrival.option };
    case 'file':
      return { kind: arrival.file, text: '', awaits: { mediaId: arrival.mediaId, fileId } };
    case 'place':
      return receivePlace(arrival).body;
  }
}

/** What cannot be kept is not passed over in silence. */
function cannotKeep(world: World, account: ChatAccountRow, externalId: string): Batch {
  const reply = { key: 'file.words-only' };
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
  const [row] = await rowsById(world.store, [rowOfCard(taskId)]);
  if (row?.accountId !== account.id) return;
  if (option.startsWith(COMMAND)) return keepCode(world, row, responseCode);
  const body = JSON.parse(row.body ?? '{"text":"","options":[]}') as FrozenBody;
  const chosenLabel = world.wording.render(languageOf(account), say('wecom.chosen'));
  const isOfLists = body.lists !== undefined && option.startsWith(body.lists.id);
  const label = body.options.find(({ id }) => id === option)?.label ?? (isOfLists ? chosenLabel : undefined);
  if (label === undefined) return;
  const message = {
    ...body,
    chosenLabel,
    outboxId: row.id,
    address: from,
    lane: row.lane,
    at: row.createdAt,
  };
  await ports.showOnCard({ from, responseCode, label, card: tickedCard(message, option) });
}

/** A page that was pressed keeps its look until somebody takes the report; the press brought the code for that. */
async function keepCode(world: World, row: OutboxRow, responseCode: string): Promise<void> {
  const reportId = pageOf(row);
  if (reportId === null) return;
  const now = world.realClock.now().toISOString();
  const write = await pressedCard(world.store, row, reportId, responseCode, now);
  await world.store.commit({ guards: [], writes: [write] });
}
