import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import { authorizeAddress, USED_CODE, visitorOf } from '../../bot/channels/wecom/oauth.ts';
import { beginSession, endSession, isLive, SESSION_MS } from '../services/web-session.ts';
import type { WebSessionRow, WorkerRow } from '../store/generated/tables.ts';
import { workersById } from '../store/people.ts';
import { webSession } from '../store/web-sessions.ts';
import { workerOfMember } from '../store/wecom-accounts.ts';
import { COME_BACK_PATH, type LoginDoor } from '../wecom/login-routes.ts';
import type { World } from './world.ts';

export interface LoginOf {
  readonly api: Pick<WecomApi, 'get'>;
  readonly corpId: string;
  readonly agentId: number;
  readonly loginBase: string;
  readonly publicOrigin: string | null;
}

/** Between leaving for WeCom and coming back (our default; the code lives for five minutes). */
const TICKET_MS = 10 * 60_000;
const RANDOM_BYTES = 32;

const AGAIN = { kind: 'not-in', why: 'again' } as const;

const ticketForm = /^([0-9]{1,15})\.[\w-]{43}$/;
const tokenForm = /^[\w-]{43}$/;
const backQuery = z.object({
  code: z.string().min(1).max(512),
  state: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The log-in pages on the real service. Times are the real clock's: a moved business clock signs nobody out. */
export function wecomLogin(
  world: World,
  { api, corpId, agentId, loginBase, publicOrigin }: LoginOf,
): LoginDoor {
  const now = (): Date => world.realClock.now();
  const stateOf = (ticket: string): string =>
    Buffer.from(world.store.sealing.blindIndex('wecom-login', ticket), 'base64url').toString('hex');
  return {
    secure: publicOrigin?.startsWith('https:') === true,
    render: (language, sentence) => world.wording.render(language, sentence),
    begin: () => {
      if (publicOrigin === null) return null;
      const ticket = `${String(now().getTime())}.${newToken()}`;
      const comeBackTo = new URL(COME_BACK_PATH, publicOrigin).href;
      const location = authorizeAddress({ loginBase, corpId, agentId, comeBackTo, state: stateOf(ticket) });
      return { ticket, seconds: TICKET_MS / 1000, location };
    },
    finish: async ({ query, ticket, session }) => {
      const live = await liveSession(world, session);
      const otherwise = live === null ? AGAIN : ({ kind: 'already' } as const);
      const back = backQuery.safeParse(query);
      const isOurs = ticket !== null && isFresh(ticket, now()) && back.success;
      if (!isOurs || !equal(stateOf(ticket), back.data.state)) return otherwise;
      const answer = await api.get('/cgi-bin/auth/getuserinfo', { code: back.data.code });
      // A page that is loaded again brings the code it has brought before.
      if (answer.code === USED_CODE) return otherwise;
      const visitor = answer.reaction === 'done' ? visitorOf(answer.body) : null;
      if (visitor === null) return { kind: 'not-in', why: 'busy' };
      const worker = visitor.kind === 'member' ? await workerOfMember(world.store, visitor.userid) : null;
      if (worker === null) {
        await world.store.commit(endSession(live?.session ?? null, now())); // somebody else holds this phone now
        return { kind: 'not-in', why: visitor.kind === 'member' ? 'unknown' : 'outsider' };
      }
      const token = newToken();
      await world.store.commit(beginSession(indexOf(world, token), worker.id, now(), live?.session ?? null));
      return { kind: 'in', session: token, seconds: SESSION_MS / 1000 };
    },
    who: async (session) => {
      const live = await liveSession(world, session);
      if (live === null) return null;
      return { name: live.worker.name, role: live.worker.role, until: live.session.endsAt };
    },
    end: async (session) => {
      const live = await liveSession(world, session);
      if (live !== null) await world.store.commit(endSession(live.session, now()));
    },
  };
}

/** The session behind a cookie and its person, while both hold: whoever has left is not let in by an old cookie. */
async function liveSession(
  world: World,
  token: string | null,
): Promise<{ readonly session: WebSessionRow; readonly worker: WorkerRow } | null> {
  if (token === null || !tokenForm.test(token)) return null;
  const session = await webSession(world.store, indexOf(world, token));
  if (session === null || !isLive(session, world.realClock.now())) return null;
  const worker = (await workersById(world.store, [session.workerId])).get(session.workerId);
  return worker === undefined ? null : { session, worker };
}

/** The cookie's words are nowhere in the database, only what a key makes of them. */
function indexOf({ store }: World, token: string): string {
  return store.sealing.blindIndex('web-session', token);
}

function newToken(): string {
  return randomBytes(RANDOM_BYTES).toString('base64url');
}

function isFresh(ticket: string, now: Date): boolean {
  const begunMs = Number(ticketForm.exec(ticket)?.[1] ?? Number.NaN);
  return Math.abs(now.getTime() - begunMs) <= TICKET_MS; // another process may have a clock that runs ahead
}

function equal(expected: string, given: string): boolean {
  return timingSafeEqual(Buffer.from(expected), Buffer.from(given)); // both are 64 signs
}
