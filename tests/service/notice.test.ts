import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT_DEFAULTS } from '../../server/domain/account-settings.ts';
import { insert } from '../../server/services/batch.ts';
import { sampleRow } from '../support/store-rows.ts';
import { WecomService } from '../support/wecom-service.ts';

const DESK = 'county.desk';
const SUPERVISOR = 'sup.001';
const HOUR_SECONDS = 3_600;
const WORDS = '周三上午九点在县里开会。';
const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `village.${String(n).padStart(4, '0')}`);

let service: WecomService;

afterEach(() => service.stop());

/** A morning of a county whose directors are these, and a company that knows all of them but the last. */
async function countyOf(count: number, at = '2026-11-25T02:10:00.000Z'): Promise<readonly string[]> {
  const directors = names(count);
  service = await WecomService.start({ at, members: [DESK, SUPERVISOR, ...directors.slice(0, -1)] });
  const { store } = service.running.service.world;
  await store.client.worker.updateMany({ where: { role: 'director' }, data: { state: 'left' } });
  const desk = await store.client.worker.findFirstOrThrow({ where: { account: DESK } });
  const village = await store.client.area.findFirstOrThrow({
    where: { countyCode: desk.areaCode, kind: 'village' },
  });
  const about = { role: 'director', areaCode: village.code, phone: null, phoneIndex: null } as const;
  const writes = directors.flatMap((account, n) => [
    insert('Worker', { id: account, code: account, name: '某', account, state: 'active', ...about }),
    insert('ChatAccount', {
      ...ACCOUNT_DEFAULTS,
      ...sampleRow('ChatAccount', n, { id: `account-${account}`, channel: 'wecom', externalId: account }),
      ...{ personKind: 'worker', personId: account, linkedAt: at, goneAt: null, language: 'zh-CN' },
      ...{ quietFromMinutes: 1_260, quietUntilMinutes: 420 },
    }),
  ]);
  for (let first = 0; first < writes.length; first += 200)
    await store.commit({ guards: [], writes: writes.slice(first, first + 200) });
  return directors;
}

async function sendsNotice(words = WORDS): Promise<void> {
  await service.says(DESK, `通知 ${words}`);
  await service.presses(DESK, '发送');
}

/** The calls that carry the notice, by whom each went to. */
const calls = (): readonly (readonly string[])[] =>
  service.wecom.calls
    .filter(({ path, body }) => path === 'message/send' && JSON.stringify(body).includes(WORDS))
    .map(({ body }) => String((body as { touser: unknown }).touser).split('|'))
    .filter((to) => !to.includes(DESK));

/** How often each of these people has the notice on their phone, taken back or not. */
const copies = (people: readonly string[]): readonly number[] =>
  people.map((one) => service.wecom.phone(one).filter(({ text }) => text.includes(WORDS)).length);

async function fates(): Promise<Readonly<Record<string, number>>> {
  const rows = await service.running.service.world.store.client.outbox.groupBy({
    by: ['state', 'error'],
    where: { lane: 'broadcast' },
    _count: { _all: true },
  });
  return Object.fromEntries(
    rows.map(({ state, error, _count }) => [error === null ? state : `${state} ${error}`, _count._all]),
  );
}

describe('a notice to all directors of a county', () => {
  it('to 1,001 of them is two calls, and the one whom WeCom does not know is told apart', async () => {
    const directors = await countyOf(1_001);
    expect(await service.says(DESK, `通知 ${WORDS}`)).toContain('1001位');
    await service.presses(DESK, '发送');
    await service.pass(900, 60);
    // Nobody knows whether one person or everybody is out of reach until somebody else is reached after them.
    await service.says(DESK, '菜单');
    await service.pass(900, 60);
    expect(new Set(calls().map((to) => to.length))).toEqual(new Set([1_000, 1]));
    expect(calls().filter((to) => to.length > 1)).toHaveLength(1);
    expect(copies(directors.slice(0, -1))).toEqual(Array(1_000).fill(1));
    expect(await fates()).toEqual({ accepted: 1_000, 'failed unreachable': 1 });
  }, 240_000);

  it('with an unknown member among the others reaches the others', async () => {
    const directors = await countyOf(4);
    await sendsNotice();
    expect(calls()).toEqual([directors]);
    expect(copies(directors)).toEqual([1, 1, 1, 0]);
    expect(await fates()).toEqual({ accepted: 3, 'failed unreachable': 1 });
  });

  it('reaches everybody once although the answer was lost, by the same request', async () => {
    const directors = await countyOf(5);
    await service.says(DESK, `通知 ${WORDS}`);
    service.wecom.faults.plan('message/send', { kind: 'close-after' }, { skip: 2 }); // the answer to 发送 goes before it
    await service.presses(DESK, '发送');
    expect(await fates()).toEqual({ 'queued fault': 5 });
    await service.pass(30, 10);
    expect(copies(directors)).toEqual([1, 1, 1, 1, 0]);
    expect(calls()).toHaveLength(2);
    const bodies = service.wecom.calls.filter(({ body }) => JSON.stringify(body).includes('village.0000|'));
    expect(new Set(bodies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await fates()).toMatchObject({ accepted: 4 });
  });

  it('waits for a member who was sent much just now, in a call of its own, and holds up nobody', async () => {
    const directors = await countyOf(4);
    const channel = service.running.service.world.channels.get('wecom');
    const at = service.clock.now().toISOString();
    for (let n = 0; n < 20; n += 1)
      await channel?.send({
        ...{ outboxId: `before-${String(n)}`, address: directors[1] ?? '', lane: 'reminder', at },
        ...{ text: `第${String(n)}条`, options: [] },
      });
    await sendsNotice();
    expect(copies(directors)).toEqual([1, 0, 1, 0]);
    await service.pass(90, 30);
    expect(copies(directors)).toEqual([1, 1, 1, 0]);
    expect(calls().at(-1)).toEqual([directors[1]]);
  });

  it('comes after a call for help that waits beside it', async () => {
    await countyOf(4);
    service.wecom.faults.plan('*', { kind: 'html-502' }, { times: Infinity });
    await service.wecom.say(DESK, `通知 ${WORDS}`);
    await service.wecom.say(DESK, '发送');
    await service.wecom.say('village.0000', '紧急 孩子不见了');
    await service.running.service.conversation.quiet();
    service.wecom.faults.clear();
    const before = service.wecom.calls.length;
    await service.pass(60, 5);
    const words = service.wecom.calls.slice(before).map(({ body }) => JSON.stringify(body));
    const page = words.findIndex((one) => one.includes(SUPERVISOR) && one.includes('R-2026-'));
    const notice = words.findIndex((one) => one.includes('village.0001|'));
    expect([page, notice]).not.toContain(-1);
    expect(page).toBeLessThan(notice);
  });

  it('written at night comes in the morning', async () => {
    const directors = await countyOf(3, '2026-11-25T14:10:00.000Z'); // ten past ten in the evening
    await sendsNotice();
    expect(copies(directors)).toEqual([0, 0, 0]);
    await service.pass(9 * HOUR_SECONDS + 600, 600);
    expect(copies(directors)).toEqual([1, 1, 0]);
  });

  it('is no matter of a director, and a supervisor reaches her own only', async () => {
    await countyOf(3);
    expect(await service.says('village.0000', `通知 ${WORDS}`)).not.toContain('位儿童主任');
    const { client } = service.running.service.world.store;
    const own = await client.worker.findFirstOrThrow({ where: { account: SUPERVISOR } });
    const [elsewhere] = await client.area.findMany({
      where: { kind: 'village', townshipCode: { not: own.areaCode } },
    });
    const inside = await client.area.findFirstOrThrow({ where: { townshipCode: own.areaCode } });
    await client.worker.updateMany({
      where: { role: 'director' },
      data: { areaCode: elsewhere?.code ?? '' },
    });
    await client.worker.update({ where: { id: 'village.0001' }, data: { areaCode: inside.code } });
    await service.says(SUPERVISOR, `通知 ${WORDS}`);
    await service.presses(SUPERVISOR, '发送');
    expect(copies(['village.0000', 'village.0001'])).toEqual([0, 1]);
  });
});

describe('taking a notice back', () => {
  const recalled = (people: readonly string[]): readonly boolean[] =>
    people.map((one) => service.wecom.phone(one).find(({ text }) => text.includes(WORDS))?.recalled ?? false);

  it('works after 23 hours, and the author hears that some may have read it', async () => {
    const directors = await countyOf(4);
    await sendsNotice();
    service.clock.pass(23 * HOUR_SECONDS * 1_000);
    await service.says(DESK, '撤回通知');
    await service.answered();
    expect(recalled(directors.slice(0, -1))).toEqual([true, true, true]);
    const told = service.wecom.readPhone(DESK).join('\n');
    expect(told).toContain('已经撤回：3位，有人可能看过了');
    expect(told).not.toContain('留在手机上');
  });

  it('is refused after 25 hours in plain words, and WeCom is not asked', async () => {
    const directors = await countyOf(3);
    await sendsNotice();
    service.clock.pass(25 * HOUR_SECONDS * 1_000);
    await service.says(DESK, '撤回通知');
    expect(service.wecom.readPhone(DESK).join('\n')).toContain('超过一天了，撤不回来');
    expect(recalled(directors)).toEqual([false, false, false]);
    expect(service.wecom.count('message/recall')).toBe(0);
  });

  it('before it went reaches nobody, and the author hears so', async () => {
    const directors = await countyOf(3, '2026-11-25T14:10:00.000Z');
    await sendsNotice();
    await service.says(DESK, '撤回通知');
    await service.answered();
    expect(service.newest(DESK)).toContain('不再发了：3位');
    await service.pass(10 * HOUR_SECONDS, 1_800);
    expect(copies(directors)).toEqual([0, 0, 0]);
    expect(await fates()).toEqual({ 'dropped recalled': 3 });
  });

  it('is tried again while WeCom gives no answer, and then told', async () => {
    const directors = await countyOf(3);
    await sendsNotice();
    service.wecom.faults.plan('message/recall', { kind: 'html-502' });
    expect(await service.says(DESK, '撤回通知')).toContain('正在撤回');
    expect(recalled(directors)).toEqual([false, false, false]);
    await service.pass(90, 30);
    expect(recalled(directors)).toEqual([true, true, false]);
    expect(service.newest(DESK)).toContain('已经撤回：2位');
  });
});
