import { afterEach, describe, expect, it, vi } from 'vitest';
import { shanghaiInstant } from '../../server/domain/local-date.ts';
import { insert, type Write } from '../../server/services/batch.ts';
import {
  day,
  idOf,
  NORTH,
  PlanningCounty,
  village,
  type CountyPlan,
  type PlannedWorker,
} from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

const at = (date: string, hour: number): string => shanghaiInstant(day(date), hour * 60).toISOString();

const A = village(NORTH, 1);
const B = village(NORTH, 2);
const WORKERS: readonly PlannedWorker[] = [
  { account: 'dir.li', name: '李主任', role: 'director', area: A, villages: [A] },
  { account: 'dir.wang', name: '王主任', role: 'director', area: B, villages: [B] },
  { account: 'sup', name: '督导', role: 'supervisor', area: NORTH },
];
const PLAN: CountyPlan = {
  dutiesFrom: '2026-11-01',
  today: '2026-11-20',
  workers: WORKERS,
  children: [{ name: '安安', tier: 'medium', village: A }],
};

let county: PlanningCounty | null = null;
async function open(leave: Write | null): Promise<PlanningCounty> {
  county = await PlanningCounty.open(PLAN, at('2026-11-26', 0));
  if (leave) await county.store.commit({ guards: [], writes: [leave] });
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

const leaveOf = (substituteId: string | null, fromOn: string, untilOn: string): Write =>
  insert('WorkerLeave', {
    id: idOf('8', 1),
    workerId: idOf('1', 0),
    substituteId,
    fromOn,
    untilOn,
    filedAt: at('2026-11-25', 9),
  });

const digests = async (fixed: PlanningCounty): Promise<Record<string, string[]>> => {
  const heard = await fixed.heard();
  return Object.fromEntries(
    Object.entries(heard).map(([who, lines]) => [who, lines.map((l) => l.slice(0, 5))]),
  );
};

describe('a director on leave', () => {
  it('gets no digest, the substitute does, and from the day after it is as before', async () => {
    const fixed = await open(leaveOf(idOf('1', 1), '2026-11-26', '2026-11-29'));
    await fixed.walkTo(at('2026-11-29', 23));
    expect(await digests(fixed)).toEqual({ 'dir.wang': ['11-26', '11-27'] });
    await fixed.walkTo(at('2026-11-30', 12));
    expect(await digests(fixed)).toEqual({ 'dir.wang': ['11-26', '11-27'], 'dir.li': ['11-30'] });
    const told = await fixed.store.client.plannedWork.findMany({ where: { state: 'told' } });
    const keys = told.map((row) => row.key);
    expect(keys).toEqual([...new Set(keys)]); // one duty reminds one person
  });

  it('sees the substitute file for these children, who may do so only while the leave lasts', async () => {
    const fixed = await open(leaveOf(idOf('1', 1), '2026-11-26', '2026-11-27'));
    await fixed.walkTo(at('2026-11-26', 9));
    expect((await fixed.phone('dir.wang').say('待办')).map((m) => m.text).join()).toContain('安安');
    expect((await fixed.phone('dir.li').say('待办')).map((m) => m.text).join()).toContain('由王主任代');
    await fixed.walkTo(at('2026-11-28', 9));
    expect((await fixed.phone('dir.wang').say('待办')).map((m) => m.text).join()).not.toContain('安安');
    expect((await fixed.phone('dir.li').say('待办')).map((m) => m.text).join()).toContain('安安');
  });

  it('without a substitute makes whoever supervises the one who hears of what is due', async () => {
    const fixed = await open(leaveOf(null, '2026-11-26', '2026-12-05'));
    await fixed.walkTo(at('2026-12-01', 12));
    const heard = await digests(fixed);
    expect(Object.keys(heard)).toEqual(['sup']);
    const digest = (await fixed.textsOf('sup', '2026-12-01')).join();
    expect(digest).toContain('李主任请假，没有人代班：\n安安');
    expect(digest).toContain('有1个孩子这几天没有儿童主任\n李主任请假，没有人代班：\n安安');
    expect(digest).not.toContain('还没有儿童主任');
    const list = (await fixed.phone('sup').say('逾期')).map((m) => m.text).join();
    expect(list).toContain('李主任请假，没有人代班：\n安安');
    await fixed.walkTo(at('2026-12-06', 12));
    expect((await fixed.phone('sup').say('逾期')).map((m) => m.text).join()).toContain('李主任：\n安安');
  });
});
