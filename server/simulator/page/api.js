import { say } from './words.js';

const READ_TIMEOUT_MS = 15_000;
const TURN_TIMEOUT_MS = 60_000; // a turn waits for its urgent messages to be handed over

/**
 * What went wrong, as a sentence for the reader. `kind` is `refused` (the service said no, and nothing happened)
 * or `unreachable` (no answer came, so it may have happened).
 */
export class ServiceError extends Error {
  constructor(kind, sentence) {
    super(sentence);
    this.kind = kind;
  }
}

const reachListeners = new Set();

/** Tells `listener(true|false)` after every call whether the service answered. */
export const onReach = (listener) => reachListeners.add(listener);

const tellReach = (reached) => reachListeners.forEach((listener) => listener(reached));

async function answerOf(path, options) {
  try {
    const response = await fetch(path, { ...options, cache: 'no-store', credentials: 'same-origin' });
    const body = await response.json().catch(() => undefined);
    return { response, body };
  } catch {
    return undefined;
  }
}

async function call(path, options, timeoutMs) {
  const signal = timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) };
  const headers = { accept: 'application/json', 'accept-language': document.documentElement.lang };
  const answer = await answerOf(path, { ...options, ...signal, headers: { ...headers, ...options.headers } });
  // A gateway that answers for a service which is down has no sentence of ours to show.
  const reached = answer !== undefined && (answer.response.ok || answer.body?.error !== undefined);
  tellReach(reached);
  if (!reached) throw new ServiceError('unreachable', say('offline'));
  if (!answer.response.ok) throw new ServiceError('refused', answer.body.error.message ?? say('refused'));
  if (answer.body === undefined) throw new ServiceError('unreachable', say('refused'));
  return answer.body;
}

const read = (path, query = {}) => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return call(`/simulator/${path}${search.size > 0 ? `?${search}` : ''}`, {}, READ_TIMEOUT_MS);
};

const post = (path, body, { timeoutMs, headers = {} } = {}) => {
  const sent = { 'content-type': 'application/json', ...headers };
  return call(`/simulator/${path}`, { method: 'POST', headers: sent, body: JSON.stringify(body) }, timeoutMs);
};

export const findPeople = (role, q) => read('people', { role, q });
export const readThread = async (account) => (await read('thread', { account })).entries;
export const readMessages = async (account, after) => (await read('messages', { account, after })).messages;
export const readActivity = async () => (await read('activity')).entries;
export const readNow = async () => Date.parse((await read('clock')).now);

/**
 * Says `what` ({text} or {option, shown}) as this account; resolves with the replies of that turn.
 * The same `key` again is the same turn, so that sending once more never records twice.
 */
export async function sendMessage(account, what, key) {
  const headers = { 'idempotency-key': key };
  return (await post('messages', { account, ...what }, { timeoutMs: TURN_TIMEOUT_MS, headers })).replies;
}

/** Moves the business clock; a long way takes long, so there is no timeout. */
export const moveClock = (toMs) => post('clock', { now: new Date(toMs).toISOString() });
