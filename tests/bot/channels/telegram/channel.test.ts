import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelMessage } from '../../../../bot/channels/channel.ts';
import { TelegramApi } from '../../../../bot/channels/telegram/api.ts';
import { telegramChannel } from '../../../../bot/channels/telegram/channel.ts';
import { pressedOf, textsOf } from '../../../../bot/channels/telegram/keyboard.ts';
import { Pace } from '../../../../bot/channels/telegram/pace.ts';
import { HandClock } from '../../../support/start-service.ts';
import { BOT_TOKEN, FakeTelegram } from '../../../support/telegram/fake-telegram.ts';

const CHAT = '77';
let telegram: FakeTelegram;
beforeAll(async () => {
  telegram = await FakeTelegram.start();
  telegram.chats.open(CHAT, 'private', 'zh');
});
beforeEach(() => {
  telegram.well();
});
afterAll(() => telegram.stop());

function message(over: Partial<ChannelMessage> = {}): ChannelMessage {
  const row = { outboxId: '0193f000-0000-7000-8000-000000000001', address: CHAT, lane: 'reply' } as const;
  return { ...row, at: '2026-11-25T02:00:00.000Z', text: '您好。', options: [], ...over };
}

function channelAt(clock: HandClock, token = BOT_TOKEN) {
  const bells: string[] = [];
  const counted: string[] = [];
  const aborts: AbortController[] = [];
  const api = new TelegramApi(
    { apiRoot: telegram.url, token },
    {
      fetch,
      now: () => clock.now(),
      endAfter: () => {
        const one = new AbortController();
        aborts.push(one);
        return one.signal;
      },
      bell: {
        begins: (code) => void bells.push(`begins ${String(code)}`),
        ends: (code) => void bells.push(`ends ${String(code)}`),
      },
      counted: (method, outcome) => void counted.push(`${method} ${outcome}`),
    },
  );
  const ports = { fileBytes: () => Promise.resolve(null), realNow: () => clock.now(), isDiscreet: false };
  return { channel: telegramChannel(api, new Pace(), ports), bells, aborts, counted };
}

const clockNow = (): HandClock => new HandClock('2026-11-25T02:00:00.000Z');
const refused = (code: number, description: string, parameters = {}) => ({ code, description, parameters });

describe('an answer of Telegram', () => {
  it.each([
    [
      403,
      'Forbidden: bot was blocked by the user',
      { kind: 'failed', retryable: false, reason: 'unreachable' },
    ],
    [403, 'Forbidden: user is deactivated', { kind: 'failed', retryable: false, reason: 'unreachable' }],
    [400, 'Bad Request: chat not found', { kind: 'failed', retryable: false, reason: 'unreachable' }],
    [400, 'Bad Request: message text is empty', { kind: 'failed', retryable: false, reason: 'refused' }],
    [500, 'Internal Server Error', { kind: 'failed', retryable: true, reason: 'fault' }],
  ])('%i %s', async (code, description, result) => {
    telegram.plan('sendMessage', refused(code, description));
    expect(await channelAt(clockNow()).channel.send(message())).toEqual(result);
  });

  it.each([
    [null, 'done'],
    [429, 'limited'],
    [403, 'blocked'],
    [401, 'turned-away'],
    [400, 'refused'],
    [500, 'silent'],
  ])('%s is counted as %s, by the method and nobody', async (code, outcome) => {
    if (code !== null) telegram.plan('sendMessage', refused(code, 'No'));
    const { channel, counted } = channelAt(clockNow());
    await channel.send(message());
    expect(counted).toEqual([`sendMessage ${outcome}`]);
  });

  it('that says how long to wait is believed, and the chat is not asked before', async () => {
    const clock = clockNow();
    const { channel } = channelAt(clock);
    telegram.plan('sendMessage', refused(429, 'Too Many Requests: retry after 12', { retry_after: 12 }));
    const later = { kind: 'later', because: 'limit', afterMs: 12_000 };
    expect(await channel.send(message())).toEqual(later);
    const before = telegram.calls.length;
    clock.pass(4_000);
    expect(await channel.send(message({ outboxId: 'another' }))).toEqual({ ...later, afterMs: 8_000 });
    expect(telegram.calls).toHaveLength(before);
    clock.pass(8_000);
    expect(await channel.send(message())).toEqual({ kind: 'accepted' });
  });

  it('that does not come is not waited for, and nobody knows whether it arrived', async () => {
    const { channel, aborts } = channelAt(clockNow());
    telegram.plan('sendMessage', 'hang');
    const sending = channel.send(message());
    await expect.poll(() => telegram.calls.at(-1)?.code).toBeNull();
    aborts.at(-1)?.abort();
    expect(await sending).toEqual({ kind: 'failed', retryable: true, reason: 'fault', perhaps: true });
  });

  it('that turns the bot away stops all sending until one call gets through', async () => {
    const clock = clockNow();
    const { channel, bells } = channelAt(clock);
    telegram.plan('sendMessage', refused(401, 'Unauthorized'), { times: 2 });
    expect(await channel.send(message())).toMatchObject({ kind: 'later', because: 'settings' });
    expect(channel.health?.faults()).toEqual([401]);
    const before = telegram.calls.length;
    expect(await channel.send(message())).toMatchObject({ kind: 'later', because: 'settings' });
    expect(telegram.calls).toHaveLength(before);
    clock.pass(60_000);
    expect(channel.health?.restMs()).toBe(0);
    expect(await channel.send(message())).toMatchObject({ kind: 'later' });
    clock.pass(60_000);
    expect(await channel.send(message())).toEqual({ kind: 'accepted' });
    expect(bells).toEqual(['begins 401', 'ends 401']);
  });

  it('of a bot that is none is a fault of the settings', async () => {
    const { channel } = channelAt(clockNow(), '1:another');
    expect(await channel.send(message())).toMatchObject({ kind: 'later', because: 'settings' });
  });
});

describe('a long text', () => {
  it('goes in parts that Telegram takes, and goes on behind what has arrived', async () => {
    const { channel } = channelAt(clockNow());
    const long = message({
      outboxId: 'long',
      text: '今天去看了孩子，都好👨‍👩‍👧。'.repeat(500),
      options: [{ id: 'a', label: '好' }],
    });
    const before = telegram.phone(CHAT).length;
    telegram.plan('sendMessage', 'html-502', { skip: 1 });
    expect(await channel.send(long)).toMatchObject({ kind: 'failed', retryable: true });
    expect(await channel.send(long)).toEqual({ kind: 'accepted' });
    const parts = telegram.phone(CHAT).slice(before);
    expect(parts.map(({ text }) => /（(\d\/\d)）$/u.exec(text)?.[1])).toEqual(['1/3', '2/3', '3/3']);
    expect(parts.map(({ text }) => text.replace(/（\d\/\d）$/u, '')).join('')).toBe(long.text);
    expect(parts.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1]);
  });
});

describe('what a button carries', () => {
  const long = `c:call-made:${'0193f000-0000-7000-8000-000000000001,'.repeat(3)}`;

  it('is its option, or where that is too long its place in the row that was sent', () => {
    const options = [
      { id: 'o:1', label: '好' },
      { id: long, label: '打过了' },
    ];
    const [shown] = textsOf(message({ options }));
    const data = shown?.reply_markup?.inline_keyboard.flat().map((button) => button.callback_data) ?? [];
    for (const one of data) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(64);
    expect(data.map(pressedOf)).toEqual([{ option: 'o:1' }, { outboxId: message().outboxId, place: 1 }]);
  });

  it.each(['x', '', 'o', 'p1', 'p1:', 'p9999:a', '<script>'])('is nothing where it reads %s', (data) => {
    expect(pressedOf(data)).toBeNull();
  });
});

describe('the pace', () => {
  it('lets one message a second through in a chat after a short burst, and what is urgent at once', () => {
    const pace = new Pace();
    const taken = Array.from({ length: 7 }, () => pace.take('a', 1, false, 0));
    expect(taken).toEqual([0, 0, 0, 0, 0, 1_000, 1_000]);
    expect(pace.take('a', 1, true, 0)).toBe(0);
    expect(pace.take('b', 1, false, 0)).toBe(0);
    expect(pace.take('a', 1, false, 2_000)).toBe(0);
  });

  it('lets thirty a second through in all, five of them kept for what is urgent', () => {
    const pace = new Pace();
    const chats = Array.from({ length: 40 }, (_, n) => pace.take(`chat ${String(n)}`, 1, false, 0));
    expect(chats.filter((waitMs) => waitMs === 0)).toHaveLength(25);
    expect(Array.from({ length: 6 }, () => pace.take('u', 1, true, 0))).toEqual([0, 0, 0, 0, 0, 1_000]);
    expect(pace.take('chat 39', 1, false, 1_000)).toBe(0);
  });
});
