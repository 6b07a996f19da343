import { afterEach, describe, expect, it, vi } from 'vitest';
import { insert, update, type Write } from '../../server/services/batch.ts';
import { shanghaiDate, shanghaiInstant } from '../../server/domain/local-date.ts';
import {
  childWrite,
  day,
  FIXED_COUNTY,
  FIXED_START,
  idOf,
  NORTH,
  PlanningCounty,
  village,
  type CountyPlan,
  type PlannedWorker,
} from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

const at = (date: string, hour: number, minute = 0): string =>
  shanghaiInstant(day(date), hour * 60 + minute).toISOString();

let county: PlanningCounty | null = null;
async function open(plan: CountyPlan, start = FIXED_START): Promise<PlanningCounty> {
  county = await PlanningCounty.open(plan, start);
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

const A = village(NORTH, 1);
const LI: PlannedWorker = { account: 'dir.li', name: '李主任', role: 'director', area: A, villages: [A] };
const SUPERVISOR: PlannedWorker = { account: 'sup', name: '督导', role: 'supervisor', area: NORTH };

function plan(children: CountyPlan['children'], workers: readonly PlannedWorker[] = [LI]): CountyPlan {
  return { dutiesFrom: '2026-11-01', today: '2026-11-20', workers, children };
}

describe('the digest of a director', () => {
  it('is silent when nothing is due', async () => {
    const fixed = await open(
      plan([{ name: '安安', tier: 'low', village: A, encounters: [['2026-11-05', 'home']] }]),
    );
    await fixed.walkTo(at('2026-11-30', 23));
    expect(await fixed.heard()).toEqual({});
  });

  it('has no name in its first line, and what is overdue before what is due', async () => {
    const fixed = await open(FIXED_COUNTY);
    await fixed.walkTo(at('2026-12-01', 12));
    const [text = ''] = await fixed.textsOf('dir.five', '2026-12-01');
    const [first = '', ...lines] = text.split('\n');
    expect(fixed.plan.children.filter(({ name }) => first.includes(name))).toEqual([]);
    const overdue = lines.map((line) => line.includes('逾期'));
    expect(overdue).toEqual([true, true, false, false, false]);
    expect(text).not.toMatch(/高风险|中风险|低风险|HIGH|MEDIUM/i);
  });

  it('no longer holds what was filed after the planning and before the hour', async () => {
    const fixed = await open(FIXED_COUNTY);
    await fixed.walkTo(at('2026-11-27', 6));
    await fixed.phone('dir.five').say('昨天去看了甲四，奶奶在，都好，没有异常');
    for (const label of ['见到了', '保存', '未发现异常']) {
      const offered = (await fixed.phone('dir.five').received()).at(-1)?.options ?? [];
      const option = offered.find((o) => o.label.startsWith(label));
      if (option) await fixed.phone('dir.five').pressId(option.id);
    }
    expect(await fixed.store.client.contact.count()).toBe(1);
    await fixed.walkTo(at('2026-11-27', 12));
    const text = (await fixed.textsOf('dir.five', '2026-11-27')).find((t) => t.startsWith('今天有')) ?? '';
    expect(text.split('\n')[0]).toBe('今天有1件事');
    expect(text).not.toContain('甲四');
  });

  it('is dropped when everything was answered before its hour, and what was planned ends as answered', async () => {
    const fixed = await open(plan([{ name: '安安', tier: 'medium', village: A }]));
    await fixed.walkTo(at('2026-11-20', 1));
    const phone = fixed.phone('dir.li');
    await phone.say('今天去看了安安，奶奶在，都好，没有异常');
    for (const label of ['见到了', '保存', '未发现异常']) {
      const option = ((await phone.received()).at(-1)?.options ?? []).find((o) => o.label.startsWith(label));
      if (option) await phone.pressId(option.id);
    }
    expect(await fixed.store.client.contact.count()).toBe(1);
    await fixed.walkTo(at('2026-11-20', 12));
    expect(await fixed.heard()).toEqual({});
    const row = await fixed.store.client.outbox.findFirstOrThrow({ where: { kind: 'digest' } });
    expect(row.state).toBe('dropped');
    const states = await fixed.store.client.plannedWork.findMany({ select: { state: true } });
    expect(new Set(states.map((s) => s.state))).toEqual(new Set(['answered', 'merged']));
  });

  it('names seven of nine children and offers the rest', async () => {
    const names = ['安一', '安二', '安三', '安四', '安五', '安六', '安七', '安八', '安九'];
    const fixed = await open(plan(names.map((name) => ({ name, tier: 'medium', village: A }) as const)));
    await fixed.walkTo(at('2026-11-20', 12));
    const [message] = (await fixed.phone('dir.li').received()).filter((m) => m.lane === 'reminder');
    expect(message?.text.split('\n')[0]).toBe('今天有9件事');
    expect(names.filter((name) => message?.text.includes(name))).toHaveLength(7);
    expect(message?.options).toHaveLength(8);
    expect(message?.options.at(-1)?.id).toBe('c:todo');
  });

  it.each([
    ['at the hour the person chose', { digestMinutes: 19 * 60 + 15 }, '19:15'],
    ['after the quiet hours, where the chosen hour lies in them', { digestMinutes: 5 * 60 }, '07:00'],
    [
      'after a rest at noon',
      { digestMinutes: 13 * 60, quietFromMinutes: 12 * 60, quietUntilMinutes: 14 * 60 },
      '14:00',
    ],
  ])('comes %s', async (_when, settings, hour) => {
    const fixed = await open(plan([{ name: '安安', tier: 'medium', village: A }], [{ ...LI, settings }]));
    await fixed.walkTo(at('2026-11-20', 23));
    expect(await fixed.heard()).toEqual({ 'dir.li': [`11-20 ${hour} 今天有1件事`] });
  });

  it('wakes nobody when the service comes back in the night', async () => {
    const fixed = await open(plan([{ name: '安安', tier: 'medium', village: A }]));
    await fixed.walkTo(at('2026-11-20', 7));
    await fixed.stop();
    fixed.clock.pass(15 * 3_600_000 + 30 * 60_000); // half past ten in the evening
    await fixed.start();
    await fixed.beat();
    expect(await fixed.heard()).toEqual({});
    await fixed.walkTo(at('2026-11-21', 12));
    expect(await fixed.heard()).toEqual({ 'dir.li': ['11-21 08:00 今天有1件事'] });
    expect((await fixed.textsOf('dir.li', '2026-11-21')).join()).toContain('原定11月20日');
  });

  it('tells of a child imported after the day was planned, the next morning', async () => {
    const children: CountyPlan['children'] = [
      { name: '安安', tier: 'low', village: A, encounters: [['2026-11-05', 'home']] },
      { name: '新新', tier: 'low', village: A, more: { dutiesFrom: day('2026-11-24') } },
    ];
    const fixed = await open(plan(children.slice(0, 1)), at('2026-11-24', 0));
    await fixed.walkTo(at('2026-11-24', 10));
    const late = children[1];
    if (!late) throw new Error('no second child');
    await fixed.store.commit({ guards: [], writes: [childWrite(fixed.plan, late, 1)] });
    await fixed.walkTo(at('2026-11-26', 0));
    expect(await fixed.heard()).toEqual({ 'dir.li': ['11-25 08:00 今天有1件事'] });
    const keys = (await fixed.store.client.plannedWork.findMany()).map((w) => w.key);
    expect(keys.filter((key) => key.includes(idOf('2', 1)) && key.endsWith(':start'))).toHaveLength(2);
  });
});

describe('a visit that was agreed on and is not on record', () => {
  const ANAN = { name: '安安', tier: 'low', village: A, encounters: [['2026-11-05', 'home']] } as const;

  it('is named once, on the morning after its day, with what to do about it', async () => {
    const fixed = await open(plan([ANAN]));
    await agreeOn(fixed, '2026-11-21');
    await agreeOn(fixed, '2026-11-22', 2);
    await fixed.walkTo(at('2026-11-25', 12));
    expect(await fixed.heard()).toEqual({
      'dir.li': ['11-22 08:00 今天有1件事', '11-23 08:00 今天有1件事'],
    });
    const [message, next] = await fixed.phone('dir.li').received();
    expect(next?.text).toContain('11月22日');
    expect(next?.text).not.toContain('11月21日');
    expect(message?.text).toContain('11月21日(周六)下午约了安安家，还没有记录');
    expect(message?.options.map(({ label }) => label)).toEqual(['走访 安安', '改约 安安']);
  });

  it('is not named where a record came before the hour', async () => {
    const fixed = await open(plan([ANAN]));
    await agreeOn(fixed, '2026-11-21');
    await fixed.walkTo(at('2026-11-22', 6));
    await fixed.store.commit({
      guards: [],
      writes: [update('VisitAppointment', idOf('9', 1), { state: 'done', nextAt: null })],
    });
    await fixed.walkTo(at('2026-11-24', 12));
    expect(await fixed.heard()).toEqual({});
  });

  it('keeps the budget of the month: it rides along with the next digest', async () => {
    const fixed = await open(plan([ANAN]));
    await agreeOn(fixed, '2026-11-28');
    await fixed.walkTo(at('2026-11-20', 12));
    const { id: accountId } = await fixed.store.client.chatAccount.findFirstOrThrow({
      where: { externalId: 'dir.li' },
    });
    const had = [2, 3, 4, 5, 6].map((n): Write => {
      const on = `2026-11-0${String(n)}T00:00:00.000Z`;
      return insert('Outbox', {
        ...{ id: idOf('8', n), key: `digest:had:${String(n)}`, lane: 'reminder', accountId },
        ...{ sessionKey: idOf('1', 0), kind: 'digest', refs: '{"on":"2026-11-02"}', body: null },
        ...{ state: 'accepted', createdAt: on, dueAt: on, notBefore: on, retryAt: null, claimedAt: null },
        ...{
          acceptedAt: on,
          attempts: 1,
          error: null,
          causeSeq: null,
          possiblyRepeated: false,
          callId: null,
        },
      });
    });
    await fixed.store.commit({ guards: [], writes: had });
    await fixed.walkTo(at('2026-12-01', 12));
    const heard = (await fixed.heard())['dir.li'] ?? [];
    expect(heard.filter((line) => line.startsWith('11-'))).toEqual([]);
    expect((await fixed.textsOf('dir.li', '2026-12-01')).join()).toContain('约了安安家，还没有记录');
  });

  async function agreeOn(fixed: PlanningCounty, onDay: string, n = 1): Promise<void> {
    const row = {
      ...{ id: idOf('9', n), childId: idOf('2', 0), tripId: null, directorId: idOf('1', 0), onDay },
      ...({ daypart: 'afternoon', state: 'planned', told: false, toldAt: null, owed: null } as const),
      ...{ nextAt: `${onDay}T16:00:00.000Z`, reminded: false, atHome: false, wishText: null, wishOn: null },
      ...{ wishPart: null, supersedesId: null, doneById: null, createdAt: at('2026-11-19', 9), rev: 1 },
    };
    await fixed.store.commit({ guards: [], writes: [insert('VisitAppointment', row)] });
  }
});

describe('a village with two directors', () => {
  it('reminds the assigned one; the child of nobody in particular goes to both and to the supervisor as a finding', async () => {
    const fixed = await open(FIXED_COUNTY);
    await fixed.walkTo(at('2026-12-01', 12));
    const [first = ''] = await fixed.textsOf('dir.pair1', '2026-12-01');
    const [second = ''] = await fixed.textsOf('dir.pair2', '2026-12-01');
    expect([first.includes('丙一'), first.includes('丙二')]).toEqual([true, true]);
    expect([second.includes('丙一'), second.includes('丙二')]).toEqual([false, true]);
    const [supervisor = ''] = await fixed.textsOf('sup.north', '2026-12-01');
    const finding = supervisor.slice(supervisor.indexOf('有1个孩子由几位儿童主任共同负责'));
    expect(finding).toContain('丙二');
    expect(finding.split('请定下一位')[0]).not.toContain('丙一');
  });
});

describe('the digest of a supervisor', () => {
  it('lists overdue children by director in the order of names, and the child without director', async () => {
    const fixed = await open(FIXED_COUNTY);
    await fixed.walkTo(at('2026-12-01', 12));
    const [text = ''] = await fixed.textsOf('sup.north', '2026-12-01');
    const heads = ['五主任', '双甲', '高主任'].map((name) => text.indexOf(`${name}：`));
    expect(heads.every((place) => place > 0)).toBe(true);
    expect([...heads].sort((a, b) => a - b)).toEqual(heads);
    expect(text).toContain('有1个孩子还没有儿童主任');
    expect(text).not.toMatch(/第\d名|最多|最差|排名/);
    expect(text.split('\n')[0]).toBe('有5个孩子逾期');
  });

  it('says 可能没收到 of a silent director from the day after an unanswered digest, and of nobody who spoke', async () => {
    const fixed = await open(
      plan([{ name: '安安', tier: 'medium', village: A }], [LI, SUPERVISOR]),
      at('2026-11-30', 0),
    );
    await fixed.walkTo(at('2026-12-01', 12));
    const [first = ''] = await fixed.textsOf('sup', '2026-12-01');
    expect(first).toContain('李主任可能没收到提醒，请打个电话：10000000000');
    await fixed.phone('dir.li').say('菜单');
    await fixed.walkTo(at('2026-12-03', 12));
    expect((await fixed.textsOf('sup', '2026-12-03')).join()).not.toContain('可能没收到');
    await fixed.walkTo(at('2026-12-07', 12)); // the digest of the 3rd stands unanswered since four days
    expect((await fixed.textsOf('sup', '2026-12-07')).join()).toContain('可能没收到');
  });

  it('says it when it begins and once a week while it lasts, not in every digest between', async () => {
    const fixed = await open(
      plan([{ name: '安安', tier: 'medium', village: A }], [LI, SUPERVISOR]),
      at('2026-11-30', 0),
    );
    await fixed.walkTo(at('2026-12-22', 12));
    const said = (await fixed.phone('sup').received()).map(({ at: sentAt, text }) => [
      shanghaiDate(new Date(sentAt)).slice(5),
      text.includes('可能没收到'),
    ]);
    expect(said).toEqual([
      ['12-01', true],
      ['12-03', false],
      ['12-07', false],
      ['12-14', true],
      ['12-21', true],
    ]);
  });

  it('does not say it on the very day of the first question', async () => {
    const fixed = await open(
      plan(
        [{ name: '安安', tier: 'medium', village: A, more: { dutiesFrom: day('2026-10-05') } }],
        [LI, SUPERVISOR],
      ),
      at('2026-11-03', 0),
    );
    await fixed.walkTo(at('2026-11-03', 12));
    expect((await fixed.textsOf('sup', '2026-11-03')).join()).toContain('有1个孩子逾期');
    expect((await fixed.textsOf('sup', '2026-11-03')).join()).not.toContain('可能没收到');
  });

  it('holds the own children of a supervisor who stands in as a director, in the same message', async () => {
    const standIn = { ...SUPERVISOR, villages: [A] };
    const fixed = await open(
      plan([{ name: '安安', tier: 'medium', village: A }], [standIn]),
      at('2026-11-30', 0),
    );
    await fixed.walkTo(at('2026-12-01', 12));
    const texts = await fixed.textsOf('sup', '2026-12-01');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('有1个孩子逾期');
    expect(texts[0]).toContain('今天有1件事');
  });
});

describe('the county desk', () => {
  it('has one table a week, on the first working day, while something is overdue', async () => {
    const fixed = await open(FIXED_COUNTY);
    await fixed.walkTo(at('2027-01-09', 23));
    const tables = (await fixed.heard()).desk?.filter((line) => line.includes('到1')) ?? [];
    // 28 December is a Monday; 2027 is not published, so Monday 4 January is its first working day.
    expect(tables.map((line) => line.slice(0, 11))).toEqual([
      '12-07 08:00',
      '12-14 08:00',
      '12-21 08:00',
      '12-28 08:00',
      '01-04 08:00',
    ]);
  });

  it('is told once that the holidays of a year are not published', async () => {
    const fixed = await open(FIXED_COUNTY, at('2026-12-31', 0));
    await fixed.walkTo(at('2027-01-02', 12));
    await fixed.restart();
    await fixed.walkTo(at('2027-02-10', 12));
    const told = (await fixed.phone('desk').received()).filter((m) => m.text.includes('放假安排'));
    expect(told.map((m) => m.text)).toEqual(['2027年的放假安排还没公布，先按周末休息来排。']);
    expect(told[0]?.at).toBe(at('2027-01-01', 8));
    const others = fixed.plan.workers.filter((w) => w.account !== 'desk');
    for (const { account } of others)
      expect((await fixed.phone(account).received()).some((m) => m.text.includes('放假安排'))).toBe(false);
  });
});
