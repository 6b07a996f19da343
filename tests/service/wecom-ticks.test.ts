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
