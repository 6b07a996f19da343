import { afterEach, describe, expect, it, vi } from 'vitest';
import { settingsFrom } from '../../server/config.ts';
import { shanghaiDate, shanghaiInstant } from '../../server/domain/local-date.ts';
import { uuidIds } from '../../server/platform/ids.ts';
import { sleep } from '../../server/platform/waiting.ts';
import { enterPolicy, type Entered } from '../../server/policy/enter-policy.ts';
import { loadSealing } from '../../server/store/keys.ts';
import { policyStoreOf } from '../../server/store/policies.ts';
import { openStore } from '../../server/store/store.ts';
import {
  COUNTY,
  day,
  FIXED_START,
  NORTH,
  PlanningCounty,
  village,
  type CountyPlan,
} from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 120_000 });

const A = village(NORTH, 1);
const PLAN: CountyPlan = {
  dutiesFrom: '2026-11-01',
  today: '2026-11-20',
  workers: [{ account: 'dir.li', name: '李主任', role: 'director', area: A, villages: [A] }],
  children: [
    { name: '安安', tier: 'low', village: A, encounters: [['2026-11-05', 'home']] },
    { name: '高高', tier: 'high', village: A, encounters: [['2026-11-10', 'home']] },
  ],
};
const FILE = `
area: '${COUNTY}'
from: 2026-12-01
source: 安县民政局 通知
tiers: { low: { visitEveryMonths: 1 }, high: { visitIntervalDays: 10 } }
stagesBeforeDays: [20, 10, 3, 0]
overdueAfterDays: [1, 2, 3, 7]
`;

let county: PlanningCounty | null = null;
afterEach(async () => {
  await county?.close();
  county = null;
});

/** What `npm run policy` does, beside the running service, as a program of its own with its own connection. */
async function enterBeside(running: PlanningCounty, text: string): Promise<Entered> {
  const url = running.databaseUrl;
  const sealing = loadSealing(settingsFrom({ NODE_ENV: 'test', DATABASE_URL: url }));
  const store = await openStore(url, sealing, { sleep }, () => uuidIds.next());
  try {
    const at = running.running.service.world.clock.now();
    const entering = { store: policyStoreOf(store), at, today: shanghaiDate(at), dryRun: false };
    return await enterPolicy({ ...entering, newId: () => uuidIds.next() }, text);
  } finally {
    await store.close();
  }
}

/** Everything planned until the middle of January, one line each; 高高 is visited on 2 December. */
async function plannedWith(file: string | null): Promise<string[]> {
  county = await PlanningCounty.open(PLAN, FIXED_START);
  await county.walkTo(shanghaiInstant(day('2026-11-25'), 12 * 60).toISOString());
  if (file !== null) expect(await enterBeside(county, file)).toMatchObject({ kind: 'entered' });
  await county.walkTo(shanghaiInstant(day('2026-12-02'), 12 * 60).toISOString());
  const phone = county.phone('dir.li');
  await phone.say('今天去看了高高，奶奶在，都好，没有异常');
  for (const label of ['见到了', '保存', '未发现异常']) {
    const option = ((await phone.received()).at(-1)?.options ?? []).find((o) => o.label.startsWith(label));
    if (option) await phone.pressId(option.id);
  }
  expect(await county.store.client.contact.count()).toBe(1);
  await county.walkTo(shanghaiInstant(day('2027-01-04'), 12 * 60).toISOString());
  const names = new Map(
    (await county.store.client.child.findMany()).map(({ id, code }) => [id, code === 'C0' ? '安安' : '高高']),
  );
  const rows = await county.store.client.plannedWork.findMany({
    orderBy: [{ stageOn: 'asc' }, { key: 'asc' }],
  });
  const lines = rows.map(
    (w) => `${w.stageOn} ${names.get(w.childId) ?? ''} ${w.kind} ${w.periodStart} ${w.stage}`,
  );
  await county.close();
  county = null;
  return lines;
}

/** By the plan alone: 安安's December contact, the new periods, and nothing of 高高 after her December visit. */
const BY_THE_PLAN = [
  '2026-12-01 安安 contact 2026-12-01 start',
  '2026-12-01 高高 visit 2026-12-01 start',
  '2026-12-21 安安 contact 2026-12-01 d10',
  '2026-12-28 安安 contact 2026-12-01 d3',
  '2026-12-31 安安 contact 2026-12-01 d0',
  '2027-01-01 安安 contact 2026-12-01 overdue1',
  '2027-01-01 安安 contact 2026-12-01 overdue3', // the 3rd is a Sunday in a holiday
  '2027-01-01 安安 contact 2027-01-01 start',
  '2027-01-01 安安 visit 2027-01-01 start',
  '2027-01-01 高高 visit 2027-01-01 start',
];

/** 高高 again within ten days of 2 December: the 12th, a Saturday. None for her visit of November, by the plan's rules. */
const WITHIN_TEN_DAYS = [
  '2026-12-02 高高 gap-visit 2026-12-02 start',
  '2026-12-09 高高 gap-visit 2026-12-02 d3',
  '2026-12-11 高高 gap-visit 2026-12-02 d0',
  '2026-12-13 高高 gap-visit 2026-12-02 overdue1',
  '2026-12-14 高高 gap-visit 2026-12-02 overdue2',
  '2026-12-15 高高 gap-visit 2026-12-02 overdue3',
  '2026-12-18 高高 gap-visit 2026-12-02 overdue7',
  '2026-12-25 高高 gap-visit 2026-12-02 overdueW1',
  '2027-01-01 高高 gap-visit 2026-12-02 overdueW2',
];

/** Two stages more for what December asks of 安安. */
const MORE_STAGES = ['2026-12-11 安安 visit 2026-12-01 d20', '2027-01-01 安安 visit 2026-12-01 overdue2'];

describe("a county's stricter version from 1 December", () => {
  it('is taken up by the running service and makes exactly the stricter reminders', async () => {
    expect(await plannedWith(null)).toEqual(BY_THE_PLAN);
    // A visit every month is also the month's contact: the same days, asked for in person.
    const inPerson = BY_THE_PLAN.map((line) => line.replace(' contact ', ' visit '));
    const expected = [...new Set([...inPerson, ...WITHIN_TEN_DAYS, ...MORE_STAGES])];
    expect((await plannedWith(FILE)).sort()).toEqual(expected.sort());
  });
});
