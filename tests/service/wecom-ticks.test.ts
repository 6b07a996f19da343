import { afterEach, beforeEach, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';

const DIRECTOR = 'dir.00001';

let service: WecomService;

/** A director was asked whom they met: eight answers, more than a card has buttons. */
beforeEach(async () => {
  service = await WecomService.start({ at: '2026-11-25T02:10:00.000Z', members: [DIRECTOR] });
  expect(await service.says(DIRECTOR, '今天去看了李小明')).toContain('○ 奶奶');
});

afterEach(() => service.stop());

function questions(): readonly string[] {
  return service.wecom.readPhone(DIRECTOR).filter((text) => text.includes('○ 奶奶'));
}

it('a question with many answers is answered by a tick, shows it, and is given once', async () => {
  expect(await service.ticks(DIRECTOR, '奶奶')).toContain('李小明');
  const [asked, ...more] = questions();
  expect(more).toEqual([]);
  expect(asked).toContain('(奶奶)');
  const index = service.wecom.phone(DIRECTOR).findIndex(({ card }) => (card?.questions.length ?? 0) > 0);
  const card = service.wecom.phone(DIRECTOR)[index]?.card;
  expect(card?.questions[0]).toMatchObject({ disabled: true });
  expect(() => service.wecom.choose(DIRECTOR, index, { choice: 'any' })).toThrow('grey');
  for (let n = 0; n < 4 && !service.newest(DIRECTOR).includes('已保存'); n += 1)
    await service.presses(DIRECTOR, service.newest(DIRECTOR).includes('[见到了') ? '见到了' : '未发现异常');
  const { client } = service.running.service.world.store;
  expect(await client.contact.count({ where: { mode: 'home', takenOn: '2026-11-25' } })).toBe(1);
});

it('the number, or the word, answers it as well', async () => {
  const next = await service.says(DIRECTOR, '2');
  expect(next).toContain('李小明');
  expect(next).not.toContain('○ 奶奶');
});

it('sent off without a tick it is asked again', async () => {
  const index = service.wecom.phone(DIRECTOR).length - 1;
  await service.wecom.tap(DIRECTOR, index, 'choice');
  await service.answered();
  expect(service.newest(DIRECTOR)).toContain('○ 奶奶');
  expect(await service.ticks(DIRECTOR, '奶奶')).not.toContain('○ 奶奶');
});

it('a page of settings is one card: three lists with what holds now, sent off together', async () => {
  expect(await service.says(DIRECTOR, '取消')).not.toContain('○ 奶奶');
  await service.says(DIRECTOR, '设置');
  const index = service.wecom.phone(DIRECTOR).findLastIndex(({ card }) => card !== null);
  const card = service.wecom.phone(DIRECTOR)[index]?.card;
  expect(card?.questions.map(({ title }) => title)).toEqual(['几点发清单', '安静时间', '怎么问我']);
  await service.wecom.choose(DIRECTOR, index, { digest: 'd420', quiet: 'q1320-360' });
  await service.answered();
  expect(service.newest(DIRECTOR)).toMatch(/清单：每天7:00.*22:00到6:00.*照常/su);
  expect(service.wecom.phone(DIRECTOR)[index]?.card?.questions[0]).toMatchObject({ disabled: true });
  const { client } = service.running.service.world.store;
  expect(await client.chatAccount.findFirst({ where: { digestMinutes: 420 } })).toMatchObject({
    ...{ quietFromMinutes: 1_320, quietUntilMinutes: 360, steps: null },
  });
});

it('a page of settings is answered by words as well', async () => {
  await service.says(DIRECTOR, '取消');
  await service.says(DIRECTOR, '设置');
  expect(await service.says(DIRECTOR, '早上7点半提醒我')).toContain('每天7:30');
});
