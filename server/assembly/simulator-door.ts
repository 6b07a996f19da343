import type { Conversation } from '../../bot/conversation.ts';
import type { Rhythm } from '../jobs/rhythm.ts';
import { together } from '../services/batch.ts';
import { receiveFile, receivePlace, type Received } from '../services/receive.ts';
import type { FileRefusal } from '../services/stored-file.ts';
import type { Said } from '../simulator/requests.ts';
import type { SimulatorDoor, ThreadEntry } from '../simulator/routes.ts';
import { saidFile, type FileRef } from '../domain/files/file-ref.ts';
import { say } from '../domain/say.ts';
import { deedsOf } from '../store/deeds.ts';
import { gathered } from '../store/gathered.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { inboxRow, messageByExternalId, messagesOfAccount } from '../store/inbox.ts';
import {
  phoneCount,
  phoneMessages,
  playableFamily,
  playableWorkers,
  repliesTo,
  simulatorAccount,
  simulatorAccounts,
} from '../store/simulator.ts';
import { sleep } from '../platform/waiting.ts';
import { openFile } from './open-file.ts';
import type { World } from './world.ts';

const MESSAGES_LIMIT = 1000;
const THREAD_LIMIT = 300;
const ELSEWHERE_POLL_MS = 250;
const FARTHEST_JUMP_MS = 2 * 366 * 86_400_000;

const WORKER_ROLES = {
  director: ['director'],
  supervisor: ['supervisor', 'deputy'],
  county: ['county-desk', 'county-leader', 'city-desk', 'province-desk'],
} as const;

/** The simulator's routes on the real service. */
export function simulatorDoor(
  world: World,
  conversation: Conversation,
  rhythm: Rhythm,
  followClock: () => Promise<void>,
): SimulatorDoor {
  const { store, clock } = world;
  const accounts = gathered((names) => simulatorAccounts(store, names));
  const replies = gathered((externalIds) => repliesTo(store, externalIds));
  const accountOf = async (name: string) =>
    (await accounts(name.toLowerCase())) ??
    simulatorAccount(store, name.toLowerCase(), () => world.ids.next());
  return {
    people: ({ role, q }) => peopleOf(world, role, q),
    send: async (input, id) => {
      const account = await accountOf(input.account);
      if (!account) return { refused: 'unknown-account' };
      const externalId = id === null ? world.ids.next() : `${account.id}:${id}`;
      const received = receivedFrom(world, account.id, externalId, input);
      if ('refused' in received) return received;
      if (!(await world.isActive())) await followClock(); // the active one moves the clock itself
      await speak(world, conversation, account, received, { externalId, mayBeKnown: id !== null });
      return { replies: (await replies(externalId)) ?? [] };
    },
    messages: async (name, after) =>
      (await accountOf(name)) ? phoneMessages(store, name.toLowerCase(), after, MESSAGES_LIMIT) : null,
    thread: async (name) => {
      const account = await accountOf(name);
      return account ? threadOf(world, account) : null;
    },
    file: async (name, id) => {
      const account = await accountOf(name);
      return account ? openFile(world, account, id) : null;
    },
    activity: () => activityOf(world),
    now: async () => {
      await followClock();
      return clock.now();
    },
    advance: async (to) => {
      if (!(await world.isActive())) return 'elsewhere';
      if (to < clock.now()) return 'backward';
      if (to.getTime() - clock.now().getTime() > FARTHEST_JUMP_MS) return 'too-far';
      const before = await phoneCount(store);
      await rhythm.walkTo(to);
      return { now: clock.now(), sent: (await phoneCount(store)) - before };
    },
  };
}

async function peopleOf(
  { store }: World,
  role: Parameters<SimulatorDoor['people']>[0]['role'],
  q: string | null,
) {
  if (role === 'guardian' || role === 'carer') return playableFamily(store, role, q);
  const roles = role === null ? Object.values(WORKER_ROLES).flat() : WORKER_ROLES[role];
  return playableWorkers(store, roles, q);
}

/** What was sent, as it is stored; a file's id comes from its message, so that a repetition is the same file. */
function receivedFrom(
  { store, clock }: World,
  ownerAccountId: string,
  externalId: string,
  said: Said,
): Received | { readonly refused: FileRefusal } {
  if ('text' in said) {
    const sentAt = said.sentAt === undefined ? {} : { sentAt: said.sentAt.toISOString() };
    return { body: { kind: 'text', text: said.text, ...sentAt }, writes: [] };
  }
  if ('option' in said) return { body: { kind: 'option', text: said.option }, writes: [] };
  if ('location' in said) return receivePlace(said.location);
  const id = store.sealing.blindIndex('file-id', `simulator:${externalId}`);
  const at = clock.now();
  const digest = (text: string): string => store.sealing.blindIndex('file', text);
  const about = { id, ownerAccountId, at };
  return 'voice' in said
    ? receiveFile({ ...about, kind: 'voice', ...said.voice }, digest)
    : receiveFile({ ...about, kind: 'photo', ...said.photo, seconds: null }, digest);
}

/** Stores what was said and waits for its turn. */
async function speak(
  world: World,
  conversation: Conversation,
  account: ChatAccountRow,
  { body, writes }: Received,
  { externalId, mayBeKnown }: { readonly externalId: string; readonly mayBeKnown: boolean },
): Promise<void> {
  const { store } = world;
  const known = mayBeKnown ? await messageByExternalId(store, 'simulator', externalId) : null;
  if (known?.state !== 'done') {
    const done = conversation.done('simulator', externalId);
    const sessionKey = account.personId ?? `account:${account.id}`;
    const row = inboxRow({
      channel: 'simulator',
      externalId,
      accountId: account.id,
      sessionKey,
      receivedAt: world.clock.now().toISOString(),
      body,
    });
    await store.commit(together(row, { guards: [], writes }));
    conversation.kick();
    // A message sent again may have had its turn after it was looked up and before anybody listened for its end.
    const now = mayBeKnown ? await messageByExternalId(store, 'simulator', externalId) : null;
    if (now?.state !== 'done') await answered(world, externalId, done);
  }
}

/** What the planner and the ladders did, in sentences. */
async function activityOf({
  store,
  wording,
}: World): Promise<readonly { readonly at: string; readonly what: string }[]> {
  const deeds = await deedsOf(store);
  return deeds.map(({ at, kind, arrived, to }) => ({
    at,
    what: wording.render('zh-CN', arrived ? say(`deed.${kind}`, { to }) : say('deed.not-sent', { to })),
  }));
}

/** Resolves when the message has been answered: by this process, or by another one that is the active one. */
async function answered(world: World, externalId: string, done: Promise<void>): Promise<void> {
  const here = done.then(() => true);
  while (!(await Promise.race([here, sleep(ELSEWHERE_POLL_MS).then(() => false)]))) {
    if (await world.isActive()) continue; // this process will say so itself
    if ((await messageByExternalId(world.store, 'simulator', externalId))?.state !== 'new') return;
  }
}

async function threadOf(world: World, account: ChatAccountRow): Promise<readonly ThreadEntry[]> {
  const { store } = world;
  const [said, received] = await Promise.all([
    messagesOfAccount(store, account.id, THREAD_LIMIT),
    phoneMessages(store, account.externalId, 0, MESSAGES_LIMIT),
  ]);
  const labels = new Map(received.flatMap((m) => m.options.map((o) => [o.id, o.label] as const)));
  const own = said
    .filter((m) => m.body.kind !== 'wake')
    .map((m): ThreadEntry => ({
      from: 'person',
      at: m.receivedAt,
      text: m.body.kind === 'option' ? (labels.get(m.body.text) ?? m.body.text) : m.body.text,
      ...(m.body.sent === undefined || m.body.sent.kind === 'location'
        ? {}
        : { files: [namedFile(world, m.body.sent.file)] }),
    }));
  const bot = received.map((m): ThreadEntry => ({ from: 'bot', ...m }));
  // At one instant the person spoke first: an answer carries the time of its turn.
  return [...own, ...bot].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.from === b.from ? 0 : a.from === 'person' ? -1 : 1,
  );
}

function namedFile({ wording }: World, file: FileRef) {
  const said = saidFile(file);
  return { id: said.id, mime: said.mime, name: wording.render('zh-CN', said.name) };
}
