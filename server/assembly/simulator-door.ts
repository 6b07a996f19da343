import type { Conversation } from '../../bot/conversation.ts';
import type { Rhythm } from '../jobs/rhythm.ts';
import type { SimulatorDoor, ThreadEntry } from '../simulator/routes.ts';
import { say } from '../domain/say.ts';
import { deedsOf } from '../store/deeds.ts';
import { fileBytes, fileFacts } from '../store/files.ts';
import { gathered } from '../store/gathered.ts';
import type { InboxBody } from '../services/loaded.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { inboxRow, messageByExternalId, messagesOfAccount } from '../store/inbox.ts';
import { tripOfFile } from '../store/paper-forms.ts';
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
import { languageOf, type World } from './world.ts';

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
      const body =
        'text' in input
          ? ({
              kind: 'text',
              text: input.text,
              ...(input.sentAt && { sentAt: input.sentAt.toISOString() }),
            } as const)
          : ({ kind: 'option', text: input.option } as const);
      if (!(await world.isActive())) await followClock(); // the active one moves the clock itself
      const externalId = await speak(world, conversation, account, body, id);
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
      return account ? fileFor(world, account, id) : null;
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

/** Stores the words and waits for their turn; gives the id under which they are kept. */
async function speak(
  world: World,
  conversation: Conversation,
  account: ChatAccountRow,
  body: InboxBody,
  id: string | null,
): Promise<string> {
  const { store } = world;
  const externalId = id === null ? world.ids.next() : `${account.id}:${id}`;
  const known = id === null ? null : await messageByExternalId(store, 'simulator', externalId);
  if (known?.state !== 'done') {
    const done = conversation.done('simulator', externalId);
    const sessionKey = account.personId ?? `account:${account.id}`;
    await store.commit(
      inboxRow({
        channel: 'simulator',
        externalId,
        accountId: account.id,
        sessionKey,
        receivedAt: world.clock.now().toISOString(),
        body,
      }),
    );
    conversation.kick();
    await answered(world, externalId, done);
  }
  return externalId;
}

/** A file, for its owner alone; its name tells the day of the trip and nobody's name. */
async function fileFor({ store, wording }: World, account: ChatAccountRow, id: string) {
  const facts = await fileFacts(store, id);
  if (facts?.ownerAccountId !== account.id) return null;
  const bytes = await fileBytes(store, id);
  if (bytes === null) return null;
  const tripOn = await tripOfFile(store, id);
  const name =
    tripOn === null ? id : wording.render(languageOf(account), say('paper.file-name', { on: tripOn }));
  return { bytes, mime: facts.mime, name };
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

async function threadOf({ store }: World, account: ChatAccountRow): Promise<readonly ThreadEntry[]> {
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
    }));
  const bot = received.map((m): ThreadEntry => ({ from: 'bot', ...m }));
  // At one instant the person spoke first: an answer carries the time of its turn.
  return [...own, ...bot].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.from === b.from ? 0 : a.from === 'person' ? -1 : 1,
  );
}
