import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemo } from '../../prisma/seed/demo-county.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { uuidIds } from '../../server/platform/ids.ts';
import { insert } from '../../server/services/batch.ts';
import { TelegramService } from '../support/telegram-service.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const [DESK, NEIGHBOUR, UNKNOWN] = ['9500001', '9500002', '9500003'] as const;

let service: TelegramService;
beforeAll(async () => {
  service = await TelegramService.start({ env: { NODE_ENV: 'production', DATA_KEY: KEY, INDEX_KEY: KEY } });
  const { store } = service.running.service.world;
  await seedDemo(store, '2026-11-25' as LocalDate, () => uuidIds.next());
  const county = { code: '990102', name: '白沙县', kind: 'county', parentCode: '990100' } as const;
  const above = { townshipCode: null, countyCode: county.code, cityCode: '990100' };
  const desk = {
    id: 'neighbour',
    code: 'C0009',
    name: '何白沙',
    role: 'county-desk',
    account: 'desk.9',
  } as const;
  const worker = { ...desk, areaCode: county.code, phone: null, phoneIndex: null, state: 'active' } as const;
  await store.commit({
    guards: [],
    writes: [insert('Area', { ...county, ...above }), insert('Worker', worker)],
  });
  for (const chat of [DESK, NEIGHBOUR]) await service.says(chat, '/start');
  await service.link(DESK, 'county.desk');
  await service.link(NEIGHBOUR, 'desk.9');
}, 120_000);
afterAll(() => service.stop());

const client = () => service.running.service.world.store.client;

it('the report of somebody unknown reaches the desk of each county, and one of them takes it', async () => {
  await service.says(UNKNOWN, '/start');
  await service.taps(UNKNOWN, '紧急');
  await service.answered();
  for (const chat of [DESK, NEIGHBOUR]) expect(service.newest(chat)).toContain('请按“收到”');
  const [report] = await client().mandatoryReport.findMany();
  expect(report).toMatchObject({ state: 'open', areaCode: null });
  await service.taps(NEIGHBOUR, `收到 ${report?.number ?? ''}`);
  expect(await client().mandatoryReport.findFirst()).toMatchObject({
    state: 'acknowledged',
    acknowledgedBy: 'neighbour',
  });
  expect(service.newest(DESK)).toMatch(/已收到R-/u);
});

it('each of them hears that somebody unknown asked for help in words, and answers for itself', async () => {
  const chat = '9500004';
  expect(await service.says(chat, '救命')).toContain('110');
  await service.answered();
  const asked = await client().familyRequest.findMany({
    where: { personId: null },
    orderBy: { areaCode: 'asc' },
  });
  expect(asked.map(({ areaCode }) => areaCode)).toEqual(['990101', '990102']);
  for (const desk of [DESK, NEIGHBOUR]) expect(service.newest(desk)).toContain('有人求助，还不知道是谁');
  await service.says(chat, '救命');
  expect(await client().familyRequest.count({ where: { personId: null } })).toBe(2);
});
