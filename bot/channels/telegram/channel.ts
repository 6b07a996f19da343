import type { Channel, ChannelMessage, MessageFile, SendResult } from '../channel.ts';
import type { TelegramAnswer, TelegramApi } from './api.ts';
import { Arrived } from './arrived.ts';
import { textsOf } from './keyboard.ts';
import type { Pace } from './pace.ts';

/** What the channel needs besides Telegram itself. */
export interface TelegramChannelPorts {
  /** The bytes of a file that goes with a message; null where it is not there any more. */
  fileBytes(id: string): Promise<Buffer | null>;
  realNow(): Date;
}

/** Where Telegram says "later" without a time (our default). */
const WAIT_MS = 5_000;
const REST_MS = 60_000;

/** Messages to private chats with one bot. */
export function telegramChannel(
  api: Pick<TelegramApi, 'call' | 'health'>,
  pace: Pace,
  ports: TelegramChannelPorts,
): Channel {
  const arrived = new Arrived();
  /** Telegram has said for each of them when to ask again. */
  const closedUntilMs = new Map<string, number>();
  const nowMs = (): number => ports.realNow().getTime();
  const restMs = (): number => api.health.restMs() ?? 0;

  const ended = (address: string, answer: TelegramAnswer): SendResult => {
    const result = resultOf(answer, restMs());
    if (result.kind === 'later') closedUntilMs.set(address, nowMs() + result.afterMs);
    else closedUntilMs.delete(address);
    return result;
  };
  const sendFile = async (address: string, file: MessageFile): Promise<SendResult> => {
    const bytes = await ports.fileBytes(file.id);
    if (bytes === null) return { kind: 'failed', retryable: false, reason: 'refused' };
    const document = { source: bytes, filename: file.name };
    return ended(address, await api.call('sendDocument', { chat_id: address, document }));
  };
  const pieces = (message: ChannelMessage): readonly (() => Promise<SendResult>)[] => {
    const { address, files = [] } = message;
    return [
      ...textsOf(message).map(
        (payload) => async () =>
          ended(address, await api.call('sendMessage', { chat_id: address, ...payload })),
      ),
      ...files.map((file) => () => sendFile(address, file)),
    ];
  };
  return {
    name: 'telegram',
    health: api.health,
    send: async (message) => {
      const { outboxId, address, lane } = message;
      if (restMs() > 0) return { kind: 'later', because: 'settings', afterMs: restMs() };
      const closedMs = (closedUntilMs.get(address) ?? 0) - nowMs();
      if (closedMs > 0) return { kind: 'later', because: 'limit', afterMs: closedMs };
      // Telegram does not know a message again: what has arrived of this row is not sent a second time.
      const all = pieces(message);
      const missing = all.slice(arrived.of(outboxId, nowMs()));
      const waitMs =
        missing.length === 0 ? 0 : pace.take(address, missing.length, lane === 'urgent', nowMs());
      if (waitMs > 0) return { kind: 'later', afterMs: waitMs };
      for (const [n, send] of missing.entries()) {
        const result = await send();
        if (result.kind !== 'accepted') return result;
        arrived.keep(outboxId, all.length - missing.length + n + 1, nowMs());
      }
      return { kind: 'accepted' };
    },
  };
}

/** What follows for the outbox from an answer (core.telegram.org/bots/api#making-requests). */
function resultOf(answer: TelegramAnswer, restMs: number): SendResult {
  if (answer.kind === 'done') return { kind: 'accepted' };
  if (answer.kind === 'silent')
    return { kind: 'failed', retryable: true, reason: 'fault', ...(answer.perhaps && { perhaps: true }) };
  switch (answer.code) {
    case 429:
      return { kind: 'later', because: 'limit', afterMs: answer.retryAfterMs ?? WAIT_MS };
    case 401:
    case 404:
      return { kind: 'later', because: 'settings', afterMs: restMs || REST_MS };
    case 403: // the reader has blocked the bot, has never written to it, or has closed the account
      return { kind: 'failed', retryable: false, reason: 'unreachable' };
    default:
      return { kind: 'failed', retryable: false, reason: answer.isNobody ? 'unreachable' : 'refused' };
  }
}
