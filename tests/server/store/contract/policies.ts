import { describe, expect, it } from 'vitest';
import { FUJIAN_PLAN_POLICY } from '../../../../server/domain/cadence/policy.ts';
import { policiesFor } from '../../../../server/domain/cadence/policy-timeline.ts';
import { parseLocalDate } from '../../../../server/domain/local-date.ts';
import { enterPolicy } from '../../../../server/policy/enter-policy.ts';
import { insert } from '../../../../server/services/batch.ts';
import type { AreaRow } from '../../../../server/store/generated/tables.ts';
import { carePolicies, policyStoreOf } from '../../../../server/store/policies.ts';
import { settingWrite } from '../../../../server/store/settings.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf, rowsOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

const CITY = '990100';
const [NEAR, FAR] = ['990101', '990201'];
const FILE = "area: '990100'\nfrom: 2026-12-01\nsource: 榕安市民政局 通知\ntalkDays: 3\n";

const area = (code: string, kind: AreaRow['kind'], countyCode: string | null, cityCode: string | null) =>
  insert('Area', {
    code,
    name: `地${code}`,
    kind,
    parentCode: null,
    townshipCode: null,
    countyCode,
    cityCode,
  });
const child = (id: string, villageCode: string, tier: 'low' | 'high', endsOn: string | null) =>
  insert('Child', sampleRow('Child', 1, { id, code: id, identityIndex: id, villageCode, tier, endsOn }));

export function describePolicies(world: World): void {
  describe('versions of the care policy', () => {
    const store = useStore(world);
    const enter = (text: string) => {
      const today = parseLocalDate('2026-11-25');
      if (!today) throw new Error('no such day');
      let made = 0;
      const newId = () => `audit-${text.length}-${String((made += 1))}`;
      const entering = { store: policyStoreOf(store()), at: new Date(0), today, dryRun: false, newId };
      return enterPolicy(entering, text);
    };
    const seed = () =>
      store().commit(
        batchOf(
          area(CITY, 'city', null, CITY),
          area(NEAR, 'county', NEAR, CITY),
          area(FAR, 'county', FAR, '990200'),
          area(`${NEAR}001001`, 'village', NEAR, CITY),
          area(`${FAR}001001`, 'village', FAR, '990200'),
          child('a', `${NEAR}001001`, 'low', null),
          child('b', `${NEAR}001001`, 'high', '2026-12-02'),
          child('c', `${NEAR}001001`, 'high', '2026-12-01'),
          child('d', `${FAR}001001`, 'high', null),
          child('e', 'nowhere', 'low', null),
          settingWrite('last-planned-on', '2026-11-25'),
        ),
      );

    it('are the plan itself where none is kept, and beside a county version that came without it', async () => {
      expect(await carePolicies(store())).toEqual([FUJIAN_PLAN_POLICY]);
      const county = { ...FUJIAN_PLAN_POLICY, id: NEAR, areaCode: NEAR };
      await store().commit(batchOf(policyStoreOf(store()).write(county)));
      expect(await carePolicies(store())).toEqual([FUJIAN_PLAN_POLICY, county]);
    });

    it('count the children in the system on their first day, county by county', async () => {
      await seed();
      const on = parseLocalDate('2026-12-01');
      const counted = on && (await policyStoreOf(store()).children(on));
      expect(new Set(counted)).toEqual(
        new Set([
          { countyCode: NEAR, tier: 'high', children: 1 },
          { countyCode: NEAR, tier: 'low', children: 1 },
          { countyCode: FAR, tier: 'high', children: 1 },
          { countyCode: null, tier: 'low', children: 1 },
        ]),
      );
    });

    it('are kept once with the plan and one line of the audit trail, and hold in the counties of a city', async () => {
      await seed();
      expect(await enter(FILE)).toMatchObject({
        kind: 'entered',
        changes: [{ field: 'talkDays', children: 2 }],
      });
      expect(await enter(FILE)).toMatchObject({ kind: 'known' });
      const rows = await rowsOf(store(), 'CarePolicyVersion', '"id"');
      expect(rows.map(({ id }) => id)).toEqual(['990100@1', 'fujian-plan@1']);
      expect(await rowsOf(store(), 'AuditEvent', '"seq"')).toMatchObject([
        { action: 'enter-policy', subject: '990100@1' },
      ]);
      const all = await carePolicies(store());
      expect(policiesFor(all, NEAR).map(({ talkDays }) => talkDays)).toEqual([7, 3]);
      expect(policiesFor(all, FAR).map(({ talkDays }) => talkDays)).toEqual([7]);
    });

    it('two desks that enter different ones at once both keep theirs, numbered one after the other', async () => {
      await seed();
      const other = FILE.replace('talkDays: 3', 'talkDays: 2');
      const ended = await Promise.all([enter(FILE), enter(other.replace('2026-12-01', '2026-12-02'))]);
      expect(ended.map(({ kind }) => kind)).toEqual(['entered', 'entered']);
      const rows = await rowsOf(store(), 'CarePolicyVersion', '"id"');
      expect(rows.map(({ id }) => id)).toEqual(['990100@1', '990100@2', 'fujian-plan@1']);
    });
  });
}
