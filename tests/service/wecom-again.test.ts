import { afterEach, beforeEach, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';

const DIRECTOR = 'dir.00001';
const SUPERVISOR = 'sup.001';

let service: WecomService;

beforeEach(async () => {
  service = await WecomService.start({ at: '2026-11-25T02:10:00.000Z', members: [DIRECTOR, SUPERVISOR] });
});

afterEach(() => service.stop());

it('a page whose sender died before it knew of the arrival comes once more, marked, can be pressed, and counts as sent', async () => {
  await service.says(DIRECTOR, '紧急 李小明被打了');
  const { client } = service.running.service.world.store;
  const page = await client.outbox.findFirstOrThrow({
    where: { key: { startsWith: 'page:' }, state: 'accepted' },
  });
  await client.outbox.update({ where: { id: page.id }, data: { state: 'sending', acceptedAt: null } });
  await service.pass(330, 30);
  expect(await client.outbox.findUnique({ where: { id: page.id } })).toMatchObject({ state: 'accepted' });
  const pages = service.wecom.readPhone(SUPERVISOR).filter((text) => text.includes('[收到'));
  expect(pages).toHaveLength(2);
  expect(pages[1]).toContain('（可能重复）');
  await service.presses(SUPERVISOR, '收到');
  expect(service.newest(DIRECTOR)).toContain('已收到R-2026-');
});
