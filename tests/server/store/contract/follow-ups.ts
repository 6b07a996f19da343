import { describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import { openFollowUps } from '../../../../server/store/follow-ups.ts';
import type { FollowUpRow } from '../../../../server/store/generated/tables.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

function followUp(id: string, childId: string, dueOn: string, over: Partial<FollowUpRow> = {}) {
  return insert(
    'FollowUp',
    sampleRow('FollowUp', 1, {
      id,
      childId,
      dueOn,
      state: 'open',
      openedAt: '2026-11-23T01:00:00.000Z',
      ...over,
    }),
  );
}

export function describeFollowUps(world: World): void {
  describe('follow-ups', () => {
    const store = useStore(world);

    it('open ones are found by child, the earliest due first, with their words readable', async () => {
      await store().commit(
        batchOf(
          followUp('f1', 'anna', '2026-12-05', { text: '带作业本', concernId: null }),
          followUp('f2', 'anna', '2026-12-01', { text: null, concernId: 'c1' }),
          followUp('f3', 'anna', '2026-11-30', { state: 'done' }),
          followUp('f4', 'anna', '2026-11-30', { state: 'dropped' }),
          followUp('f5', 'bert', '2026-12-02'),
          followUp('f6', 'carl', '2026-12-02'),
        ),
      );
      const found = await openFollowUps(store(), ['anna', 'bert', 'nobody']);
      expect([...found].map(([child, list]) => [child, list.map((f) => f.id)])).toEqual([
        ['anna', ['f2', 'f1']],
        ['bert', ['f5']],
      ]);
      expect(found.get('anna')).toMatchObject([
        { kind: 'concern', concernId: 'c1', text: null, dueOn: '2026-12-01' },
        { kind: 'promise', concernId: null, text: '带作业本', dueOn: '2026-12-05' },
      ]);
      expect(await openFollowUps(store(), [])).toEqual(new Map());
    });
  });
}
