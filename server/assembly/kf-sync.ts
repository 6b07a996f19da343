import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import { pageOf, type KfPage, type KfWakeUp } from '../../bot/channels/wecom/kf-happening.ts';
import type { Answer } from '../../bot/channels/wecom/reaction.ts';
import type { Job } from '../jobs/rhythm.ts';
import { together } from '../services/batch.ts';
import { StaleBatch } from '../store/commit.ts';
import type { KfAccountRow } from '../store/generated/tables.ts';
import { cursorBatch, kfAccount, wokenWrites } from '../store/kf.ts';
import { settingWrite } from '../store/settings.ts';
import { pageBatch } from './kf-page.ts';
import type { World } from './world.ts';

/** So much is read and stored at a time (our default: WeCom gives up to 1,000, and other work waits for no batch of that size). */
const PAGE = 200;
/** So many pages follow each other before others have their turn (our default). */
const PAGES_LIMIT = 200;
/** Without a wake-up one look a minute: a callback may be lost (our default; WeCom refuses the tenth without a token). */
const POLL_MS = 60_000;
/** After a refusal: WeCom shuts out for a minute whoever read too often (document 90312). */
const REST_MS = 60_000;
/** That reading works is noted so often, for whoever asks whether the service is well (our default). */
const NOTE_MS = 60_000;
/** Somebody else wrote to the same rows; read and decide again, so often. */
const STALE_LIMIT = 5;
/** The token is used up or not ours (document 90313); it is as good to read without it. */
const TOKEN_OVER = 95_007;

export interface KfSync {
  readonly job: Job;
  /** Something happened: it is noted, so that it outlives this process, and read at once where this one is at work. */
  readonly woken: (wakeUp: KfWakeUp) => Promise<void>;
}

export interface KfSyncPorts {
  readonly api: Pick<WecomApi, 'post'>;
  readonly openKfId: string;
  /** What was stored waits to be taken up. */
  arrived(): void;
  /** Resolves when none of these outbox rows is on its way any more. */
  landed(outboxIds: readonly string[]): Promise<void>;
}

/**
 * Reads what happened at an account of 微信客服, by one reader only: a wake-up that comes while it reads makes it read
 * once more. The place where the next reading begins is stored in one batch with what was read.
 */
export function kfSync(world: World, ports: KfSyncPorts): KfSync {
  const { openKfId } = ports;
  let running: Promise<number> | null = null;
  let again = false;
  let readToken: string | null = null;
  let readMs = -Infinity;
  let restUntilMs = -Infinity;
  let notedMs = -Infinity;
  const nowMs = (): number => world.realClock.now().getTime();
  const rests = (): boolean => nowMs() < restUntilMs;

  /** Without a new token nothing happened since, and reading without one is allowed a few times a minute only. */
  const readOnce = async (): Promise<number> => {
    const { token } = await kfAccount(world.store, openKfId);
    if (token === readToken && nowMs() - readMs < POLL_MS) return 0;
    const fresh = token === readToken ? null : token;
    readMs = nowMs();
    const read = await readAll(world, ports, fresh);
    if (read.end === 'refused') restUntilMs = nowMs() + REST_MS;
    if (read.end === 'more') readMs = -Infinity;
    if (read.end === 'all') {
      readToken = token;
      await noteRead();
    }
    return read.count;
  };
  const noteRead = async (): Promise<void> => {
    if (nowMs() - notedMs < NOTE_MS) return;
    const at = world.realClock.now().toISOString();
    await world.commit({ guards: [], writes: [settingWrite('kf-read-at', at)] });
    notedMs = nowMs();
  };
  const readUntilQuiet = async (): Promise<number> => {
    try {
      let count = 0;
      while (again && !rests()) {
        again = false;
        count += await readOnce();
      }
      return count;
    } finally {
      running = null;
    }
  };
  const read = async (): Promise<number> => {
    if (rests()) return 0;
    again = true;
    running ??= readUntilQuiet();
    return running;
  };
  return {
    job: {
      name: 'kf',
      nextAt: () => Promise.resolve(null), // 微信客服 lives on the real clock
      run: read,
    },
    woken: async ({ openKfId: account, token }) => {
      if (account !== openKfId) {
        world.logger.info('wecom callback ignored', { what: 'kf_msg_or_event of another account' });
        return;
      }
      await world.store.commit({ guards: [], writes: wokenWrites(openKfId, token) });
      void readWhereActive().catch(() => undefined); // or at the next tick
    },
  };

  async function readWhereActive(): Promise<void> {
    if (await world.isActive()) await read();
  }
}

interface Read {
  readonly count: number;
  /** `unheard`: no answer came. `more`: others had to have their turn first. */
  readonly end: 'all' | 'refused' | 'unheard' | 'more';
}

/** Page after page; an empty one may have others behind it. */
async function readAll(world: World, ports: KfSyncPorts, token: string | null): Promise<Read> {
  let count = 0;
  let stale = 0;
  let usable = token;
  for (let pages = 0; pages < PAGES_LIMIT && stale < STALE_LIMIT; pages += 1) {
    const account = await kfAccount(world.store, ports.openKfId);
    const { answer, isTokenOver } = await pageFrom(ports, account, usable);
    const page = answer.reaction === 'done' ? pageOf(answer.body) : null;
    if (isTokenOver) usable = null;
    if (page === null) {
      world.logger.warn('kf could not be read', { code: answer.code });
      return { count, end: answer.reaction === 'unknown' ? 'unheard' : 'refused' };
    }
    if (await stored(world, ports, account, page)) {
      count += page.happenings.length;
      if (page.happenings.length > 0) ports.arrived();
      if (!page.hasMore) return { count, end: 'all' };
    } else stale += 1;
  }
  return { count, end: 'more' };
}

async function pageFrom(
  { api, openKfId }: KfSyncPorts,
  { cursor }: KfAccountRow,
  token: string | null,
): Promise<{ readonly answer: Answer; readonly isTokenOver: boolean }> {
  const ask = (allowed: string | null): Promise<Answer> =>
    api.post('/cgi-bin/kf/sync_msg', {
      ...(cursor === null ? {} : { cursor }),
      ...(allowed === null ? {} : { token: allowed }),
      ...{ limit: PAGE, voice_format: 0, open_kfid: openKfId },
    });
  const first = await ask(token);
  const isTokenOver = token !== null && first.code === TOKEN_OVER;
  return { answer: isTokenOver ? await ask(null) : first, isTokenOver };
}

/** False where somebody else wrote meanwhile: nothing of the page is stored then. */
async function stored(
  world: World,
  ports: KfSyncPorts,
  account: KfAccountRow,
  page: KfPage,
): Promise<boolean> {
  const { happenings, cursor } = page;
  const ignored = happenings.flatMap((h) => (h.kind === 'ignored' ? [h.name] : []));
  if (ignored.length > 0)
    world.logger.info('kf happenings ignored', { what: [...new Set(ignored)].join(' ') });
  const heard = await pageBatch(world, account.openKfId, happenings, {
    landed: (ids) => ports.landed(ids),
    isWithPerson: (externalUserId) => isWithPerson(ports, externalUserId),
  });
  const moved = cursor === '' || cursor === account.cursor ? [] : [cursorBatch(account, cursor)];
  try {
    await world.commit(together(...moved, heard));
    return true;
  } catch (error) {
    if (!(error instanceof StaleBatch)) throw error;
    return false;
  }
}

/** 2: waiting for a person of the service, 3: with one (document 94669). */
const WITH_PERSON = [2, 3];
const ENDED = 4;

async function isWithPerson({ api, openKfId }: KfSyncPorts, from: string): Promise<boolean | null> {
  const asked = { open_kfid: openKfId, external_userid: from };
  const { reaction, body } = await api.post('/cgi-bin/kf/service_state/get', asked);
  const state = reaction === 'done' && typeof body.service_state === 'number' ? body.service_state : ENDED;
  return state === ENDED ? null : WITH_PERSON.includes(state);
}
