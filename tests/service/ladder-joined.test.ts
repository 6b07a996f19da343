import { afterEach, expect, it, vi } from 'vitest';
import type { PhoneMessage } from '../support/phone.ts';
import { FIXED_COUNTY, PlanningCounty } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Tuesday 24 November, ten in the morning. */
const MORNING = '2026-11-24T02:00:00.000Z';
const after = (minutes: number): string => new Date(Date.parse(MORNING) + minutes * 60_000).toISOString();
const NUMBERS = [1, 2, 3, 4].map((n) => `R-2026-00000${String(n)}`);

let county: PlanningCounty;
afterEach(() => county.close());

/** The pages a phone got at a minute. */
async function pagesAt(account: string, minutes: number): Promise<readonly PhoneMessage[]> {
  const all = await county.phone(account).received();
  return all.filter((m) => m.lane === 'urgent' && m.at === after(minutes) && m.text.includes('请按'));
}

it('four reports that climb at once are one message with all numbers, and 收到 is said of each alone', async () => {
  county = await PlanningCounty.open(FIXED_COUNTY, MORNING);
  await county.beat();
  for (const account of ['dir.five', 'dir.high', 'dir.pair1', 'dir.pair2'])
    await county.phone(account).say('紧急');
  expect(await pagesAt('sup.north', 0)).toHaveLength(4); // each was told as it came
  await county.walkTo(after(10));
  for (const account of ['sup.north', 'dep.north']) {
    const pages = await pagesAt(account, 10);
    expect(pages.map(({ text }) => text)).toEqual([
      `有4件紧急报告还没人收到，请按“查看”。\n${NUMBERS.join('、')}`,
    ]);
    expect(pages[0]?.options.map(({ label }) => label)).toEqual(NUMBERS.map((number) => `查看 ${number}`));
  }
  const supervisor = county.phone('sup.north');
  await supervisor.press('查看 R-2026-000003');
  await supervisor.press('收到 R-2026-000003');
  await county.walkTo(after(20));
  const open = NUMBERS.filter((number) => number !== 'R-2026-000003');
  const singles = await pagesAt('sup.north', 20);
  expect(singles.map(({ text }) => NUMBERS.filter((number) => text.includes(number))).flat()).toEqual(open);
});
