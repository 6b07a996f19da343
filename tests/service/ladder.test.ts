import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LADDER_POLICY, nextPage } from '../../server/domain/escalation/ladder.ts';
import { insert, update } from '../../server/services/batch.ts';
import { FIXED_COUNTY, idOf, NORTH, PlanningCounty, type CountyPlan } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Tuesday 24 November, a quarter past ten in the evening: in everybody's quiet hours. */
const NIGHT = '2026-11-24T14:15:00.000Z';
const MINUTE_MS = 60_000;
const after = (minutes: number): string => new Date(Date.parse(NIGHT) + minutes * MINUTE_MS).toISOString();

let county: PlanningCounty | null = null;
async function open(plan: CountyPlan = FIXED_COUNTY): Promise<PlanningCounty> {
  county = await PlanningCounty.open(plan, NIGHT);
  await county.beat();
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

/** One step is noted: the reporter was called. */
async function stepped(taker: ReturnType<PlanningCounty['phone']>): Promise<void> {
  await taker.say('进展 R-2026-000001');
  await taker.press('联系报告人');
  await taker.say('打过电话了，都好');
  for (const gap of ['还不知道', '还不知道']) await taker.say(gap);
}

const without = (...accounts: string[]): CountyPlan => ({
  ...FIXED_COUNTY,
  workers: FIXED_COUNTY.workers.filter((w) => !accounts.includes(w.account)),
});

/** The minutes after the opening at which a phone was paged. */
async function pagesOf(fixed: PlanningCounty, account: string): Promise<number[]> {
  const messages = (await fixed.phone(account).received()).filter(
    (m) => m.lane === 'urgent' && m.text.includes('请按'),
  );
  return messages.map((m) => (Date.parse(m.at) - Date.parse(NIGHT)) / MINUTE_MS);
}

const everyTen = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, n) => from + n * 10);
const hourly = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 60 + 1 }, (_, n) => from + n * 60);

describe('a report nobody answers', () => {
  it('pages at once, every 10 minutes for 2 hours, hourly for the day, roles joining by minutes, at night too', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(24 * 60));
    const rest = [...everyTen(40, 120), ...hourly(180, 1440)];
    expect(await pagesOf(fixed, 'sup.north')).toEqual([...everyTen(0, 30), ...rest]);
    expect(await pagesOf(fixed, 'dep.north')).toEqual([...everyTen(10, 30), ...rest]);
    expect(await pagesOf(fixed, 'desk')).toEqual([20, 30, ...rest]);
    expect(await pagesOf(fixed, 'leader')).toEqual([30, ...rest]);
    expect(await pagesOf(fixed, 'dir.high')).toEqual([]);
  });

  it('is paged three times a day for thirty days more, and still not given up', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(31 * 24 * 60));
    const pages = await pagesOf(fixed, 'leader');
    const last = pages.slice(-90);
    expect(pages.length).toBeGreaterThanOrEqual(90 + 31);
    const opened = new Date(NIGHT);
    const schedule = Array.from({ length: 400 }, (_, n) => nextPage(opened, n, DEFAULT_LADDER_POLICY.pages))
      .filter((at) => at <= new Date(after(31 * 24 * 60)))
      .map((at) => (at.getTime() - opened.getTime()) / MINUTE_MS);
    expect(last).toEqual(schedule.slice(-90));
  });

  it('is paged once a page however often the service restarts in between', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    for (let minutes = 5; minutes <= 125; minutes += 5) {
      await fixed.walkTo(after(minutes));
      await fixed.restart();
      await fixed.beat();
    }
    expect(await pagesOf(fixed, 'sup.north')).toEqual(everyTen(0, 120));
    expect(await pagesOf(fixed, 'leader')).toEqual(everyTen(30, 120));
  });

  it('after an outage is one page, not all that were missed, and goes on by the schedule', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(15));
    await fixed.stop();
    fixed.clock.pass(80 * MINUTE_MS);
    await fixed.start();
    await fixed.beat();
    await fixed.walkTo(after(120));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0, 10, 95, 100, 110, 120]);
    const texts = (await fixed.phone('sup.north').received()).filter((m) => m.lane === 'urgent');
    expect(texts[2]?.text).toContain('第3次提醒');
  });

  it('tells a number and what to press, and never a name or a place', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.phone('dir.five').say('甲二被打了，在甲村口');
    await fixed.walkTo(after(180));
    const words = [
      ...fixed.plan.children.map((c) => c.name),
      ...fixed.plan.workers.map((w) => w.name),
      '村',
      '镇',
    ];
    for (const account of ['sup.north', 'dep.north', 'desk', 'leader']) {
      const pages = (await fixed.phone(account).received()).filter((m) => m.text.includes('请按'));
      expect(pages.length).toBeGreaterThan(0);
      for (const { text } of pages) {
        expect(text).toContain('R-2026-000001');
        expect(words.filter((word) => text.includes(word))).toEqual([]);
      }
    }
  });
});

describe('收到', () => {
  it('stops the pages at once: nothing is claimed after its commit', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(25));
    await fixed.phone('dep.north').press('收到 R-2026-000001');
    await fixed.walkTo(after(25 + 29));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0, 10, 20]);
    expect(await pagesOf(fixed, 'desk')).toEqual([20]);
    expect(await pagesOf(fixed, 'leader')).toEqual([]);
  });

  it('without a step within half an hour is open again, and everybody who was reached is paged', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(5));
    await fixed.phone('sup.north').press('收到 R-2026-000001');
    await fixed.walkTo(after(55));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0, 35, 45, 55]);
    expect(await pagesOf(fixed, 'leader')).toEqual([35, 45, 55]);
  });

  it('with a step stays with whoever took it until nine of the next morning, and so on with every step', async () => {
    const fixed = await open();
    const supervisor = fixed.phone('sup.north');
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(5));
    await supervisor.press('收到 R-2026-000001');
    await stepped(supervisor);
    // A quarter past ten in the evening: nine in the morning is less than twelve hours away, so the one after it.
    const toNine = (24 + 24 + 9) * 60 - (22 * 60 + 15);
    await fixed.walkTo(after(toNine - 1));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0]);
    await stepped(supervisor);
    await fixed.walkTo(after(toNine + 24 * 60 - 1));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0]);
    await fixed.walkTo(after(toNine + 24 * 60));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0, toNine + 24 * 60]);
  });

  it('by one who must not hear of it is undone: the county desk begins, and they read nothing', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(5));
    await fixed.phone('sup.north').press('收到 R-2026-000001');
    const [supervisor] = fixed.plan.workers.filter((w) => w.account === 'sup.north');
    await fixed.phone('dir.five').say(`别告诉${supervisor?.name ?? ''}`);
    await fixed.walkTo(after(25));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0]);
    expect(await pagesOf(fixed, 'dep.north')).toEqual([]);
    expect(await pagesOf(fixed, 'desk')).toEqual([5, 10, 20]);
    const answers = await fixed.phone('sup.north').say('查看 R-2026-000001');
    expect(answers.map((m) => m.text)).toEqual(['没有这个编号，或者没有发给您。']);
  });

  it('ends in an outcome, and its reporter hears it although three mornings had to ask for that', async () => {
    const fixed = await open();
    const supervisor = fixed.phone('sup.north');
    await fixed.phone('dir.five').say('紧急');
    await supervisor.press('收到 R-2026-000001');
    await supervisor.say('办结');
    await supervisor.press('有结果了');
    await supervisor.say('孩子在外婆家，平安');
    await supervisor.say('派出所说不归他们管');
    await supervisor.press('以后再告诉');
    await fixed.walkTo(after(4 * 24 * 60));
    const asked = async (account: string): Promise<number> =>
      (await fixed.phone(account).received()).filter((m) => m.text.includes('还没告诉报告人')).length;
    expect(await asked('sup.north')).toBeGreaterThanOrEqual(3);
    expect(await asked('desk')).toBe(1);
    await supervisor.say('回复报告人 R-2026-000001');
    await supervisor.say('孩子平安，谢谢您');
    const told = (await fixed.phone('dir.five').received()).map((m) => m.text);
    expect(told.filter((text) => text.includes('孩子平安，谢谢您'))).toHaveLength(1);
    const before = await asked('sup.north');
    await fixed.walkTo(after(8 * 24 * 60));
    expect(await asked('sup.north')).toBe(before);
  });

  it('ends a page that is stored and not yet claimed', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    const { store } = fixed;
    const sent = await store.client.outbox.findFirstOrThrow({ where: { key: { startsWith: 'page:' } } });
    await fixed.phone('sup.north').press('收到 R-2026-000001');
    await store.commit({
      guards: [],
      writes: [{ op: 'update', table: 'Outbox', id: sent.id, set: { state: 'queued', attempts: 0 } }],
    });
    await fixed.beat();
    const row = await store.client.outbox.findUniqueOrThrow({ where: { id: sent.id } });
    expect([row.state, row.error]).toEqual(['dropped', 'pointless']);
  });
});

describe('a rung nobody fills', () => {
  const nobody = async (fixed: PlanningCounty, account: string): Promise<string[]> =>
    (await fixed.phone(account).received()).map((m) => m.text).filter((text) => text.includes('通知不到人'));

  it('is skipped at once, and the desk is told once', async () => {
    const fixed = await open(without('sup.north'));
    await fixed.phone('dir.five').say('紧急');
    expect(await pagesOf(fixed, 'dep.north')).toEqual([0]);
    await fixed.walkTo(after(120));
    expect(await nobody(fixed, 'desk')).toEqual([
      '紧急报告R-2026-000001：督导员这一级通知不到人，请您找人接手。',
    ]);
    expect(await nobody(fixed, 'leader')).toEqual([]);
  });

  it('in the middle of the ladder does not make the next one wait', async () => {
    const fixed = await open(without('dep.north'));
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(after(30));
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0, 10, 20, 30]);
    expect(await pagesOf(fixed, 'desk')).toEqual([10, 20, 30]);
    expect(await pagesOf(fixed, 'leader')).toEqual([30]);
    expect(await nobody(fixed, 'desk')).toHaveLength(1);
  });

  it('and the one above it: the page goes to whoever is left', async () => {
    const fixed = await open(without('sup.north', 'dep.north', 'desk'));
    await fixed.phone('dir.five').say('紧急');
    expect(await pagesOf(fixed, 'leader')).toEqual([0]);
  });

  it('is not told of where the supervisor reports: the deputy is paged at once, the reporter never', async () => {
    const fixed = await open();
    await fixed.phone('sup.north').say('紧急');
    await fixed.walkTo(after(40));
    expect(await pagesOf(fixed, 'dep.north')).toEqual([0, 10, 20, 30, 40]);
    expect(await pagesOf(fixed, 'sup.north')).toEqual([]);
    expect(await nobody(fixed, 'desk')).toEqual([]);
  });

  it('a second supervisor of the township is paged where the first one reports', async () => {
    const second = { account: 'sup.two', name: '北督二', role: 'supervisor', area: NORTH } as const;
    const fixed = await open({ ...FIXED_COUNTY, workers: [...FIXED_COUNTY.workers, second] });
    await fixed.phone('sup.north').say('紧急');
    await fixed.walkTo(after(5));
    expect(await pagesOf(fixed, 'sup.two')).toEqual([0]);
    expect(await pagesOf(fixed, 'dep.north')).toEqual([]);
  });
});

describe('somebody of the ladder who is named as the one who did it', () => {
  it.each([
    ['in the first words', ['紧急 北督导打的，孩子脸上有伤'], 'named'],
    ['in a later word', ['紧急 孩子脸上有伤', '是北督导打的'], 'named'],
    ['and whoever the reporter only wants kept out', ['紧急 孩子脸上有伤，别告诉北督导'], 'asked'],
  ])('%s stands on record as what they are', async (_, words, why) => {
    const fixed = await open();
    for (const text of words) await fixed.phone('dir.five').say(text);
    const kept = await fixed.store.client.reportExclusion.findMany();
    // 北督导 may be the deputy too, who has the same family name.
    expect(new Set(kept.map((row) => row.why))).toEqual(new Set([why]));
  });
});

describe('a relative of the child on the ladder', () => {
  const PHONE = '10000000777';

  /** The township's supervisor has the telephone of the first child's guardian. */
  async function related(): Promise<PlanningCounty> {
    const fixed = await open();
    const { store } = fixed;
    const supervisor = await store.client.worker.findUniqueOrThrow({ where: { account: 'sup.north' } });
    const phoneIndex = store.sealing.blindIndex('phone', PHONE);
    const child = await store.client.child.findUniqueOrThrow({ where: { code: 'C0' } });
    const bond = { childId: child.id, relation: '父亲', workplace: null, awaySince: null };
    await store.commit({
      guards: [],
      writes: [
        update('Worker', supervisor.id, { phoneIndex }),
        insert('Guardian', { id: idOf('31', 1), name: '甲父', phone: PHONE, phoneIndex, mergeIndex: 'm' }),
        insert('Guardianship', { id: idOf('32', 1), guardianId: idOf('31', 1), ...bond }),
      ],
    });
    return fixed;
  }

  it('is skipped from the first page on, with the reason on record, and the desk begins', async () => {
    const fixed = await related();
    await fixed.phone('dir.five').say('紧急 甲一被打了');
    expect(await pagesOf(fixed, 'desk')).toEqual([0]);
    expect(await pagesOf(fixed, 'sup.north')).toEqual([]);
    expect((await fixed.store.client.reportExclusion.findMany()).map(({ why }) => why)).toEqual(['family']);
  });

  it('is skipped from the moment the child is named, and hears of reports about other children', async () => {
    const fixed = await related();
    await fixed.phone('dir.five').say('紧急');
    expect(await pagesOf(fixed, 'sup.north')).toEqual([0]);
    await fixed.phone('dir.five').say('甲一被打了');
    expect(await pagesOf(fixed, 'desk')).toEqual([0]);
    await fixed.phone('sup.north').say('收到');
    expect((await fixed.store.client.mandatoryReport.findFirstOrThrow()).state).toBe('open');
  });
});
