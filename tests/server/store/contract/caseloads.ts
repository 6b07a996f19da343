import { describe, expect, it } from 'vitest';
import type { RiskTier } from '../../../../server/domain/cadence/child-facts.ts';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { cadenceColumns } from '../../../../server/services/cadence-record.ts';
import { insert, type Write } from '../../../../server/services/batch.ts';
import { childrenOfVillages } from '../../../../server/store/caseloads.ts';
import { historiesOf } from '../../../../server/store/contacts.ts';
import { villagesOfDirectors, villagesOfTownships } from '../../../../server/store/lookups.ts';
import { childrenAfter, plannedEnd, plannedOf } from '../../../../server/store/planning.ts';
import { carePolicies, policyWrite } from '../../../../server/store/policies.ts';
import { townshipLines } from '../../../../server/store/tables.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { child as factsOf, day, visits } from '../../domain/cadence/family.ts';
import { useStore, type World } from './use-store.ts';

const TODAY = day('2026-11-23');

function village(code: string): Write {
  const row = {
    code,
    kind: 'village',
    townshipCode: 'township',
    countyCode: 'county',
    name: `${code}村`,
  } as const;
  return insert('Area', sampleRow('Area', 1, row));
}

function director(id: string): Write {
  const row = { id, code: id, account: id, name: `主任${id}`, role: 'director', state: 'active' } as const;
  return insert('Worker', sampleRow('Worker', 1, row));
}

function assigned(
  workerId: string,
  villageCode: string,
  childId: string | null = null,
  from = '2026-01-01',
  until: string | null = null,
): Write {
  const id = [workerId, villageCode, childId ?? 'all', from].join(' ');
  return insert('Assignment', { id, workerId, villageCode, childId, fromOn: from, untilOn: until });
}

interface Told {
  readonly tier?: RiskTier;
  readonly visitedOn?: readonly string[];
  readonly endsOn?: string | null;
  readonly bornOn?: string;
}

function child(
  id: string,
  villageCode: string,
  { tier = 'low', visitedOn = [], endsOn = null, bornOn = '2015-11-23' }: Told = {},
): Write {
  const facts = factsOf(tier, {
    childId: id,
    encounters: visits(...visitedOn),
    endsOn: endsOn === null ? null : day(endsOn),
  });
  const own = {
    id,
    code: id,
    identityIndex: id,
    name: `孩子${id}`,
    nickname: null,
    villageCode,
    tier,
    endsOn,
    bornOn,
  };
  return insert('Child', { ...sampleRow('Child', 1, own), ...cadenceColumns(facts, TODAY) });
}

const FILED_AT = '2026-11-01T02:00:00.000Z';

export function describeCaseloads(world: World): void {
  describe('a caseload', () => {
    const store = useStore(world);
    const load = (...codes: string[]) => childrenOfVillages(store(), codes, [FUJIAN_PLAN_POLICY], TODAY);
    const directorsOf = async (...codes: string[]) =>
      Object.fromEntries((await load(...codes)).map((c) => [c.id, [...c.directors].sort()]));

    it('an assigned child belongs to its own director, every other one to all directors of the village', async () => {
      await store().commit(
        batchOf(
          village('east'),
          village('west'),
          ...['anna', 'bert', 'carl'].map(director),
          assigned('anna', 'east'),
          assigned('bert', 'east'),
          assigned('carl', 'east', 'c2'),
          ...['c1', 'c2'].map((id) => child(id, 'east')),
          child('c3', 'west'),
        ),
      );
      expect(await directorsOf('east', 'west')).toEqual({
        c1: ['主任anna', '主任bert'],
        c2: ['主任carl'],
        c3: [],
      });
      expect(await directorsOf('west')).toEqual({ c3: [] });
      expect(await load()).toEqual([]);
    });

    it('a substitute answers from the first to the last day of the term, both included', async () => {
      await store().commit(
        batchOf(
          village('east'),
          ...['anna', 'past', 'today', 'next'].map(director),
          assigned('past', 'east', null, '2026-01-01', '2026-11-22'),
          assigned('today', 'east', null, TODAY, TODAY),
          assigned('next', 'east', null, '2026-11-24'),
          assigned('past', 'east', 'c2', '2026-01-01', '2026-11-22'), // when it ends, the village answers again
          child('c1', 'east'),
          child('c2', 'east'),
        ),
      );
      expect(await directorsOf('east')).toEqual({ c1: ['主任today'], c2: ['主任today'] });
      const villages = await villagesOfDirectors(store(), ['past', 'today', 'next', 'anna'], TODAY);
      expect(Object.fromEntries(villages)).toEqual({ past: [], today: ['east'], next: [], anna: [] });
    });

    it('whose directors are all on leave names them; one who is stood in for, or has a colleague, is not', async () => {
      const leave = (workerId: string, substituteId: string | null, fromOn = TODAY as string) =>
        insert('WorkerLeave', {
          id: `leave-${workerId}`,
          workerId,
          substituteId,
          fromOn,
          untilOn: '2026-12-31',
          filedAt: FILED_AT,
        });
      await store().commit(
        batchOf(
          ...['east', 'west', 'north', 'south'].map((code) => village(code)),
          ...['anna', 'bert', 'carl', 'dora', 'eva'].map(director),
          ...['anna', 'bert'].map((id) => assigned(id, 'east')),
          ...['carl', 'dora'].map((id) => assigned(id, 'west')),
          assigned('eva', 'north'),
          leave('anna', null),
          leave('bert', 'anna'),
          leave('carl', null),
          leave('eva', 'dora'),
          ...['east', 'west', 'north', 'south'].map((code, n) => child(`c${String(n + 1)}`, code)),
        ),
      );
      const loaded = await load('east', 'west', 'north', 'south');
      const away = Object.fromEntries(loaded.map((c) => [c.id, [...(c.onLeave ?? [])].sort()]));
      expect(away).toEqual({ c1: ['主任anna', '主任bert'], c2: [], c3: [], c4: [] });
    });

    it('a director of a village and of one child in it answers for the village once', async () => {
      await store().commit(
        batchOf(
          director('anna'),
          assigned('anna', 'east'),
          assigned('anna', 'east', 'c1'),
          assigned('anna', 'a'),
        ),
      );
      expect((await villagesOfDirectors(store(), ['anna'], TODAY)).get('anna')).toEqual(['a', 'east']);
    });

    it.each([
      ['2026-11-22', []],
      ['2026-11-23', []],
      ['2026-11-24', ['c1']],
    ])('a child who leaves the system on %s: on the caseload %j', async (endsOn, ids) => {
      await store().commit(batchOf(village('east'), child('c1', 'east', { endsOn })));
      expect((await load('east')).map((c) => c.id)).toEqual(ids);
    });

    it('the overdue come first, high risk before low, then what is due soonest', async () => {
      const fresh = ['2026-11-20'];
      await store().commit(
        batchOf(
          village('east'),
          child('content', 'east', { visitedOn: fresh }),
          child('late-low', 'east'),
          child('late-high', 'east', { tier: 'high' }),
          child('due', 'east', { visitedOn: ['2026-09-20', '2026-10-20'] }),
        ),
      );
      const loaded = await load('east');
      expect(loaded.map((c) => c.id)).toEqual(['late-high', 'late-low', 'due', 'content']);
      expect(loaded.map((c) => c.standing.overdue.length > 0)).toEqual([true, true, false, false]);
    });

    it('a child comes readable, with village, age and the revision it was read at', async () => {
      await store().commit(
        batchOf(
          village('east'),
          child('today', 'east', { bornOn: '2015-11-23' }),
          child('tomorrow', 'east', { bornOn: '2015-11-24' }),
        ),
      );
      const byId = new Map((await load('east')).map((c) => [c.id, c]));
      expect(byId.get('today')).toMatchObject({
        name: '孩子today',
        nickname: null,
        village: 'east村',
        ageYears: 11,
        rev: 1,
      });
      expect(byId.get('tomorrow')?.ageYears).toBe(10);
    });

    it('a history is what was recorded and neither corrected nor withdrawn', async () => {
      const contact = (id: string, over: object) =>
        insert('Contact', {
          ...sampleRow('Contact', 1, {
            id,
            childId: 'c1',
            takenOn: '2026-11-01',
            mode: 'home',
            childSeen: true,
            withdrawn: false,
            supersededById: null,
            filedAt: FILED_AT,
          }),
          ...over,
        });
      await store().commit(
        batchOf(
          child('c1', 'east'),
          child('c2', 'east'),
          contact('kept', {}),
          contact('unseen', { childSeen: null, mode: 'phone' }),
          contact('corrected', { supersededById: 'kept' }),
          contact('taken back', { withdrawn: true }),
        ),
      );
      const histories = await historiesOf(store(), ['c1', 'c2', 'c1', 'nobody']);
      const encounters = [...(histories.get('c1')?.facts.encounters ?? [])].sort((a, b) =>
        a.id < b.id ? -1 : 1,
      );
      expect(encounters).toEqual([
        { id: 'kept', on: '2026-11-01', mode: 'home', childSeen: true, filedAt: FILED_AT },
        { id: 'unseen', on: '2026-11-01', mode: 'phone', childSeen: false, filedAt: FILED_AT },
      ]);
      expect(histories.get('c2')?.facts.encounters).toEqual([]);
      expect(histories.has('nobody')).toBe(false);
    });
  });

  describe('what planning reads', () => {
    const store = useStore(world);

    it('slices of children meet every child once, in the order of their ids', async () => {
      const ids = Array.from({ length: 25 }, (_, n) => `c${String(n).padStart(2, '0')}`);
      await store().commit(
        batchOf(
          ...[...ids].reverse().map((id) => child(id, 'east')),
          child('c25 leaves later', 'east', { endsOn: '2026-11-24' }),
          child('gone', 'east', { endsOn: '2026-01-01' }),
          child('gone today', 'east', { endsOn: TODAY }),
        ),
      );
      const met: string[] = [];
      for (let slice = await childrenAfter(store(), TODAY, '', 10); slice.length > 0;) {
        met.push(...slice.map((c) => c.id));
        slice = await childrenAfter(store(), TODAY, slice.at(-1)?.id ?? '', 10);
      }
      expect(met).toEqual([...ids, 'c25 leaves later']);
    });

    it('a table counts a child who leaves on a later day, and none who has left', async () => {
      const area = (code: string, kind: 'county' | 'township', parentCode: string | null) =>
        insert('Area', sampleRow('Area', 1, { code, kind, parentCode, name: code, countyCode: 'county' }));
      await store().commit(
        batchOf(
          area('township', 'township', 'county'),
          village('east'),
          child('stays', 'east', { visitedOn: ['2026-11-10'] }),
          child('leaves later', 'east', { endsOn: '2026-12-15' }),
          child('gone', 'east', { endsOn: TODAY }),
        ),
      );
      expect(await townshipLines(store(), 'county', TODAY)).toEqual([
        { name: 'township', children: 2, overdue: 1 },
      ]);
    });

    it('planned stages are found until they are told or answered', async () => {
      const stage = (key: string, childId: string) =>
        insert(
          'PlannedWork',
          sampleRow('PlannedWork', 1, { key, childId, state: 'planned', toldAt: null, toldIn: null }),
        );
      await store().commit(batchOf(stage('a', 'c1'), stage('b', 'c1'), stage('c', 'c2'), stage('d', 'c3')));
      await store().commit(batchOf(plannedEnd('a', 'told', '2026-11-23T01:00:00.000Z', 'digest')));
      expect((await plannedOf(store(), ['c1', 'c2'])).map((row) => row.key).sort()).toEqual(['b', 'c']);
    });

    it('villages by township, in the order of their codes', async () => {
      await store().commit(
        batchOf(
          village('b'),
          village('a'),
          insert('Area', sampleRow('Area', 1, { townshipCode: 'township', kind: 'township' })),
        ),
      );
      const found = await villagesOfTownships(store(), ['township', 'empty']);
      expect(Object.fromEntries(found)).toEqual({ township: ['a', 'b'], empty: [] });
    });

    it('without a kept policy the plan holds; kept ones come in the order of their days', async () => {
      expect(await carePolicies(store())).toEqual([FUJIAN_PLAN_POLICY]);
      const later = { ...FUJIAN_PLAN_POLICY, version: 2, validFrom: day('2027-01-01') };
      await store().commit(batchOf(policyWrite(later), policyWrite(FUJIAN_PLAN_POLICY), policyWrite(later)));
      expect(await carePolicies(store())).toEqual([FUJIAN_PLAN_POLICY, later]);
    });
  });
}
