import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../../../server/store/generated/tables.ts';
import {
  claimWrite,
  depthByLane,
  digestsSince,
  dueRows,
  nextOutboxAt,
  orphanedRows,
  outboxIdsCausedBy,
  outboxRow,
  outcomeWrite,
  rowsById,
  supervisorDigestsOf,
  whoseLastFailed,
  type Lane,
} from '../../../../server/store/outbox.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();

function message(id: string, lane: Lane, minute: number, over: Partial<OutboxRow> = {}): OutboxRow {
  return sampleRow('Outbox', 1, {
    id,
    key: id,
    lane,
    state: 'queued',
    dueAt: at(minute),
    notBefore: at(minute),
    retryAt: null,
    ...over,
  });
}

export function describeOutbox(world: World): void {
  describe('the outbox', () => {
    const store = useStore(world);
    const keep = (...rows: OutboxRow[]) => store().commit(batchOf(...rows.map(outboxRow)));
    const due = async (minute: number, limit = 100, real = at(59)) =>
      (await dueRows(store(), at(minute), real, limit)).map((row) => row.id);

    it('serves the urgent lane first, then replies, reminders, broadcasts; within a lane by time, then by id', async () => {
      await keep(
        message('tip', 'broadcast', 0),
        message('digest', 'reminder', 1),
        message('answer b', 'reply', 3),
        message('answer a', 'reply', 3),
        message('answer early', 'reply', 2),
        message('page', 'urgent', 9),
      );
      expect(await due(9)).toEqual(['page', 'answer early', 'answer a', 'answer b', 'digest', 'tip']);
      expect(await due(9, 3)).toEqual(['page', 'answer early', 'answer a']);
      expect(await due(9, 1)).toEqual(['page']);
    });

    it('holds back what is not due on the business clock, and a retry until the real clock says so', async () => {
      await keep(
        message('now', 'urgent', 5),
        message('later', 'urgent', 6),
        message('again', 'urgent', 1, { retryAt: at(40) }),
      );
      expect(await due(5, 10, at(39))).toEqual(['now']);
      expect(await due(5, 10, at(40))).toEqual(['again', 'now']);
      expect(await nextOutboxAt(store())).toBe(at(1));
    });

    it('the same key twice is one message, with the words of the first', async () => {
      await keep(message('a', 'reply', 1, { key: 'k', body: 'first' }));
      await keep(message('b', 'reply', 1, { key: 'k', body: 'second' }));
      expect(await dueRows(store(), at(1), at(1), 10)).toMatchObject([{ id: 'a', body: 'first' }]);
    });

    it('a claimed row is frozen with its words, and found when its process is no more', async () => {
      await keep(message('a', 'reply', 1, { body: null }), message('b', 'reply', 1));
      await store().commit(batchOf(claimWrite({ id: 'a', attempts: 0, refs: '{}' }, '已保存', at(2))));
      expect(await due(9)).toEqual(['b']);
      expect(await orphanedRows(store())).toMatchObject([
        { id: 'a', body: '已保存', attempts: 1, claimedAt: at(2) },
      ]);
      await store().commit(batchOf(outcomeWrite('a', 'accepted', at(3), null)));
      expect(await orphanedRows(store())).toEqual([]);
      expect(await rowsById(store(), ['a', 'nobody'])).toMatchObject([
        { state: 'accepted', acceptedAt: at(3), error: null },
      ]);
    });

    it('a row that failed says why and has no time of arrival', async () => {
      await keep(message('a', 'reply', 1));
      await store().commit(batchOf(outcomeWrite('a', 'failed', at(3), '60020')));
      expect(await rowsById(store(), ['a'])).toMatchObject([
        { state: 'failed', acceptedAt: null, error: '60020' },
      ]);
    });

    it('the depth counts what waits or is under way, every lane named', async () => {
      await keep(
        message('a', 'urgent', 1),
        message('b', 'urgent', 1, { state: 'sending' }),
        message('c', 'reply', 1),
        message('d', 'reminder', 1, { state: 'accepted' }),
      );
      expect(Object.fromEntries(await depthByLane(store()))).toEqual({
        urgent: 2,
        reply: 1,
        reminder: 0,
        broadcast: 0,
      });
    });

    it('digests of a month are counted by person: sent or waiting, not the dropped ones', async () => {
      const digest = (id: string, sessionKey: string, minute: number, over: Partial<OutboxRow> = {}) =>
        message(id, 'reminder', minute, { kind: 'digest', sessionKey, ...over });
      await keep(
        digest('1', 'anna', 10),
        digest('2', 'anna', 11, { kind: 'supervisor-digest', state: 'accepted' }),
        digest('3', 'anna', 12, { state: 'dropped' }),
        digest('4', 'anna', 20), // outside: the end is not in it
        digest('5', 'bert', 10, { kind: 'says' }),
        digest('6', 'carl', 9),
      );
      expect(Object.fromEntries(await digestsSince(store(), at(10), at(20)))).toEqual({ anna: 2 });
    });

    it('the supervisor digests that reached somebody are found newest first, without the one being written', async () => {
      const digest = (id: string, acceptedMinute: number | null, over: Partial<OutboxRow> = {}) =>
        message(id, 'reminder', 1, {
          kind: 'supervisor-digest',
          sessionKey: 'anna',
          state: acceptedMinute === null ? 'unknown' : 'accepted',
          acceptedAt: acceptedMinute === null ? null : at(acceptedMinute),
          refs: JSON.stringify({ on: id }),
          ...over,
        });
      await keep(
        digest('old', 3),
        digest('new', 9),
        digest('present', 10),
        digest('lost', null),
        digest('own', 8, { kind: 'digest' }),
        digest('other', 8, { sessionKey: 'bert' }),
      );
      const found = await supervisorDigestsOf(store(), 'anna', 'present');
      expect(found.map(({ refs }) => JSON.parse(refs) as unknown)).toEqual([{ on: 'new' }, { on: 'old' }]);
      expect(found[0]?.acceptedAt.toISOString()).toBe(at(9));
    });

    it('what answered a message is found by the message and the account', async () => {
      await keep(
        message('mine', 'reply', 1, { causeSeq: 7, accountId: 'me' }),
        message('page', 'urgent', 1, { causeSeq: 7, accountId: 'supervisor' }),
        message('before', 'reply', 1, { causeSeq: 6, accountId: 'me' }),
      );
      expect(await outboxIdsCausedBy(store(), 7, 'me')).toEqual(['mine']);
    });

    it('tells whose last messages all failed: by the latest of those that came to an end', async () => {
      const to = (person: string, ...states: (readonly [OutboxRow['state'], string | null])[]) =>
        states.map(([state, error], n) =>
          message(`${person} ${String(n)}`, 'reminder', n, {
            sessionKey: person,
            createdAt: at(n),
            state,
            error,
          }),
        );
      const [arrived, failed] = [['accepted', null] as const, ['failed', 'fault'] as const];
      await keep(
        ...to('unheard', arrived, failed, failed, failed, ['unknown', null], ['dropped', null]),
        ...to('heard again', failed, failed, failed, arrived),
        ...to('too few', failed, failed),
        ...to('called in vain', ['queued', 'unreachable'], failed, failed),
        ...to('held up', ['queued', 'settings'], failed, failed),
        ...to('of another county', failed, failed, failed),
      );
      const asked = ['unheard', 'heard again', 'too few', 'called in vain', 'held up', 'never written to'];
      expect([...(await whoseLastFailed(store(), asked, 3))].sort()).toEqual(['called in vain', 'unheard']);
      expect(await whoseLastFailed(store(), [], 3)).toEqual(new Set());
    });
  });
}
