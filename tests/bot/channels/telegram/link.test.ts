import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFrom, codeIn } from '../../../../server/domain/family/invitation.ts';
import { printLinkCode } from '../../../../server/assembly/print-link-code.ts';
import { shanghaiDate } from '../../../../server/domain/local-date.ts';
import { uuidIds } from '../../../../server/platform/ids.ts';
import { insert } from '../../../../server/services/batch.ts';
import type { OutboxRow } from '../../../../server/store/generated/tables.ts';
import { Phone } from '../../../support/phone.ts';
import { TelegramService } from '../../../support/telegram-service.ts';

let service: TelegramService;
let simulator: Phone;
beforeAll(async () => {
  service = await TelegramService.start();
  simulator = new Phone(service.running, 'dir.00001');
}, 60_000);
afterAll(() => service.stop());

const client = () => service.running.service.world.store.client;
const accountOf = (externalId: string) =>
  client().chatAccount.findFirstOrThrow({ where: { channel: 'telegram', externalId } });
const codeFor = async (phone = simulator): Promise<string> => {
  const [reply] = await phone.say('绑定手机');
  return /绑定 (\w{8})/u.exec(reply?.text ?? '')?.[1] ?? '';
};

describe('a worker who takes their Telegram as theirs', () => {
  it('is nobody there before, and themselves after one press on the link', async () => {
    await service.says('9200001', '你好');
    expect((await accountOf('9200001')).personId).toBeNull();
    const code = await codeFor();
    expect(await service.says('9200001', `/start ${code}`)).toContain('绑定好了');
    const { personId, personKind, linkedAt } = await accountOf('9200001');
    expect(personKind).toBe('worker');
    expect(linkedAt).not.toBeNull();
    const { account } = await client().worker.findUniqueOrThrow({ where: { id: personId ?? '' } });
    expect(account).toBe('dir.00001');
    expect((await simulator.received()).at(-1)?.text).toContain('您的 Telegram 刚绑定好了');
    expect(await service.says('9200001', '菜单')).toContain('今天做什么');
  });

  it('and is known on no other channel, sends the code that whoever runs the service made for their staff number', async () => {
    const { store, clock } = service.running.service.world;
    const at = clock.now();
    const entering = { store, at, today: shanghaiDate(at), dryRun: false, newId: () => uuidIds.next() };
    const worker = await client().worker.findFirstOrThrow({ where: { account: 'dir.00002' } });
    const { made, lines } = await printLinkCode(worker.code, entering);
    expect(made).toBe(true);
    expect(lines.join()).not.toContain(worker.name);
    const code = /绑定 (\w{8})/u.exec(lines.join())?.[1] ?? '';
    await service.says('9200009', '你好');
    expect(await service.says('9200009', `绑定 ${code}`)).toContain('绑定好了');
    expect((await accountOf('9200009')).personId).toBe(worker.id);
    expect(await printLinkCode('nobody', entering)).toMatchObject({ made: false });
  });

  it('goes on there with what was begun elsewhere', async () => {
    await simulator.say('设置');
    await service.says('9200001', '取消');
    expect((await simulator.say('菜单')).at(-1)?.text).toContain('今天做什么');
    const { personId } = await accountOf('9200001');
    expect(await client().dialogSession.count({ where: { key: personId ?? '' } })).toBe(1);
  });

  it('is reached there first, since nothing better is set up, and elsewhere once they block the bot', async () => {
    const { store, primary } = service.running.service.world;
    const { accountsOfPersons } = await import('../../../../server/store/people.ts');
    const { personId } = await accountOf('9200001');
    const way = async () =>
      (await accountsOfPersons(store, [personId ?? ''], primary)).get(personId ?? '')?.channel;
    expect(primary).toEqual(['telegram', 'simulator']);
    expect(await way()).toBe('telegram');
    await service.telegram.block('9200001', true);
    expect(await way()).toBe('simulator');
    await service.telegram.block('9200001', false);
    expect(await way()).toBe('telegram');
  });

  it('finds the code under 设置 as well, where a family finds none', async () => {
    const asked = (await simulator.say('设置')).at(-1);
    expect(asked?.options.map(({ label }) => label)).toEqual([
      ...['几点发清单', '安静时间', '语言', '怎么问我', '绑定 Telegram', '不改了'],
    ]);
    expect((await simulator.press('绑定 Telegram')).at(-1)?.text).toMatch(/绑定 \w{8}/u);
    await service.says('9200031', '设置');
    expect(
      service.telegram
        .phone('9200031')
        .at(-1)
        ?.buttons.map(({ text }) => text),
    ).not.toContain('绑定 Telegram');
  });

  it('uses a code once, and on a new phone it takes the place of the old one', async () => {
    const code = await codeFor();
    expect(await service.says('9200002', `绑定 ${code.toLowerCase()}`)).toContain('绑定好了');
    expect((await accountOf('9200001')).personId).toBeNull();
    expect(await service.says('9200003', `绑定${code}`)).toContain('过期了，或者用过了');
    expect((await accountOf('9200003')).personId).toBeNull();
  });

  it('hears on the old phone that it is no longer theirs, and nothing more of theirs goes there', async () => {
    const [old, young] = ['9200041', '9200042'];
    await service.says(old, `绑定 ${await codeFor()}`);
    const { store } = service.running.service.world;
    const { id: accountId, personId } = await accountOf(old);
    await client().chatAccount.update({ where: { id: accountId }, data: { digestMinutes: 390 } });
    const row = store.open(
      'Outbox',
      (await client().outbox.findFirstOrThrow({ where: { accountId } })) as OutboxRow,
    );
    const waits = { state: 'queued', lane: 'reminder', notBefore: '2026-11-26T00:00:00.000Z' } as const;
    const body = JSON.stringify({ text: '李小明在等', options: [] });
    const list = { ...row, ...waits, id: 'a-list', key: 'a-list', sessionKey: personId ?? '', body };
    await store.commit({ guards: [], writes: [insert('Outbox', list)] });
    const code = await codeFor();
    await service.says(young, `绑定 ${code}`);
    expect(service.newest(old)).toContain('这里不再是您的');
    expect((await accountOf(young)).digestMinutes).toBe(390);
    service.clock.pass(24 * 3_600_000);
    for (let n = 0; n < 3; n += 1) await service.answered();
    const texts = (chat: string) =>
      service.telegram
        .phone(chat)
        .map(({ text }) => text)
        .join('\n');
    expect(texts(young)).toContain('李小明在等');
    expect(texts(old)).not.toContain('李小明在等');
  });

  it('is too late after ten minutes', async () => {
    const code = await codeFor();
    service.clock.pass(10 * 60_000);
    expect(await service.says('9200003', `绑定 ${code}`)).toContain('过期了，或者用过了');
  });

  it('links once although the update comes again', async () => {
    const code = await codeFor();
    const update = service.telegram.update('9200004', { text: `/start ${code}` });
    for (let n = 0; n < 3; n += 1) await service.telegram.deliver(update);
    await service.answered();
    expect(service.telegram.phone('9200004').map(({ text }) => text)).toEqual([
      expect.stringContaining('绑定好了'),
    ]);
  });

  it('is one of two who come with one code at once', async () => {
    const code = await codeFor();
    await Promise.all(['9200010', '9200011'].map((chat) => service.telegram.say(chat, `绑定 ${code}`)));
    await service.answered();
    const both = await Promise.all(['9200010', '9200011'].map(accountOf));
    expect(both.filter(({ personId }) => personId !== null)).toHaveLength(1);
  });

  it('keeps neither the code nor its owner where they could be read', async () => {
    const code = await codeFor();
    await service.says('9200020', `绑定 ${code}`);
    const rows = JSON.stringify([await client().linkCode.findMany(), await client().inbox.findMany()]);
    expect(rows).not.toContain(code);
    expect(service.running.log.join('\n')).not.toContain(code);
  });
});

describe('whoever guesses', () => {
  it('waits an hour after five wrong codes, also with a right one, and can call for help all the while', async () => {
    const chat = '9200666';
    const wrong = await service.says(chat, '绑定 ABCDEF00');
    expect(wrong).toContain('绑定手机');
    expect(wrong).toContain('儿童主任');
    for (let n = 1; n < 4; n += 1) await service.says(chat, `绑定 ABCDEF${String(n)}0`);
    expect(await service.says(chat, '绑定 ABCDEF99')).toContain('5次');
    const right = await codeFor();
    expect(await service.says(chat, `绑定 ${right}`)).toContain('错得太多');
    expect((await accountOf(chat)).personId).toBeNull();
    expect(service.running.log.join('\n')).toContain('link codes locked');
    expect(await service.says(chat, '紧急')).toMatch(/110/u);
    service.clock.pass(60 * 60_000);
    expect(await service.says(chat, `绑定 ${await codeFor()}`)).toContain('绑定好了');
  });
});

describe('a code', () => {
  it('is eight signs that are not taken for each other', () => {
    const code = codeFrom('0193f000-0000-7000-8000-0123456789ab');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/u);
    expect(codeFrom('0193f000-0000-7000-8000-0123456789ac')).not.toBe(code);
    expect(codeIn(` ${code.toLowerCase().slice(0, 4)} ${code.slice(4)} `)).toBe(code);
    expect(codeIn('ＡＢＣＤ１２３４')).toBe('ABCD1234');
    expect(codeIn('OIL01234')).toBe('01101234');
  });

  it.each(['', 'ABCDEFG', 'ABCDEFGHJ', '小明的奶奶在家啊好'])('is not %s', (words) => {
    expect(codeIn(words)).toBeNull();
  });
});
