import type { TelegramApi } from '../../bot/channels/telegram/api.ts';
import { updateOf, type Arrival } from '../../bot/channels/telegram/arrival.ts';
import { pressedOf } from '../../bot/channels/telegram/keyboard.ts';
import { answerPress, showPressed } from '../../bot/channels/telegram/pressed.ts';
import type { Conversation } from '../../bot/conversation.ts';
import { urgentIn } from '../../bot/dialog/words.ts';
import { say } from '../domain/say.ts';
import type { FrozenBody } from '../jobs/outbox-worker-ports.ts';
import { together, update, type Batch } from '../services/batch.ts';
import type { InboxBody } from '../services/loaded.ts';
import { receivePlace } from '../services/receive.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { inboxRow, keptRow, messageByExternalId } from '../store/inbox.ts';
import { rowsById } from '../store/outbox.ts';
import { telegramAccount } from '../store/telegram-accounts.ts';
import type { TelegramDoor } from '../telegram/routes.ts';
import { queuedRow } from './conversation-ports.ts';
import { takeLinkCode } from './link-door.ts';
import { discreetly, refusedWords } from './telegram-discreet.ts';
import { greetingOf } from './wecom-greeting.ts';
import type { World } from './world.ts';

export interface TelegramDoorPorts {
  readonly api: Pick<TelegramApi, 'call' | 'botId'>;
  /** True where codes and buttons are kept and nothing else. */
  readonly isDiscreet: boolean;
  /** Fetches what people sent. */
  fetchFiles(): Promise<unknown>;
}

type FromPerson = Exclude<Arrival, { kind: 'ignored' | 'group' }>;
/** With what a button stands for, where one was pressed or words stand for one. */
type Known = FromPerson & { readonly option: string | null };
type Heard = Exclude<Known, { kind: 'unreadable' | 'edited' | 'reach' }>;

/** A command button may be pressed again and keeps its look; the answer to a question is given once. */
const COMMAND = 'c:';
/** 紧急 in words, where nothing personal may be kept. */
const CALL_ME = 'c:call-me';
/** A button that stands nowhere any more: the conversation says so. */
const GONE = 'gone';

/** Updates on the real service, by whichever way they come. */
export function telegramDoor(
  world: World,
  conversation: Conversation,
  ports: TelegramDoorPorts,
): TelegramDoor {
  const inOrder = ordered();
  const toldGroups = new Set<string>();
  return {
    receive: async (body) => {
      const update = updateOf(body);
      if (update === null || update.arrival.kind === 'ignored') {
        const what = update?.arrival.kind === 'ignored' ? update.arrival.name : 'of no known form';
        world.logger.info('telegram update ignored', { what });
        return;
      }
      const { arrival, id } = update;
      if (arrival.kind === 'group') {
        if (!toldGroups.has(arrival.chat)) void leaveGroup(world, ports, arrival);
        toldGroups.add(arrival.chat);
        return;
      }
      // Ids of updates are the bot's: another bot counts from somewhere else.
      const externalId = `${ports.api.botId}:${String(id)}`;
      // What one person says is stored in the order in which it came, however many updates are under way.
      await inOrder(arrival.chat, async () => {
        for (const { one, part } of partsOf(arrival, ports.isDiscreet))
          await take(world, conversation, ports, one, `${externalId}${part}`);
      });
    },
  };
}

/** The words below a picture are said before the picture is sent: it belongs to what they tell. */
function partsOf(
  arrival: FromPerson,
  isDiscreet: boolean,
): readonly { readonly one: FromPerson; readonly part: string }[] {
  const whole = { one: arrival, part: '' };
  if (arrival.kind === 'edited') {
    // A sentence is heard as it was first said; a call for help is heard whenever it is written.
    const isCall = urgentIn(arrival.words.text) !== null;
    return [isCall ? { one: arrival.words, part: '' } : whole];
  }
  const caption = arrival.kind === 'file' || arrival.kind === 'unreadable' ? arrival.caption : null;
  if (caption === null) return [whole];
  const words = { one: caption, part: ':caption' };
  if (!isDiscreet) return [words, whole];
  return [discreetly(caption.text, 'text') === 'urgent' ? words : whole];
}

/** Work of one kind follows each other, and waits for no other kind. */
function ordered(): (key: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const done = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    last.set(key, done);
    const forget = (): void => {
      if (last.get(key) === done) last.delete(key);
    };
    void done.then(forget, forget);
    return done;
  };
}

/** The same update again, whenever it comes, is nothing new. */
async function take(
  world: World,
  conversation: Conversation,
  ports: TelegramDoorPorts,
  arrival: FromPerson,
  externalId: string,
): Promise<void> {
  const { store } = world;
  const account = await telegramAccount(store, arrival.chat, arrival.language, () => world.ids.next());
  if ((await messageByExternalId(store, 'telegram', externalId)) !== null) return;
  if (await takeLinkCode(world, account, wordsOf(arrival), externalId)) return;
  const fate = ports.isDiscreet ? discreetly(wordsOf(arrival), arrival.kind) : 'kept';
  if (fate === 'refused') {
    await store.commit(refusedWords(world, account, externalId));
    return;
  }
  const option =
    arrival.kind === 'pressed'
      ? await optionOf(world, account, arrival.pressed.data, ports.isDiscreet)
      : fate === 'urgent'
        ? CALL_ME
        : null;
  await store.commit(await batchOf(world, account, { ...arrival, option }, externalId));
  conversation.kick();
  if (arrival.kind === 'file') void ports.fetchFiles().catch(() => undefined); // or at the next tick
  if (arrival.kind !== 'pressed') return;
  void answerPress(ports.api, arrival.pressed);
  if (option?.startsWith(COMMAND) !== true) void showPressed(ports.api, arrival.chat, arrival.pressed);
}

/** What somebody typed, or would have typed who comes by a link. */
function wordsOf(arrival: FromPerson): string {
  if (arrival.kind === 'started') return arrival.payload === null ? MENU : `${BIND} ${arrival.payload}`;
  return arrival.kind === 'text' ? arrival.text : '';
}

async function batchOf(
  world: World,
  account: ChatAccountRow,
  arrival: Known,
  externalId: string,
): Promise<Batch> {
  switch (arrival.kind) {
    case 'reach': {
      const goneAt = arrival.isReached ? null : world.clock.now().toISOString();
      const gone = update('ChatAccount', account.id, { goneAt });
      return together({ guards: [], writes: [gone] }, heardOf(world, account, externalId));
    }
    case 'edited':
    case 'unreadable': {
      const key = `cannot-keep:${externalId}`;
      const reply = { key: arrival.kind === 'edited' ? 'telegram.edited' : 'file.words-only' };
      return { guards: [], writes: [queuedRow(world, { account, lane: 'reply', key, reply, refs: {} })] };
    }
    default:
      return heard(world, account, arrival, externalId);
  }
}

/** Without words: the same update, told again later, does not undo what came after it. */
function heardOf(world: World, account: ChatAccountRow, externalId: string): Batch {
  const now = world.clock.now().toISOString();
  const about = { channel: account.channel, externalId, accountId: account.id } as const;
  const sessionKey = account.personId ?? `account:${account.id}`;
  const body = { kind: 'text', text: '' } as const;
  return { guards: [], writes: [keptRow({ ...about, sessionKey, receivedAt: now, body }, now)] };
}

async function heard(
  world: World,
  account: ChatAccountRow,
  arrival: Heard,
  externalId: string,
): Promise<Batch> {
  // Whoever speaks can be reached again, whatever was told before.
  const isBack = account.goneAt === null ? [] : [update('ChatAccount', account.id, { goneAt: null })];
  const back = { guards: [], writes: isBack };
  const isFirst = arrival.kind === 'started' && arrival.payload === null;
  const greeting = isFirst ? await greetingOf(world, account) : null;
  if (greeting !== null) return together(greeting, back);
  const row = inboxRow({
    channel: 'telegram',
    externalId,
    accountId: account.id,
    sessionKey: account.personId ?? `account:${account.id}`,
    receivedAt: world.clock.now().toISOString(),
    body: bodyOf(world, arrival, externalId),
  });
  return together(row, back);
}

function bodyOf(world: World, arrival: Heard, externalId: string): InboxBody {
  if (arrival.option !== null) return { kind: 'option', text: arrival.option };
  switch (arrival.kind) {
    case 'text':
      return { kind: 'text', text: arrival.text, sentAt: arrival.sentAt.toISOString() };
    case 'started':
      return { kind: 'text', text: wordsOf(arrival) };
    case 'pressed':
      return { kind: 'option', text: GONE };
    case 'file': {
      const fileId = world.store.sealing.blindIndex('file-id', `telegram:${externalId}`);
      const { file, seconds } = arrival;
      const lasts = seconds === null ? {} : { seconds };
      return { kind: file, text: '', awaits: { mediaId: arrival.fileId, fileId, ...lasts } };
    }
    case 'place':
      return receivePlace(arrival).body;
  }
}

/** What people type for it. */
const MENU = '菜单';
const BIND = '绑定';

/**
 * The option of a button: as it came back, or as it stands in the row that was sent to this very account. `onlyPlaces`: no
 * button was given any words of ours to bring back, so that whoever makes up some is not listened to.
 */
async function optionOf(
  { store }: World,
  account: ChatAccountRow,
  data: string,
  onlyPlaces: boolean,
): Promise<string> {
  const pressed = pressedOf(data);
  if (pressed === null) return GONE;
  if ('option' in pressed) return onlyPlaces ? GONE : pressed.option;
  const [row] = await rowsById(store, [pressed.outboxId]);
  if (row?.accountId !== account.id || row.body === null) return GONE;
  return (JSON.parse(row.body) as FrozenBody).options[pressed.place]?.id ?? GONE;
}

/** Nobody is served where others read along: one sentence, and the bot goes. */
async function leaveGroup(
  { wording }: World,
  { api }: TelegramDoorPorts,
  { chat, language }: Extract<Arrival, { kind: 'group' }>,
): Promise<void> {
  await api.call('sendMessage', { chat_id: chat, text: wording.render(language, say('telegram.no-groups')) });
  await api.call('leaveChat', { chat_id: chat });
}
