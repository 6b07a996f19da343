import { afterEach, beforeEach, expect, it } from 'vitest';
import { WecomService } from '../support/wecom-service.ts';

const DIRECTORS = ['dir.00001', 'dir.00002', 'dir.00003', 'dir.00004', 'dir.00005'];
const SUPERVISOR = 'sup.001';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let service: WecomService;

/** Two in the morning of a day with lists: they are planned, and due at eight. */
beforeEach(async () => {
  service = await WecomService.start({ at: '2026-11-24T18:00:00.000Z', members: [...DIRECTORS, SUPERVISOR] });
});

afterEach(() => service.stop());

/** When the morning's lists arrived with those five. */
async function lists(): Promise<readonly Date[]> {
  const { client } = service.running.service.world.store;
  const accounts = await client.chatAccount.findMany({
    where: { channel: 'wecom', externalId: { in: DIRECTORS } },
    select: { id: true },
  });
  const rows = await client.outbox.findMany({
    where: { kind: 'digest', state: 'accepted', accountId: { in: accounts.map(({ id }) => id) } },
    select: { acceptedAt: true },
  });
  return rows.map(({ acceptedAt }) => new Date(acceptedAt ?? 0));
}

it('the lists of eight o’clock come some minutes later, not all at once; answers and pages at once', async () => {
  service.clock.pass(6 * HOUR);
  await service.answered();
  const eight = service.clock.now().getTime();
  expect(await lists()).toEqual([]);
  expect(await service.says('dir.00001', '菜单')).toContain('今天做什么');
  await service.says('dir.00001', '紧急 有孩子受伤');
  expect(service.wecom.readPhone(SUPERVISOR).join('\n')).toContain('[收到');
  await service.pass(9 * 60, 15);
  const came = (await lists()).map((at) => at.getTime() - eight);
  expect(came).toHaveLength(DIRECTORS.length);
  expect(Math.min(...came)).toBeGreaterThanOrEqual(2 * MINUTE);
  expect(Math.max(...came)).toBeLessThanOrEqual(9 * MINUTE);
  expect(new Set(came).size).toBeGreaterThan(2);
});

it('a list made late goes at once where it is no crowded minute', async () => {
  service.clock.pass(6 * HOUR + 14 * MINUTE);
  await service.answered();
  expect(await lists()).toHaveLength(DIRECTORS.length);
});

it('whose quiet hours begin within these minutes gets the list before them and not a day later', async () => {
  const { client } = service.running.service.world.store;
  await client.chatAccount.updateMany({
    where: { channel: 'wecom', externalId: { in: DIRECTORS } },
    data: { quietFromMinutes: 8 * 60 + 1, quietUntilMinutes: 7 * 60 },
  });
  service.clock.pass(6 * HOUR);
  await service.answered();
  expect(await lists()).toHaveLength(DIRECTORS.length);
});
