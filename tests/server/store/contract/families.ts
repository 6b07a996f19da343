import { describe, expect, it } from 'vitest';
import { insert, update } from '../../../../server/services/batch.ts';
import { familiesOf, isNoContact } from '../../../../server/store/families.ts';
import { soughtChildren } from '../../../../server/store/sought-children.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { day } from '../../domain/cadence/family.ts';
import { useStore, type World } from './use-store.ts';

const TODAY = day('2026-11-23');

export function describeFamilies(world: World): void {
  describe('a family, as it is read before a visit', () => {
    const store = useStore(world);

    it('is who lives there; nothing sealed, no number of somebody not to be contacted', async () => {
      const child = (id: string) =>
        insert(
          'Child',
          sampleRow('Child', 1, { id, code: id, identityIndex: id, householdId: 'h', endsOn: null }),
        );
      await store().commit(
        batchOf(
          child('one'),
          child('two'),
          insert('Household', sampleRow('Household', 1, { id: 'h', address: '上坪组3号' })),
          insert('Guardian', sampleRow('Guardian', 1, { id: 'father', phone: '10000000001' })),
          insert('Guardianship', sampleRow('Guardianship', 1, { childId: 'one', guardianId: 'father' })),
          insert('Carer', sampleRow('Carer', 1, { id: 'granny', phone: '10000000002' })),
          insert(
            'CareArrangement',
            sampleRow('CareArrangement', 1, { childId: 'one', carerId: 'granny', untilOn: null }),
          ),
          insert('NoContact', {
            ...sampleRow('NoContact', 1, { id: 'mark', personKind: 'guardian', personId: 'father' }),
            reason: 'protection',
            fromOn: TODAY,
            liftedAt: null,
          }),
        ),
      );
      const family = (await familiesOf(store(), ['one'], TODAY)).get('one');
      expect(family?.siblingIds).toEqual(['two']);
      expect(family?.hamlet).toBe('上坪组');
      expect(family?.adults.map((a) => [a.kind, a.phone, a.noContact?.reason ?? null])).toEqual([
        ['carer', '10000000002', null],
        ['guardian', null, 'protection'],
      ]);
      expect(JSON.stringify(family)).not.toContain('Child-sealed');
      expect(await isNoContact(store(), 'father', TODAY)).toBe(true);
      expect(await isNoContact(store(), 'father', day('2026-11-22'))).toBe(false); // from its day on

      await store().commit(batchOf(update('NoContact', 'mark', { liftedAt: '2026-11-23T02:00:00.000Z' })));
      const after = (await familiesOf(store(), ['one'], TODAY)).get('one');
      expect(after?.adults.map((a) => a.phone)).toEqual(['10000000002', '10000000001']);
      expect(await isNoContact(store(), 'father', TODAY)).toBe(false);
    });
  });

  describe('a child that a county desk asks for', () => {
    const store = useStore(world);

    it('is found by its whole name, in its own county, while it is in the system', async () => {
      const area = (code: string, countyCode: string) =>
        insert('Area', sampleRow('Area', 1, { code, kind: 'village', name: `村${code}`, countyCode }));
      const child = (id: string, name: string, villageCode: string, endsOn: string | null = null) =>
        insert(
          'Child',
          sampleRow('Child', 1, { id, code: id, identityIndex: id, name, villageCode, endsOn }),
        );
      await store().commit(
        batchOf(
          area('v1', 'here'),
          area('v2', 'there'),
          child('one', '李小明', 'v1'),
          child('namesake', '李小明', 'v1'),
          child('other', '林小红', 'v1'),
          child('left', '李小明', 'v1', '2026-11-01'),
          child('far', '李小明', 'v2'),
          child('short', '李', 'v1'),
          insert(
            'Assignment',
            sampleRow('Assignment', 1, {
              villageCode: 'v1',
              workerId: 'director',
              childId: null,
              fromOn: '2026-01-01',
              untilOn: null,
            }),
          ),
        ),
      );
      const ask = async (words: string | null, ids: readonly string[] = []) =>
        (await soughtChildren(store(), 'here', { words, ids }, TODAY)).map((c) => c.id);
      expect(await ask('不得联系 李小明爸爸')).toEqual(['namesake', 'one']);
      expect(await ask('小明')).toEqual([]);
      expect(await ask(null, ['other'])).toEqual(['other']);
      expect(await ask('林小红', ['one'])).toEqual(['one', 'other']);
      expect(await ask(null, ['far'])).toEqual([]);
      const [found] = await soughtChildren(store(), 'here', { words: null, ids: ['one'] }, TODAY);
      expect(found).toMatchObject({ name: '李小明', village: '村v1', directorIds: ['director'] });
    });
  });
}
