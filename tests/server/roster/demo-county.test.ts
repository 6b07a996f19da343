import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoEncounters } from '../../../prisma/seed/demo-history.ts';
import { seedDemo } from '../../../prisma/seed/demo-county.ts';
import { DEMO_CHILDREN, demoFiles } from '../../../prisma/seed/demo-roster.ts';
import { FUJIAN_PLAN_POLICY } from '../../../server/domain/cadence/policy.ts';
import type { ChildFacts } from '../../../server/domain/cadence/child-facts.ts';
import { standingOf } from '../../../server/domain/cadence/standing.ts';
import { addDays, type LocalDate } from '../../../server/domain/local-date.ts';
import { checkRoster, NOTHING_STORED } from '../../../server/roster/check-roster.ts';
import { TIERS } from '../../../server/roster/choices.ts';
import type { RosterProblem } from '../../../server/roster/problems.ts';
import { childrenOfVillages } from '../../../server/store/caseloads.ts';
import { carePolicies } from '../../../server/store/policies.ts';
import { readSetting } from '../../../server/store/settings.ts';
import { allRows, emptyStore, importInto, newId, type TestStore } from './import-world.ts';
import { day } from './sample-roster.ts';

const EVERY_DAY = Array.from({ length: 366 }, (_, n) => addDays(day('2028-01-01'), n));
const SEEDED_DAYS = ['2026-11-24', '2027-01-01', '2028-02-29', '2027-07-01'].map(day);

/** What the children of the demo owe on a day, without any store: done, due or overdue. */
function standings(today: LocalDate): { village: number; is: 'done' | 'due' | 'overdue' }[] {
  const begunOn = addDays(today, -70);
  return DEMO_CHILDREN.map(({ child, village }, n) => {
    const tier = TIERS.get(child.tier) ?? 'medium';
    const encounters = demoEncounters(child, tier, n, begunOn, today);
    expect(encounters.every(({ on }) => on >= begunOn && on <= today)).toBe(true);
    const facts: ChildFacts = {
      childId: String(n),
      dutiesFrom: begunOn,
      registration: 'import',
      tierChanges: [{ on: begunOn, tier }],
      boarder: child.boarder,
      absences: child.away ? [{ from: addDays(today, -21), until: null }] : [],
      endsOn: null,
      encounters: encounters.map(({ on, mode }, at) => ({ id: String(at), on, mode, childSeen: true })),
      importedLastContactOn: null,
      importedLastVisitOn: null,
    };
    const { open, overdue } = standingOf(facts, [FUJIAN_PLAN_POLICY], today);
    return { village, is: overdue.length > 0 ? 'overdue' : open.length > 0 ? 'due' : 'done' };
  });
}

const among = (list: ReturnType<typeof standings>, is: string, villages: (village: number) => boolean) =>
  list.filter((child) => child.is === is && villages(child.village)).length;

describe('the demo county', () => {
  it('gives its first director something due and somebody overdue on every day of a year', () => {
    for (const today of EVERY_DAY) {
      const list = standings(today);
      const first = (village: number): boolean => village === 0;
      expect([today, among(list, 'overdue', first) > 0, among(list, 'due', first) > 0]).toEqual([
        today,
        true,
        true,
      ]);
    }
  });

  it('gives every township a few overdue and some done children on every day of a year', () => {
    for (const today of EVERY_DAY) {
      const list = standings(today);
      for (const township of [0, 1, 2]) {
        const here = (village: number): boolean => Math.floor(village / 4) === township;
        const overdue = among(list, 'overdue', here);
        expect([today, township, overdue >= 1 && overdue <= 8, among(list, 'done', here) > 0]).toEqual([
          today,
          township,
          true,
          true,
        ]);
      }
    }
  });

  it('passes the checker on any day without a refused row', async () => {
    for (const today of EVERY_DAY.filter((_, n) => n % 31 === 0)) {
      const problems: RosterProblem[] = [];
      const watch = {
        problems: async (found: readonly RosterProblem[]) => void problems.push(...found),
        checked: () => undefined,
        written: () => undefined,
      };
      const { summaries } = await checkRoster(demoFiles(addDays(today, -70)), NOTHING_STORED, today, watch);
      expect(summaries.map(({ counts }) => counts.refused)).toEqual([0, 0, 0]);
      expect(problems.map((p) => p.code)).toEqual(['top-blank']);
    }
  });

  it('has twelve children in one village, sound-alikes, a boarder, a child away and siblings', () => {
    const inVillage = (n: number) =>
      DEMO_CHILDREN.filter(({ village }) => village === n).map(({ child }) => child);
    expect(inVillage(1)).toHaveLength(12);
    expect(inVillage(0).map((c) => c.name)).toEqual(expect.arrayContaining(['陈思雨', '陈思宇']));
    expect(inVillage(0).map((c) => c.nickname)).toEqual(expect.arrayContaining(['小明', '小红']));
    const all = DEMO_CHILDREN.map(({ child }) => child);
    expect([all.some((c) => c.boarder), all.some((c) => c.away), all.some((c) => c.sibling)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(new Set(all.map((c) => c.name)).size).toBe(all.length);
  });
});

describe('seeding the demo county', () => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await emptyStore();
  });
  afterEach(() => opened.close());

  it.each(SEEDED_DAYS)('stores it with its history, as it is to be read on %s', async (today) => {
    const { store } = opened;
    await seedDemo(store, today, newId);
    const { client } = store;
    expect(await readSetting(store, 'demo')).toBe('yes');
    expect([await client.area.count(), await client.worker.count(), await client.child.count()]).toEqual([
      17, 21, 59,
    ]);
    const director = await client.worker.findFirst({ where: { account: 'dir.00001' } });
    const village = await client.assignment.findFirst({ where: { workerId: director?.id ?? '' } });
    const children = await childrenOfVillages(
      store,
      [village?.villageCode ?? ''],
      await carePolicies(store),
      today,
    );
    expect(children.some((c) => c.standing.overdue.length > 0)).toBe(true);
    expect(children.some((c) => c.standing.overdue.length === 0 && c.standing.open.length > 0)).toBe(true);
    expect(await client.contact.count({ where: { takenOn: { gt: today } } })).toBe(0);
    const bound = await client.chatAccount.findMany({ where: { personKind: 'guardian' } });
    expect(bound.length).toBeGreaterThan(5);
    expect(bound.every((a) => a.externalId === `guardian:${a.personId ?? ''}` && a.linkedAt !== null)).toBe(
      true,
    );
  });

  it('goes into an empty database only', async () => {
    const { store } = opened;
    const today = day('2026-11-24');
    await importInto(store, demoFiles(today), today);
    const before = await allRows(store);
    await expect(seedDemo(store, today, newId)).rejects.toThrow('empty');
    expect(await allRows(store)).toEqual(before);
  });
});
