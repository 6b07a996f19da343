import { shanghaiDate } from '../domain/local-date.ts';
import { codeIn } from '../domain/family/invitation.ts';
import type { Acting } from '../services/acting.ts';
import { together, update, type Batch } from '../services/batch.ts';
import { bringCode, linkCodeIndex, type Brought } from '../services/link-account.ts';
import type { ChatAccountRow } from '../store/generated/tables.ts';
import { invitationBy, triesLeft } from '../store/bindings.ts';
import { StaleBatch } from '../store/commit.ts';
import { keptRow, type NewMessage } from '../store/inbox.ts';
import { accountsOfPerson, linkCodeBy, untoldOn, waitingOf } from '../store/link-codes.ts';
import { sessionsOf, sessionWrite } from '../store/sessions.ts';
import { queuedRow } from './conversation-ports.ts';
import type { World } from './world.ts';

const TRIES = 5;
const BIND = /^\s*(?:绑定|bind)\s*(.{6,20})$/isu;

/**
 * Somebody nobody knows says 绑定 and a code. True where that was all there is to it: it was one of a worker, or nobody's.
 * The code of a family goes to the conversation, which knows what it is worth. Wrong ones are counted here, before anything
 * else comes in: whoever guesses quickly is not answered a turn later.
 */
export async function takeLinkCode(
  world: World,
  account: ChatAccountRow,
  words: string,
  externalId: string,
): Promise<boolean> {
  const code = codeIn(BIND.exec(words)?.[1] ?? '');
  if (account.personId !== null || code === null) return false;
  for (let n = 1; ; n += 1) {
    try {
      return await bring(world, account, code, externalId);
    } catch (error) {
      if (!(error instanceof StaleBatch) || n === TRIES) throw error; // somebody came with it in the same moment
    }
  }
}

async function bring(
  world: World,
  account: ChatAccountRow,
  code: string,
  externalId: string,
): Promise<boolean> {
  const { store, clock, ids } = world;
  const now = clock.now();
  const digest = (text: string): string => store.sealing.blindIndex('audit', text);
  const acting: Acting = {
    at: now,
    today: shanghaiDate(now),
    personId: null,
    accountId: account.id,
    newId: () => ids.next(),
    digest,
  };
  const [row, left] = await Promise.all([
    linkCodeBy(store, linkCodeIndex(code, digest)),
    triesLeft(store, account.id, now),
  ]);
  if (row === null && left > 0 && (await invitationBy(store, code)) !== undefined) return false;
  const owns = row === null ? [] : await accountsOfPerson(store, row.workerId);
  const brought = bringCode({ account, code: row, triesLeft: left, owns }, acting);
  if (brought.result === 'last') world.logger.warn('link codes locked', { accountId: account.id });
  const moved = brought.result === 'linked' ? await rekeyed(world, account, brought) : NOTHING;
  const writes = [keptRow(withoutCode(account, externalId, now), now.toISOString())];
  const told = answers(world, account, brought, externalId);
  await store.commit(together(brought.decision, moved, { guards: [], writes }, told));
  return true;
}

/** The message is known when it comes again; of the code nothing is kept. */
function withoutCode({ id, channel }: ChatAccountRow, externalId: string, now: Date): NewMessage {
  const body = { kind: 'text', text: '' } as const;
  const about = { channel, externalId, accountId: id, sessionKey: `account:${id}` };
  return { ...about, receivedAt: now.toISOString(), body };
}

type Linked = Extract<Brought, { result: 'linked' }>;

const NOTHING: Batch = { guards: [], writes: [] };

/** What was begun and what waits goes on as the person's; nothing more of theirs goes to a phone they have left. */
async function rekeyed(
  { store, clock }: World,
  account: ChatAccountRow,
  { personId, former }: Linked,
): Promise<Batch> {
  const left = former.map(({ id }) => id);
  const [sessions, waiting, untold] = await Promise.all([
    sessionsOf(store, [`account:${account.id}`, personId]),
    waitingOf(store, account.id),
    untoldOn(store, personId, left),
  ]);
  const before = sessions.get(`account:${account.id}`)?.body ?? null;
  const own = sessions.get(personId);
  const isCarried = before !== null && own?.body === null;
  const at = clock.now().toISOString();
  const carried = isCarried ? sessionWrite(own, before, at, null) : NOTHING;
  const keyed = waiting.map((seq) => update('Inbox', seq, { sessionKey: personId }));
  const moved = untold.map((id) => update('Outbox', id, { accountId: account.id }));
  return together(carried, { guards: [], writes: [...keyed, ...moved] });
}

function answers(world: World, account: ChatAccountRow, brought: Brought, externalId: string): Batch {
  const refs = {};
  const lane = 'reply' as const;
  const key = `link:${externalId}`;
  if (brought.result !== 'linked') {
    const reply = { key: `link.${brought.result}` };
    return { guards: [], writes: [queuedRow(world, { account, lane, key, reply, refs })] };
  }
  const here = { ...account, personId: brought.personId };
  const elsewhere = brought.told.map((other) =>
    queuedRow(world, {
      account: other,
      lane,
      key: `${key}:${other.id}`,
      reply: { key: 'link.done-elsewhere' },
      refs,
    }),
  );
  const before = brought.former
    .filter(({ goneAt }) => goneAt === null)
    .map((other) =>
      queuedRow(world, {
        account: { ...other, personKind: null, personId: null, linkedAt: null },
        lane,
        key: `${key}:${other.id}`,
        reply: { key: 'link.moved' },
        refs,
      }),
    );
  const done = queuedRow(world, { account: here, lane, key, reply: { key: 'link.done' }, refs });
  return { guards: [], writes: [done, ...elsewhere, ...before] };
}
