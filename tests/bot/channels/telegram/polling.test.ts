import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHAT, TelegramService } from '../../../support/telegram-service.ts';

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start({ mode: 'polling' });
}, 60_000);
afterAll(() => service.stop());

const said = () => service.running.service.world.store.client.inbox.count({ where: { channel: 'telegram' } });
const offsets = () =>
  service.telegram.calls
    .filter(({ method }) => method === 'getUpdates')
    .map(({ fields }) => Number(fields.offset));
const asked = async (times: number): Promise<void> => {
  const before = offsets().length;
  await service.running.service.beat();
  await expect.poll(() => offsets().length).toBeGreaterThanOrEqual(before + times);
  await service.running.service.conversation.quiet();
};

it('stores what it is told before it says so, and goes on behind it after a restart', async () => {
  const update = await service.telegram.say(CHAT, '菜单');
  expect(update).toEqual([]);
  await service.telegram.say(CHAT, '帮助');
  await asked(2);
  expect(await said()).toBe(2);
  expect(offsets().at(-1)).toBe(5_002);
  const { client } = service.running.service.world.store;
  expect(await client.setting.findUnique({ where: { key: 'telegram-read-until' } })).toMatchObject({
    value: '700001:5002',
  });
  await expect.poll(() => service.telegram.phone(CHAT).length).toBe(2);
});

it('says nothing of what it could not store, and is told it again', async () => {
  const { store } = service.running.service.world;
  await service.telegram.say(CHAT, '联系');
  const commit = store.commit.bind(store);
  let refusals = 0;
  store.commit = async (batch, options) => {
    const isWord = batch.writes.some((write) => write.table === 'Inbox' && write.op === 'insert-once');
    if (isWord && (refusals += 1) === 1) throw new Error('the disk is full');
    return commit(batch, options);
  };
  const before = await said();
  await asked(1);
  expect(await said()).toBe(before);
  await asked(1);
  await expect.poll(said).toBe(before + 1);
  store.commit = commit;
});

it('asks for nothing while the service goes', async () => {
  expect(service.telegram.calls.filter(({ method }) => method === 'setWebhook')).toEqual([]);
  expect(service.telegram.calls.filter(({ method }) => method === 'deleteWebhook')).toHaveLength(1);
});

it('asks on where somebody else had given Telegram an address, and misses nothing', async () => {
  service.telegram.sendUpdatesTo(`${service.running.url}/somewhere-else`);
  const before = await said();
  await service.running.service.beat();
  await expect.poll(() => service.telegram.calls.at(-1)?.code).toBe(409);
  await expect.poll(() => service.running.log.join('\n')).toContain('telegram updates go elsewhere');
  await service.running.service.beat();
  await expect
    .poll(() => service.telegram.calls.filter(({ method }) => method === 'deleteWebhook').length)
    .toBe(2);
  await service.telegram.say(CHAT, '菜单');
  await asked(1);
  await expect.poll(said).toBe(before + 1);
});

it('begins anew with another bot, whose updates have other numbers', async () => {
  const { client } = service.running.service.world.store;
  await client.setting.update({ where: { key: 'telegram-read-until' }, data: { value: '700002:9000' } });
  const before = await said();
  await service.telegram.say(CHAT, '菜单');
  await asked(1);
  await expect.poll(said).toBe(before + 1);
});
