import { afterEach, describe, expect, it, vi } from 'vitest';
import { FIXED_COUNTY, PlanningCounty, type CountyPlan } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Tuesday 24 November, two in the afternoon. */
const BEGUN = '2026-11-24T06:00:00.000Z';
const MINUTE_MS = 60_000;
const after = (minutes: number): string => new Date(Date.parse(BEGUN) + minutes * MINUTE_MS).toISOString();
/** Minutes until eight in the morning of the days that follow. */
const MORNING = 18 * 60;
const DAY = 24 * 60;

let county: PlanningCounty | null = null;
afterEach(async () => {
  await county?.close();
  county = null;
});

/** 五主任 is worried about 甲二 and cannot talk. */
async function worried(plan: CountyPlan = FIXED_COUNTY): Promise<PlanningCounty> {
  county = await PlanningCounty.open(plan, BEGUN);
  await county.beat();
  await worry(county, 'dir.five', '甲二');
  return county;
}

async function worry(fixed: PlanningCounty, account: string, child: string): Promise<void> {
  await fixed.phone(account).say(`今天去看了${child}，见到了，奶奶在`);
  await fixed.phone(account).press('有担心');
  await fixed.phone(account).press('等我走开');
}

const without = (...accounts: string[]): CountyPlan => ({
  ...FIXED_COUNTY,
  workers: FIXED_COUNTY.workers.filter((w) => !accounts.includes(w.account)),
});

/** The minutes after the beginning at which somebody was asked to call. */
async function askedOf(fixed: PlanningCounty, account: string, words = '回个电话'): Promise<number[]> {
  const messages = (await fixed.phone(account).received()).filter(
    (m) => m.lane === 'urgent' && m.text.includes(words),
  );
  return messages.map((m) => (Date.parse(m.at) - Date.parse(BEGUN)) / MINUTE_MS);
}

async function stateOf({ store }: PlanningCounty): Promise<(string | null)[]> {
  const call = await store.client.callRequest.findFirstOrThrow();
  return [call.state, call.outcome];
}

describe('a call nobody makes', () => {
  it('is asked for at once, after half an hour, after two hours and every morning at eight, and it climbs', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(MORNING + 2 * DAY + 60));
    const mornings = [MORNING, MORNING + DAY, MORNING + 2 * DAY];
    // On the third morning 北督 has a list, and it begins with the call.
    expect(await askedOf(fixed, 'sup.north')).toEqual([0, 30, 120, ...mornings.slice(0, 2)]);
    const [list = ''] = await fixed.textsOf('sup.north', '2026-11-27');
    expect(list.split('\n')).toContain('有1个电话要回：');
    expect(await askedOf(fixed, 'dep.north')).toEqual([30, 120, ...mornings]);
    expect(await askedOf(fixed, 'desk')).toEqual([120, ...mornings]);
    expect(await askedOf(fixed, 'leader')).toEqual([]);
    expect(await askedOf(fixed, 'dir.five')).toEqual([]);
  });

  it('is asked for once a step however often the service restarts in between', async () => {
    const fixed = await worried();
    for (let minutes = 15; minutes <= 135; minutes += 15) {
      await fixed.walkTo(after(minutes));
      await fixed.restart();
      await fixed.beat();
    }
    expect(await askedOf(fixed, 'sup.north')).toEqual([0, 30, 120]);
    expect(await askedOf(fixed, 'desk')).toEqual([120]);
  });

  it('after an outage over several steps is asked for once, of everybody the ladder has reached', async () => {
    const fixed = await worried();
    await fixed.stop();
    fixed.clock.pass(150 * MINUTE_MS);
    await fixed.start();
    await fixed.beat();
    await fixed.walkTo(after(MORNING));
    expect(await askedOf(fixed, 'sup.north')).toEqual([0, 150, MORNING]);
    expect(await askedOf(fixed, 'dep.north')).toEqual([150, MORNING]);
    expect(await askedOf(fixed, 'desk')).toEqual([150, MORNING]);
  });

  it('names no child, no village and no reason', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(MORNING));
    const words = [...fixed.plan.children.map((c) => c.name), '村', '镇', '担心', '危险', '孩子', '上报'];
    for (const account of ['sup.north', 'dep.north', 'desk']) {
      const asked = (await fixed.phone(account).received()).filter((m) => m.text.includes('回个电话'));
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.flatMap(({ text }) => words.filter((word) => text.includes(word)))).toEqual([]);
    }
  });

  it('passes over a role nobody holds at once, and the desk is told once', async () => {
    const fixed = await worried(without('sup.north'));
    expect(await askedOf(fixed, 'dep.north')).toEqual([0]);
    await fixed.walkTo(after(MORNING));
    const nobody = (await fixed.phone('desk').received()).map((m) => m.text);
    expect(nobody.filter((text) => text.includes('通知不到人'))).toEqual([
      '给五主任回电话的事，督导员这一级通知不到人，请您找人打。',
    ]);
  });

  it('a township with nobody but the county: the desk is asked at once', async () => {
    const fixed = await worried(without('sup.north', 'dep.north'));
    expect(await askedOf(fixed, 'desk')).toEqual([0]);
    await fixed.phone('desk').press('打过了');
    await fixed.phone('desk').press('通了，之后跟进');
    await fixed.phone('desk').press('五主任');
    await fixed.phone('desk').press('3天后 11月27日(周五)');
    expect(await stateOf(fixed)).toEqual(['closed', 'follow-up']);
    const followUp = await fixed.store.client.followUp.findFirstOrThrow();
    expect([followUp.state, followUp.dueOn]).toEqual(['open', '2026-11-27']);
  });
});

describe('a call nobody makes in the evening', () => {
  /** Ten in the evening: everybody's quiet hours have begun at nine. */
  const LATE = 8 * 60;
  const lateOnes = async (): Promise<PlanningCounty> => {
    county = await PlanningCounty.open(FIXED_COUNTY, BEGUN);
    await county.beat();
    await county.walkTo(after(LATE));
    await worry(county, 'dir.five', '甲二');
    return county;
  };

  it('is asked for at once, wakes nobody again, and is asked for in the morning', async () => {
    const fixed = await lateOnes();
    await fixed.walkTo(after(MORNING + 60));
    expect(await askedOf(fixed, 'sup.north')).toEqual([LATE, MORNING]);
    expect(await askedOf(fixed, 'dep.north')).toEqual([MORNING]);
    expect(await askedOf(fixed, 'desk')).toEqual([MORNING]);
  });

  it('of two people is one message in the morning, and 打过了 asks which', async () => {
    const fixed = await lateOnes();
    await worry(fixed, 'dir.high', '乙一');
    await fixed.walkTo(after(MORNING + 60));
    const morning = (await fixed.phone('sup.north').received()).filter(
      (m) => m.lane === 'urgent' && Date.parse(m.at) === Date.parse(after(MORNING)),
    );
    expect(morning.map((m) => m.text.split('\n')[0])).toEqual(['有2个电话要回：']);
    await fixed.phone('sup.north').press('打过了');
    expect((await fixed.phone('sup.north').received()).at(-1)?.text).toBe('是哪一个电话？');
  });

  it('waits for the end of quiet hours that last into the morning', async () => {
    const fixed = await lateOnes();
    const set = { quietUntilMinutes: 9 * 60 };
    const { id } = await fixed.store.client.chatAccount.findFirstOrThrow({
      where: { externalId: 'sup.north' },
    });
    await fixed.store.commit({ guards: [], writes: [{ op: 'update', table: 'ChatAccount', id, set }] });
    await fixed.walkTo(after(MORNING + 120));
    expect(await askedOf(fixed, 'sup.north')).toEqual([LATE, MORNING + 60]);
  });
});

describe('打过了', () => {
  it('ends the asking, and the others hear who called', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(45));
    await fixed.phone('dep.north').say('打过了');
    await fixed.phone('dep.north').press('通了，没事');
    await fixed.walkTo(after(MORNING + DAY));
    expect(await askedOf(fixed, 'sup.north')).toEqual([0, 30]);
    expect(await askedOf(fixed, 'sup.north', '北副督给五主任打电话了')).toEqual([45]);
    expect(await askedOf(fixed, 'desk')).toEqual([]);
    expect(await stateOf(fixed)).toEqual(['closed', 'well']);
  });

  it('is heard by the director in words that say nothing', async () => {
    const fixed = await worried();
    await fixed.phone('sup.north').press('打过了');
    const last = (await fixed.phone('dir.five').received()).at(-1);
    expect(last?.text).toMatch(/^北督导说给您打过电话了。\n没接到的话，可以打过去：\d+$/u);
  });

  it('ends a question that is stored and not yet claimed', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(30));
    const { store } = fixed;
    const sent = await store.client.outbox.findFirstOrThrow({ where: { key: { startsWith: 'call:' } } });
    await fixed.phone('sup.north').press('打过了');
    const set = { state: 'queued', attempts: 0 };
    await store.commit({ guards: [], writes: [{ op: 'update', table: 'Outbox', id: sent.id, set }] });
    await fixed.beat();
    const row = await store.client.outbox.findUniqueOrThrow({ where: { id: sent.id } });
    expect([row.state, row.error]).toEqual(['dropped', 'pointless']);
  });

  it('without an outcome only the caller is asked, after half an hour, two hours and every morning', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(40));
    await fixed.phone('sup.north').press('打过了');
    await fixed.walkTo(after(MORNING + DAY));
    const asked = await askedOf(fixed, 'sup.north', '结果怎么样');
    expect(asked).toEqual([70, 160, MORNING, MORNING + DAY]);
    expect(await askedOf(fixed, 'dep.north', '结果怎么样')).toEqual([]);
    expect(await askedOf(fixed, 'dep.north')).toEqual([30]);
  });

  it('没接: it is asked for again within half an hour, and goes on by the schedule', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(60));
    await fixed.phone('sup.north').say('打过了，没接');
    expect(await stateOf(fixed)).toEqual(['open', 'no-answer']);
    await fixed.walkTo(after(MORNING));
    expect(await askedOf(fixed, 'sup.north')).toEqual([0, 30, 90, 120, MORNING]);
  });

  it('twice by two people in the same moment is one call, made by the first', async () => {
    const fixed = await worried();
    await fixed.walkTo(after(30));
    await Promise.all([fixed.phone('sup.north').press('打过了'), fixed.phone('dep.north').press('打过了')]);
    const texts = (await fixed.phone('dir.five').received()).filter((m) => m.text.includes('打过电话'));
    expect(texts).toHaveLength(1);
  });
});

describe('the same worry', () => {
  it('asked for again while its call is open is no second task; another worry is one', async () => {
    const fixed = await worried();
    const calls = () => fixed.store.client.callRequest.count();
    const [concern] = await fixed.store.client.concern.findMany();
    const call = await fixed.store.client.callRequest.findFirstOrThrow();
    expect([call.concernId, call.openFor]).toEqual([concern?.id, concern?.id]);
    await worry(fixed, 'dir.high', '乙一');
    expect(await calls()).toBe(2);
  });
});

describe('the lists', () => {
  it('the digest of whoever was asked begins with whom to call, and no child in that line', async () => {
    const fixed = await worried();
    // From the first of December something is overdue: there is a digest.
    await fixed.walkTo('2026-12-01T04:00:00.000Z');
    const [digest = ''] = (await fixed.textsOf('sup.north', '2026-12-01')).filter((t) => t.includes('逾期'));
    const lines = digest.split('\n');
    expect(lines[0]).toMatch(/^有\d+个孩子逾期$/u);
    expect(lines[1]).toBe('有1个电话要回：');
    expect(lines[2]).toMatch(/^五主任：\d+，11月24日 14:00请的$/u);
    const other = (await fixed.textsOf('dep.north', '2026-12-01')).filter((t) => t.includes('逾期'));
    expect(other).toEqual([]);
    // What stands in the list is not said again beside it; whoever has no list is asked as every morning.
    const asked = async (account: string) =>
      (await fixed.textsOf(account, '2026-12-01')).filter((t) => t.includes('回个电话')).length;
    expect([await asked('sup.north'), await asked('dep.north')]).toEqual([0, 1]);
  });
});
