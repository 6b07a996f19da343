import { describe, expect, it } from 'vitest';
import { insert, update } from '../../../../server/services/batch.ts';
import { familiesOf, isNoContact } from '../../../../server/store/families.ts';
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
}
