import { describe, expect, it } from 'vitest';
import { insert, type Write } from '../../../../server/services/batch.ts';
import type { ChatAccountRow, WorkerRow } from '../../../../server/store/generated/tables.ts';
import { accountByExternalId, dutyAhead, holdersOf, roleHolders } from '../../../../server/store/people.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { day } from '../../domain/cadence/family.ts';
import { useStore, type World } from './use-store.ts';

const TODAY = day('2026-11-23');

function worker(id: string, role: WorkerRow['role'], over: Partial<WorkerRow> = {}): Write {
  const row = { id, code: id, account: id, name: `名${id}`, areaCode: 'township', state: 'active' } as const;
  return insert('Worker', sampleRow('Worker', 1, { ...row, role, ...over }));
}

function onDuty(
  workerId: string,
  role: 'supervisor' | 'deputy',
  fromOn: string,
  untilOn: string | null,
): Write {
  const id = `${workerId} ${role} ${fromOn}`;
  const own = { replacesId: null, filedAt: null };
  return insert('DutyRosterEntry', { id, areaCode: 'township', role, workerId, fromOn, untilOn, ...own });
}

function account(id: string, over: Partial<ChatAccountRow> = {}): Write {
  const row = { id, externalId: id, channel: 'simulator', personKind: 'worker', personId: id } as const;
  return insert('ChatAccount', sampleRow('ChatAccount', 1, { ...row, goneAt: null, ...over }));
}

export function describePeople(world: World): void {
  describe('who fills a role', () => {
    const store = useStore(world);
    const holders = async (...areas: string[]) =>
      (await roleHolders(store(), areas, TODAY, 'simulator'))
        .map((h) => `${h.areaCode} ${h.role} ${h.workerId}`)
        .sort();

    it('without a roster everybody who holds the role does, unless they have left', async () => {
      await store().commit(
        batchOf(
          worker('anna', 'supervisor'),
          worker('bert', 'supervisor'),
          worker('carl', 'supervisor', { state: 'left' }),
          worker('dora', 'deputy'),
          worker('emil', 'director'),
          worker('other', 'supervisor', { areaCode: 'elsewhere' }),
        ),
      );
      expect(await holders('township')).toEqual([
        'township deputy dora',
        'township supervisor anna',
        'township supervisor bert',
      ]);
      expect(await holders()).toEqual([]);
      expect(await holders('township', 'elsewhere')).toContain('elsewhere supervisor other');
    });

    it('the duty roster goes before the role, for its role and its days only', async () => {
      await store().commit(
        batchOf(
          worker('anna', 'supervisor'),
          worker('bert', 'supervisor'),
          worker('dora', 'deputy'),
          onDuty('dora', 'supervisor', '2026-11-23', '2026-11-23'), // a deputy stands in, today only
        ),
      );
      expect(await holders('township')).toEqual(['township deputy dora', 'township supervisor dora']);
      const tomorrow = await roleHolders(store(), ['township'], day('2026-11-24'), 'simulator');
      expect(tomorrow.map((h) => h.workerId).sort()).toEqual(['anna', 'bert', 'dora']);
    });

    it.each([
      ['a duty that is over', '2026-11-01', '2026-11-22'],
      ['a duty that has not begun', '2026-11-24', null],
    ])('%s fills nothing', async (_what, from, until) => {
      await store().commit(
        batchOf(
          worker('anna', 'supervisor'),
          worker('bert', 'deputy'),
          onDuty('bert', 'supervisor', from, until),
        ),
      );
      expect(await holders('township')).toEqual(['township deputy bert', 'township supervisor anna']);
    });

    it('the roster of the days ahead names who is on duty from when until when, with their numbers', async () => {
      await store().commit(
        batchOf(
          worker('anna', 'supervisor', { phone: '13800000001' }),
          worker('dora', 'deputy', { phone: null }),
          worker('gone', 'supervisor', { state: 'left' }),
          onDuty('dora', 'supervisor', '2026-11-25', '2026-11-26'),
          onDuty('gone', 'deputy', '2026-11-01', null),
        ),
      );
      const ahead = await dutyAhead(store(), ['township'], TODAY, day('2026-11-29'));
      expect(ahead.map((d) => [d.role, d.name, d.phone, d.fromOn, d.untilOn])).toEqual([
        ['supervisor', '名anna', '13800000001', '2026-11-23', '2026-11-24'],
        ['deputy', '名dora', null, '2026-11-23', '2026-11-29'],
        ['supervisor', '名dora', null, '2026-11-25', '2026-11-26'],
        ['supervisor', '名anna', '13800000001', '2026-11-27', '2026-11-29'],
      ]);
    });

    it('somebody on the roster who has left does not empty the role', async () => {
      await store().commit(
        batchOf(
          worker('anna', 'supervisor'),
          worker('gone', 'supervisor', { state: 'left' }),
          onDuty('gone', 'supervisor', '2026-01-01', null),
        ),
      );
      expect(await holders('township')).toEqual(['township supervisor anna']);
    });

    it('comes with name, number and the account on this channel; null where there is none', async () => {
      await store().commit(
        batchOf(
          worker('anna', 'supervisor', { phone: '13800000001' }),
          worker('bert', 'supervisor', { phone: null }),
          account('anna'),
          account('bert', { id: 'bert on telegram', channel: 'telegram' }),
        ),
      );
      const [anna, bert] = await roleHolders(store(), ['township'], TODAY, 'simulator');
      expect(anna).toMatchObject({ name: '名anna', phone: '13800000001', account: { id: 'anna' } });
      expect(bert).toMatchObject({ name: '名bert', phone: null, account: null });
    });
  });

  describe('who is behind an account', () => {
    const store = useStore(world);

    it('a worker with their area; a stranger with nobody; somebody who left is nobody', async () => {
      await store().commit(
        batchOf(
          insert('Area', sampleRow('Area', 1, { code: 'township', name: '溪口镇' })),
          worker('anna', 'supervisor'),
          worker('gone', 'director', { state: 'left' }),
          account('anna'),
          account('gone'),
          account('stranger', { personKind: null, personId: null }),
        ),
      );
      const found = await holdersOf(store(), ['anna', 'gone', 'stranger', 'unknown']);
      expect(found.get('anna')).toMatchObject({ worker: { name: '名anna' }, area: { name: '溪口镇' } });
      expect(found.get('gone')).toMatchObject({ worker: null, area: null });
      expect(found.get('stranger')).toMatchObject({ worker: null, familyVillage: null });
      expect(found.has('unknown')).toBe(false);
      expect(await accountByExternalId(store(), 'simulator', 'anna')).toMatchObject({ personId: 'anna' });
      expect(await accountByExternalId(store(), 'telegram', 'anna')).toBeNull();
    });

    it.each(['guardian', 'carer'] as const)('a %s belongs to the village of the child', async (kind) => {
      const link =
        kind === 'guardian'
          ? insert('Guardianship', sampleRow('Guardianship', 1, { childId: 'child', guardianId: 'wang' }))
          : insert('CareArrangement', sampleRow('CareArrangement', 1, { childId: 'child', carerId: 'wang' }));
      await store().commit(
        batchOf(
          insert('Area', sampleRow('Area', 1, { code: 'village', kind: 'village' })),
          insert('Child', sampleRow('Child', 1, { id: 'child', villageCode: 'village' })),
          link,
          account('wang', { personKind: kind }),
        ),
      );
      expect((await holdersOf(store(), ['wang'])).get('wang')).toMatchObject({
        worker: null,
        familyVillage: { code: 'village' },
      });
    });
  });
}
