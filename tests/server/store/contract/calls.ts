import { describe, expect, it } from 'vitest';
import { insert, insertOnce } from '../../../../server/services/batch.ts';
import { callsToAsk, callsToldTo, callsUnderWay, nextCallAskAt } from '../../../../server/store/calls.ts';
import type { CallRequestRow } from '../../../../server/store/generated/tables.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { ending, useStore, type World } from './use-store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();

function call(id: string, over: Partial<CallRequestRow> = {}) {
  const row = {
    id,
    concernId: `c-${id}`,
    state: 'open',
    openFor: `c-${id}`,
    nextAskAt: at(5),
    ...over,
  } as const;
  return insert('CallRequest', sampleRow('CallRequest', 1, row));
}

function told(callId: string, workerId: string) {
  const row = sampleRow('CallRecipient', 1, { id: `${callId} ${workerId}`, callId, workerId });
  return insertOnce('CallRecipient', row);
}

export function describeCalls(world: World): void {
  describe('calls', () => {
    const store = useStore(world);

    it('those that are not closed are asked about when their time has come, the longest waiting first', async () => {
      await store().commit(
        batchOf(
          call('second', { nextAskAt: at(5) }),
          call('first', { nextAskAt: at(2), state: 'made' }),
          call('later', { nextAskAt: at(6) }),
          call('closed', { nextAskAt: at(1), state: 'closed', openFor: null }),
        ),
      );
      const ids = async (limit: number) => (await callsToAsk(store(), at(5), limit)).map((c) => c.id);
      expect(await ids(10)).toEqual(['first', 'second']);
      expect(await ids(1)).toEqual(['first']);
      expect(await nextCallAskAt(store(), at(2))).toBe(at(5));
      expect(await nextCallAskAt(store(), at(6))).toBe(null);
    });

    it('the same worry has one call at a time, and another once it is closed', async () => {
      const again = (id: string, over: Partial<CallRequestRow>) =>
        ending(store().commit(batchOf(call(id, { concernId: 'c', openFor: 'c', ...over }))));
      expect(await again('a', { state: 'closed', openFor: null })).toBe('written');
      expect(await again('b', { said: '他在旁边' })).toBe('written');
      expect(await again('c', {})).toBe('stale');
      const underWay = await callsUnderWay(store(), ['c', 'nothing']);
      expect([...underWay].map(([concern, row]) => [concern, row.id, row.said])).toEqual([
        ['c', 'b', '他在旁边'],
      ]);
      expect(await callsUnderWay(store(), [])).toEqual(new Map());
    });

    it('a worker sees the calls they were asked to make, with whom to call and which child, until they are closed', async () => {
      await store().commit(
        batchOf(
          insert('Worker', sampleRow('Worker', 1, { id: 'dora', name: '郑玉兰', phone: '10000000001' })),
          insert('Worker', sampleRow('Worker', 2, { id: 'anna', name: '周明远' })),
          insert('Child', sampleRow('Child', 1, { id: 'child', name: '李小明' })),
          insert('Concern', sampleRow('Concern', 1, { id: 'c-open', childId: 'child' })),
          call('open', { directorId: 'dora', said: '等一下', askedAt: at(2) }),
          call('made', { directorId: 'dora', state: 'made', answeredBy: 'anna', askedAt: at(1) }),
          call('closed', { state: 'closed', openFor: null }),
          call('of others'),
          ...['open', 'made', 'closed'].map((id) => told(id, 'anna')),
          told('open', 'bert'),
          told('of others', 'carl'),
        ),
      );
      const byWorker = await callsToldTo(store(), ['anna', 'emil']);
      expect((byWorker.get('anna') ?? []).map((c) => [c.call.id, c.madeBy])).toEqual([
        ['made', '周明远'],
        ['open', ''],
      ]);
      expect(byWorker.get('anna')?.[1]).toMatchObject({
        call: { said: '等一下' },
        director: { name: '郑玉兰', phone: '10000000001' },
        childId: 'child',
        childName: '李小明',
      });
      expect([...(byWorker.get('anna')?.[1]?.recipientIds ?? [])].sort()).toEqual(['anna', 'bert']);
      expect(byWorker.get('emil')).toEqual([]);
      expect(await callsToldTo(store(), [])).toEqual(new Map());
    });

    it('somebody asked again is on the list once', async () => {
      await store().commit(batchOf(call('open')));
      for (const id of ['x', 'y']) {
        const row = sampleRow('CallRecipient', 1, { id, callId: 'open', workerId: 'anna' });
        await store().commit(batchOf(insertOnce('CallRecipient', row)));
      }
      const calls = (await callsToldTo(store(), ['anna'])).get('anna') ?? [];
      expect(calls.map((c) => c.recipientIds)).toEqual([['anna']]);
    });
  });
}
