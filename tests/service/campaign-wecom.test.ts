import { afterEach, expect, it } from 'vitest';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert, type Write } from '../../server/services/batch.ts';
import { WecomService } from '../support/wecom-service.ts';

const DESK = 'county.desk';
const WORDS = '明天下午有台风，先把老房子里的孩子接出来。';
const DIRECTORS = Array.from({ length: 1_000 }, (_, n) => `village.${String(n).padStart(4, '0')}`);

let service: WecomService;
afterEach(() => service.stop());

/** A county in which a thousand directors answer for the children of one village. */
async function countyOfMany(): Promise<void> {
  const at = '2026-11-25T02:10:00.000Z';
  service = await WecomService.start({ at, members: [DESK, ...DIRECTORS] });
  const { store } = service.running.service.world;
  const desk = await store.client.worker.findFirstOrThrow({ where: { account: DESK } });
  const villages = await store.client.area.findMany({
    where: { countyCode: desk.areaCode, kind: 'village' },
    select: { code: true },
  });
  const child = await store.client.child.findFirstOrThrow({
    where: { villageCode: { in: villages.map(({ code }) => code) }, endsOn: null },
  });
  await store.client.assignment.deleteMany();
  const writes = DIRECTORS.flatMap((account, n): Write[] => [
    insert('Worker', {
      ...{ id: account, code: account, name: '某', account, state: 'active', role: 'director' },
      ...{ areaCode: child.villageCode, phone: null, phoneIndex: null },
    }),
    insert('ChatAccount', {
      ...ACCOUNT_DEFAULTS,
      ...{ id: `account-${account}`, channel: 'wecom', externalId: account },
      ...{ personKind: 'worker', personId: account, linkedAt: at },
    }),
    insert('Assignment', {
      ...{ id: `assignment-${String(n)}`, workerId: account, villageCode: child.villageCode },
      ...{ childId: null, fromOn: '2026-01-01', untilOn: null },
    }),
  ]);
  for (let first = 0; first < writes.length; first += 300)
    await store.commit({ guards: [], writes: writes.slice(first, first + 300) });
}

it('a warning to a thousand directors is a handful of calls, and each of them is accounted for', async () => {
  await countyOfMany();
  await service.says(DESK, `台风 ${WORDS}`);
  await service.presses(DESK, '发出');
  await service.pass(900, 60);
  const calls = service.wecom.calls
    .filter(({ path, body }) => path === 'message/send' && JSON.stringify(body).includes(WORDS))
    .map(({ body }) => String((body as { touser: unknown }).touser).split('|'))
    .filter((to) => !to.includes(DESK));
  expect(calls.length).toBeLessThanOrEqual(3);
  expect(new Set(calls.flat())).toEqual(new Set(DIRECTORS));
  const states = await service.running.service.world.store.client.campaignPerson.groupBy({
    by: ['state'],
    where: { personKind: 'worker' },
    _count: { _all: true },
  });
  expect(states.map(({ state, _count }) => [state, _count._all])).toEqual([['accepted', 1_000]]);
  expect(await service.says(DIRECTORS[3] ?? '', '知道了')).toContain('谢谢您');
}, 300_000);
