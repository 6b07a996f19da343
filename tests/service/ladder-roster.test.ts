import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insert, update, type Write } from '../../server/services/batch.ts';
import {
  FIXED_COUNTY,
  idOf,
  COUNTY,
  NORTH,
  PlanningCounty,
  SOUTH,
  type CountyPlan,
} from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Tuesday 24 November, a quarter past ten in the evening. */
const NIGHT = '2026-11-24T14:15:00.000Z';
const MINUTE_MS = 60_000;
const after = (minutes: number): string => new Date(Date.parse(NIGHT) + minutes * MINUTE_MS).toISOString();

/** 新督导 works in the other township as yet. */
const COUNTY_PLAN: CountyPlan = {
  ...FIXED_COUNTY,
  workers: [...FIXED_COUNTY.workers, { account: 'sup.new', name: '新督导', role: 'supervisor', area: SOUTH }],
};

let county: PlanningCounty;
beforeEach(async () => {
  county = await PlanningCounty.open(COUNTY_PLAN, NIGHT);
  await county.beat();
});
afterEach(async () => {
  await county.close();
});

function workerId(account: string): string {
  return idOf(
    '1',
    COUNTY_PLAN.workers.findIndex((w) => w.account === account),
  );
}

function accountId(account: string): string {
  return idOf(
    '5',
    COUNTY_PLAN.workers.findIndex((w) => w.account === account),
  );
}

async function commit(...writes: Write[]): Promise<void> {
  await county.store.commit({ guards: [], writes });
}

/** From now on this person stands on the roster of the township, for ever. */
async function rostered(account: string, fromOn: string): Promise<void> {
  const line = {
    areaCode: NORTH,
    role: 'supervisor',
    workerId: workerId(account),
    fromOn,
    untilOn: null,
  } as const;
  await commit(insert('DutyRosterEntry', { id: idOf('71', 1), ...line, replacesId: null, filedAt: NIGHT }));
}

/** 新督导 comes to the township in the place of whoever was there. */
async function replaced(): Promise<void> {
  await commit(
    update('Worker', workerId('sup.north'), { areaCode: SOUTH }),
    update('Worker', workerId('sup.new'), { areaCode: NORTH }),
  );
}

async function leaves(...accounts: string[]): Promise<void> {
  await commit(...accounts.map((account) => update('Worker', workerId(account), { state: 'left' })));
}

/** The minutes after the opening at which a phone was paged. */
async function pagesOf(account: string): Promise<number[]> {
  const messages = (await county.phone(account).received()).filter((m) => m.text.includes('请按'));
  return messages.map((m) => (Date.parse(m.at) - Date.parse(NIGHT)) / MINUTE_MS);
}

/** How often the record says that the roster of today was taken in. */
async function takenIn(): Promise<number> {
  const lines = await county.store.client.reportEntry.findMany({ where: { kind: 'unreachable' } });
  return lines
    .map((line) => county.store.open('ReportEntry', line as never))
    .filter((l) => l.text === 'roster').length;
}

describe('a report under way', () => {
  it('goes on to whoever was on duty at its opening, whoever is entered in the roster since', async () => {
    await county.phone('dir.five').say('紧急');
    await rostered('sup.new', '2026-11-24');
    await county.walkTo(after(20));
    expect(await pagesOf('sup.north')).toEqual([0, 10, 20]);
    expect(await pagesOf('sup.new')).toEqual([]);
    await county.phone('dir.high').say('紧急');
    expect(await pagesOf('sup.new')).toEqual([20]);
    expect(await takenIn()).toBe(0);
  });

  it('follows the roster of its opening into the next day', async () => {
    await rostered('sup.new', '2026-11-25');
    await county.phone('dir.five').say('紧急');
    await commit({
      op: 'update',
      table: 'DutyRosterEntry',
      id: idOf('71', 1),
      set: { untilOn: '2026-11-24' },
    });
    await county.walkTo(after(110));
    expect(await pagesOf('sup.new')).toEqual([110]);
  });

  it('stays with the supervisor of its opening, although somebody else has the post now', async () => {
    await county.phone('dir.five').say('紧急');
    await replaced();
    await county.walkTo(after(10));
    expect(await pagesOf('sup.north')).toEqual([0, 10]);
    expect(await pagesOf('sup.new')).toEqual([]);
  });

  it('does not wait for somebody who has left: the next rung is paged with the next page', async () => {
    await county.phone('dir.five').say('紧急');
    await leaves('sup.north', 'dep.north');
    await county.walkTo(after(10));
    expect(await pagesOf('sup.north')).toEqual([0]);
    expect(await pagesOf('desk')).toEqual([10]);
  });

  it('does not wait for somebody whose account is gone', async () => {
    await county.phone('dir.five').say('紧急');
    await commit(update('ChatAccount', accountId('sup.north'), { goneAt: after(1) }));
    await commit(update('ChatAccount', accountId('dep.north'), { goneAt: after(1) }));
    await county.walkTo(after(10));
    expect(await pagesOf('desk')).toEqual([10]);
  });

  it('takes in the roster of today where nobody of its own is left, says so once, and stays with both', async () => {
    await county.phone('dir.five').say('紧急');
    await replaced();
    await leaves('sup.north', 'dep.north', 'desk', 'leader');
    await county.walkTo(after(20));
    expect(await pagesOf('sup.new')).toEqual([10, 20]);
    expect(await takenIn()).toBe(1);
    await commit(update('Worker', workerId('desk'), { state: 'active' }));
    await county.walkTo(after(30));
    expect(await pagesOf('sup.new')).toEqual([10, 20, 30]);
    expect(await pagesOf('desk')).toEqual([30]);
  });

  it('does so at once where whoever is left of it must not hear of the report', async () => {
    await county.phone('dir.five').say('紧急');
    await leaves('desk', 'leader');
    await commit(update('Worker', workerId('sup.new'), { role: 'county-desk', areaCode: COUNTY }));
    await county.phone('dir.five').say('别告诉北督导');
    await county.beat();
    expect(await pagesOf('sup.new')).toEqual([0]);
    expect(await takenIn()).toBe(1);
  });

  it('climbs for thirty days although everybody of its roster left on the first', async () => {
    await county.phone('dir.five').say('紧急');
    await replaced();
    await leaves('sup.north', 'dep.north', 'desk', 'leader');
    await county.walkTo(after(30 * 24 * 60));
    const pages = await pagesOf('sup.new');
    expect(pages.length).toBeGreaterThan(12 + 22 + 28 * 3);
    expect(pages.at(-1)).toBeGreaterThan(29.5 * 24 * 60);
    expect(await takenIn()).toBe(1);
  });
});
