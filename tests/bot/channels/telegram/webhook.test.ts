import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import type { OutboxRow } from '../../../../server/store/generated/tables.ts';
import { amrVoice, sampleFile } from '../../../support/sample-files.ts';
import { CHAT, TelegramService } from '../../../support/telegram-service.ts';

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start();
  await service.says(CHAT, '你好');
  await service.link(CHAT, 'dir.00001');
}, 60_000);
afterAll(() => service.stop());

const inbox = () => service.running.service.world.store.client.inbox.count();
const called = (method: string) => service.telegram.calls.filter((call) => call.method === method);

describe('the webhook', () => {
  it('takes an update only with the secret, and tells nobody else why not', async () => {
    const before = await inbox();
    const update = service.telegram.update(CHAT, { text: '菜单' });
    expect(await service.telegram.deliver(update, null)).toBe(403);
    expect(await service.telegram.deliver(update, 'a-secret-of-the-webhooks')).toBe(403);
    expect(await inbox()).toBe(before);
    expect(await service.telegram.deliver(update)).toBe(200);
    expect(await inbox()).toBe(before + 1);
  });

  it('answers the same update once, however often and however closely it comes', async () => {
    await service.answered();
    const update = service.telegram.update(CHAT, { text: '帮助' });
    const [before, shown] = [await inbox(), service.telegram.phone(CHAT).length];
    expect(await Promise.all([1, 2, 3].map(() => service.telegram.deliver(update)))).toEqual([200, 200, 200]);
    await service.answered();
    expect(await service.telegram.deliver(update)).toBe(200);
    await service.answered();
    expect(await inbox()).toBe(before + 1);
    expect(service.telegram.phone(CHAT)).toHaveLength(shown + 1);
  });

  it('keeps the order in which one person spoke, with many updates under way', async () => {
    const { client } = service.running.service.world.store;
    const updates = Array.from({ length: 12 }, (_, n) =>
      service.telegram.update('9100077', { text: `第${String(n)}句` }),
    );
    await Promise.all(updates.map((update) => service.telegram.deliver(update)));
    const { id: accountId } = await client.chatAccount.findFirstOrThrow({ where: { externalId: '9100077' } });
    const rows = await client.inbox.findMany({ where: { accountId }, orderBy: { seq: 'asc' } });
    expect(rows.map(({ externalId }) => Number(externalId.split(':')[1]))).toEqual(
      updates.map((update) => update.update_id),
    );
    await service.answered();
  });

  it('takes a later update before an earlier one, and loses neither', async () => {
    const before = await inbox();
    const [first, second] = [1, 2].map(() => service.telegram.update(CHAT, { text: '菜单' }));
    for (const update of [second, first]) expect(await service.telegram.deliver(update ?? {})).toBe(200);
    await service.answered();
    expect(await inbox()).toBe(before + 2);
  });

  it.each([
    ['no update', { hello: 1 }],
    ['a message of no known form', { update_id: 9_000_001, message: { text: 5 } }],
    ['a message edited later', { update_id: 9_000_002, edited_message: { text: '改了' } }],
    [
      'another bot',
      {
        update_id: 9_000_003,
        message: { message_id: 1, chat: { id: 5 }, from: { is_bot: true }, text: 'a' },
      },
    ],
  ])('is at rest after %s, and stores nothing', async (_what, update) => {
    const before = await inbox();
    expect(await service.telegram.deliver(update)).toBe(200);
    expect(await inbox()).toBe(before);
  });

  it('stores no words of its secret, its token or a person in the log', async () => {
    await service.says(CHAT, '今天天气不错，王小明的奶奶说的');
    const log = service.running.log.join('\n');
    for (const word of ['王小明', CHAT, 'fake-token', 'a-secret']) expect(log).not.toContain(word);
  });
});

describe('no words are lost', () => {
  const keptOf = async (chat: string): Promise<readonly string[]> => {
    const { client } = service.running.service.world.store;
    const { id: accountId } = await client.chatAccount.findFirstOrThrow({ where: { externalId: chat } });
    const rows = await client.inbox.findMany({ where: { accountId }, orderBy: { seq: 'asc' } });
    return rows.map((row) => {
      const { body } = service.running.service.world.store.open('Inbox', row as never);
      return (JSON.parse(body ?? '{}') as { text: string }).text;
    });
  };

  it('behind a command', async () => {
    await service.says('9100101', '/urgent 小明被打了');
    await service.says('9100101', '/menu@a_bot');
    expect(await keptOf('9100101')).toEqual(['紧急 小明被打了', '菜单']);
  });

  it('below a picture, whether we take it or not, and however often it comes', async () => {
    const photo = [{ file_id: 'none', file_size: 9 }];
    const chat = '9100102';
    const update = service.telegram.update(chat, { photo, caption: '今天去看了小明' });
    for (let n = 0; n < 2; n += 1) await service.telegram.deliver(update);
    await service.telegram.say(chat, '', { text: undefined, video: {}, caption: '紧急 小明被打了' });
    await service.answered();
    expect(await keptOf(chat)).toEqual(['今天去看了小明', '', '紧急 小明被打了']);
    expect(
      service.telegram
        .phone(chat)
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(/110[^]*收不了|收不了[^]*110/u);
  });

  it('of signs that are two units long', async () => {
    const long = `紧急${'𠮷'.repeat(4_000)}`;
    await service.says('9100103', long);
    expect(await keptOf('9100103')).toEqual([long]);
  });

  it('that were changed later without a word to whoever wrote them, and a call for help is heard', async () => {
    const chat = '9100104';
    await service.says(chat, '你好');
    const edit = (text: object) =>
      service.telegram.deliver({
        update_id: service.telegram.update(chat, {}).update_id,
        edited_message: { message_id: 1, chat: { id: Number(chat), type: 'private' }, ...text },
      });
    await edit({ text: '你们好' });
    await service.answered();
    expect(service.newest(chat)).toContain('改过的我没有收');
    const before = service.telegram.phone(chat).length;
    await edit({ location: { latitude: 26, longitude: 117 } });
    await service.answered();
    expect(service.telegram.phone(chat)).toHaveLength(before);
    await edit({ text: '紧急 小明被打了' });
    await service.answered();
    expect(await keptOf(chat)).toEqual(['你好', '紧急 小明被打了']);
    expect(service.newest(chat)).toMatch(/110/u);
  });

  it('of a form we do not know: whoever sent them is told', async () => {
    await service.telegram.say('9100105', '', { text: undefined, voice: { file_id: '' } });
    await service.answered();
    expect(service.newest('9100105')).toContain('这种消息我收不了');
  });
});

describe('a press on a button', () => {
  it('is answered once, takes the place of the buttons, and is no news when it comes again', async () => {
    await service.says(CHAT, '设置');
    const asked = service.telegram.phone(CHAT).at(-1);
    const button = asked?.buttons.find(({ data }) => !data.startsWith('oc:'));
    if (asked === undefined || button === undefined) throw new Error('nothing is asked');
    const press = service.telegram.press(CHAT, asked, button);
    const before = await inbox();
    for (let n = 0; n < 3; n += 1) expect(await service.telegram.deliver(press)).toBe(200);
    await service.answered();
    expect(await inbox()).toBe(before + 1);
    expect(called('answerCallbackQuery').map(({ code }) => code)).not.toContain(400);
    expect(service.telegram.unanswered).toBe(0);
    const now = service.telegram.phone(CHAT).find(({ id }) => id === asked.id);
    expect(now?.buttons).toEqual([]);
    expect(now?.text).toContain(`✓ ${button.text}`);
  });

  it('on a question that is over is answered by the conversation, and nothing is recorded', async () => {
    await service.says(CHAT, '设置');
    const asked = service.telegram.phone(CHAT).at(-1);
    await service.says(CHAT, '取消');
    const { client } = service.running.service.world.store;
    const before = await client.contact.count();
    const [button] = asked?.buttons ?? [];
    if (asked === undefined || button === undefined) throw new Error('nothing is asked');
    await service.telegram.tell(service.telegram.press(CHAT, asked, button));
    await service.answered();
    expect(service.newest(CHAT)).toMatch(/按钮|重新|过期|不/u);
    expect(await client.contact.count()).toBe(before);
    expect(service.telegram.unanswered).toBe(0);
  });
});

describe('an answer of ours', () => {
  it('of which nobody knows whether it arrived comes again and says so, and a reminder does not', async () => {
    const chat = '9100088'; // whom nothing was asked before
    await service.says(chat, '你好');
    const { client } = service.running.service.world.store;
    const before = service.telegram.phone(chat).length;
    service.telegram.plan('sendMessage', 'close-after');
    await service.says(chat, '帮助');
    for (let n = 0; n < 3; n += 1) await service.answered();
    const [first, again, ...more] = service.telegram.phone(chat).slice(before);
    expect(again?.text).toBe(`${first?.text ?? ''}\n（可能重复）`);
    expect(more).toEqual([]);
    const row = await client.outbox.findFirstOrThrow({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
    const { store } = service.running.service.world;
    const waiting = { state: 'queued', retryAt: null, possiblyRepeated: false, lane: 'reminder' } as const;
    const id = 'a-reminder';
    const reminder = { ...store.open('Outbox', row as OutboxRow), ...waiting, id, key: id };
    await store.commit({ guards: [], writes: [insert('Outbox', reminder)] });
    service.telegram.plan('sendMessage', 'close-after');
    for (let n = 0; n < 3; n += 1) await service.answered();
    expect(await client.outbox.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'unknown',
    });
  });
});

describe('a photo, a voice message, a place', () => {
  const kept = () => service.running.service.world.store.client.storedFile.count();

  it('is fetched, typed by its bytes, and has its turn', async () => {
    const before = await kept();
    await service.telegram.photo(CHAT, sampleFile('image/jpeg', 3_000));
    await service.telegram.voice(CHAT, sampleFile('audio/ogg', 900), 7);
    await service.answered();
    await service.answered();
    expect(await kept()).toBe(before + 2);
    const voice = await service.running.service.world.store.client.storedFile.findFirstOrThrow({
      where: { kind: 'voice', mime: 'audio/ogg' },
    });
    expect(voice.durationSeconds).toBe(7);
    await service.says(CHAT, '取消');
  });

  it('that is not what it says is refused in words', async () => {
    const before = await kept();
    await service.telegram.photo(
      CHAT,
      Buffer.from('<html>not a photo at all, whatever it says of itself</html>'),
    );
    await service.answered();
    await service.answered();
    expect(await kept()).toBe(before);
    expect(
      service.telegram
        .phone(CHAT)
        .map(({ text }) => text)
        .join(),
    ).toContain('打不开');
  });

  it('that Telegram does not give is asked for again at the next tick', async () => {
    const before = await kept();
    service.telegram.plan('getFile', 'html-502', { times: 1 });
    await service.telegram.voice(CHAT, amrVoice(3), 3);
    for (let n = 0; n < 3; n += 1) await service.answered();
    expect(await kept()).toBe(before + 1);
    await service.says(CHAT, '取消');
  });

  it('of another kind is told not to be taken', async () => {
    await service.telegram.say(CHAT, '', { text: undefined, sticker: { file_id: 'x' } });
    await service.answered();
    expect(service.newest(CHAT)).toContain('这种消息我收不了');
  });
});

describe('whoever is in a group', () => {
  it('is told once that nobody is served there, and the bot goes', async () => {
    const before = await inbox();
    for (const words of ['大家好', '你是谁', '紧急']) await service.telegram.say('-100200', words);
    await service.answered();
    expect(service.telegram.phone('-100200').map(({ text }) => text)).toEqual([
      expect.stringContaining('群里不行'),
    ]);
    expect(called('leaveChat')).toHaveLength(1);
    expect(await inbox()).toBe(before);
    await service.telegram.say('-100200', '', { text: undefined, migrate_to_chat_id: -100_300 });
    expect(service.telegram.phone('-100300')).toEqual([]);
  });
});

describe('whoever blocks the bot', () => {
  it('is not reached, and is again when they write', async () => {
    const { client } = service.running.service.world.store;
    const goneAt = async () =>
      (await client.chatAccount.findFirstOrThrow({ where: { channel: 'telegram', externalId: CHAT } }))
        .goneAt;
    await service.telegram.block(CHAT, true);
    expect(await goneAt()).not.toBeNull();
    await service.telegram.block(CHAT, false);
    expect(await goneAt()).toBeNull();
    await service.telegram.block(CHAT, true);
    service.telegram.chats.open(CHAT, 'private', 'zh').blocked = false;
    expect(await service.says(CHAT, '菜单')).not.toBe('');
    expect(await goneAt()).toBeNull();
    // Telegram did not hear our answer, and tells the oldest again.
    const blocked = {
      update_id: service.telegram.update(CHAT, {}).update_id,
      my_chat_member: {
        chat: { id: Number(CHAT), type: 'private' },
        from: { id: Number(CHAT), is_bot: false },
        new_chat_member: { status: 'kicked' },
      },
    };
    await service.telegram.deliver(blocked);
    await service.telegram.block(CHAT, false);
    await service.telegram.deliver(blocked);
    expect(await goneAt()).toBeNull();
  });
});

describe('whoever comes for the first time', () => {
  it('is greeted once, in the language of their Telegram', async () => {
    service.telegram.chats.open('9100500', 'private', 'de');
    await service.says('9100500', '/start');
    await service.says('9100500', '/start');
    expect(service.telegram.phone('9100500')).toHaveLength(1);
    expect(service.newest('9100500')).toMatch(/Hutong|Hello/u);
    expect(await service.says('9100501', '/start')).toContain('护童');
  });

  it('finds the words that people type behind the commands', async () => {
    expect(await service.says(CHAT, '/help')).toBe(await service.says(CHAT, '帮助'));
  });
});

it('how calls to Telegram end is counted for whoever watches the service, and nobody is named', async () => {
  await service.says(CHAT, '菜单');
  const lines = (await service.running.service.world.metrics.text()).split('\n');
  const counted = lines.filter((line) => line.startsWith('telegram_calls_total{'));
  expect(counted).toContainEqual(expect.stringContaining('{method="sendMessage",outcome="done"}'));
  expect(counted.join('\n')).not.toContain(CHAT);
});
