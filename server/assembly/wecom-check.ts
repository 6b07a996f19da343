import { randomBytes } from 'node:crypto';
import { WecomApi } from '../../bot/channels/wecom/api.ts';
import { askEcho } from '../../bot/channels/wecom/envelope.ts';
import type { WecomChannelSettings } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import { openReadOnly } from '../store/database.ts';
import { importedAccounts } from '../store/wecom-accounts.ts';
import type { CallbackAnswer } from '../wecom-check/callback.ts';
import type { CheckPorts } from '../wecom-check/check-wecom.ts';

export interface CheckOf {
  readonly wecom: WecomChannelSettings;
  readonly databaseUrl: string;
  readonly publicOrigin: string | null;
}

export interface CheckWorld {
  readonly clock: Clock;
  /** How WeCom is called. */
  readonly fetch: typeof fetch;
  /** How our own address is looked at. */
  readonly look: typeof fetch;
}

/** An answer that takes longer than WeCom would wait is still waited for, to tell slow from silent. */
const LOOK_PATIENCE_MS = 8_000;
/** The echo is short; whatever else stands there is not read to its end. */
const ECHO_LIMIT = 1_000;

/** The check on the real WeCom, the real address and the database, which is opened for reading only. */
export function checkPorts({ wecom, databaseUrl, publicOrigin }: CheckOf, world: CheckWorld): CheckPorts {
  const now = (): Date => world.clock.now();
  const bell = { begins: () => undefined, ends: () => undefined }; // what is wrong is said as a finding
  return {
    asking: new WecomApi(wecom.api, { fetch: world.fetch, now, bell }),
    agentId: wecom.api.agentId,
    openKfId: wecom.openKfId,
    callback: {
      publicOrigin,
      newEcho: () => randomBytes(12).toString('hex'),
      questionFor: (echo) => {
        const nonce = randomBytes(8).toString('hex');
        return askEcho(wecom.keys, echo, { now: now(), nonce, random: randomBytes(16) });
      },
      look: (url) => look(url, world),
    },
    staff: () => staffOf(databaseUrl),
  };
}

async function look(url: URL, { look: fetchIt, clock }: CheckWorld): Promise<CallbackAnswer> {
  const begunMs = clock.now().getTime();
  try {
    const response = await fetchIt(url, { signal: AbortSignal.timeout(LOOK_PATIENCE_MS) });
    const text = (await response.text()).slice(0, ECHO_LIMIT);
    return { status: response.status, text, tookMs: clock.now().getTime() - begunMs };
  } catch {
    return { status: null, text: '', tookMs: clock.now().getTime() - begunMs };
  }
}

/** A roster that cannot be read is one finding among others. */
async function staffOf(databaseUrl: string): Promise<readonly string[] | null> {
  try {
    const database = openReadOnly(databaseUrl);
    try {
      return await importedAccounts(database);
    } finally {
      await database.close();
    }
  } catch {
    return null;
  }
}
