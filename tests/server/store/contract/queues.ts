import { describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import {
  inboxDone,
  inboxFailed,
  inboxRow,
  messageByExternalId,
  messagesOfAccount,
  awaitingMessages,
  inboxFetched,
  oldestPending,
  pendingMessages,
} from '../../../../server/store/inbox.ts';
import { nextWakeAt, sessionWrite, sessionsOf, sessionsToWake } from '../../../../server/store/sessions.ts';
import { readSetting, settingWrite } from '../../../../server/store/settings.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { ending, useStore, type World } from './use-store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();

function words(externalId: string, minute: number, text = externalId) {
  return inboxRow({
    channel: 'simulator',
    externalId,
    accountId: `account of ${text}`,
    sessionKey: 'person',
    receivedAt: at(minute),
    body: { kind: 'text', text },
  });
}

export function describeQueues(world: World): void {
  describe('the inbox', () => {
    const store = useStore(world);
    const pending = async (limit = 100) => (await pendingMessages(store(), limit)).map((m) => m.body.text);

    it('keeps the order of arrival, whatever the clocks of the senders say', async () => {
      for (const [id, minute] of [
        ['third', 9],
        ['first', 1],
        ['second', 5],
      ] as const)
        await store().commit(words(id, minute));
      expect(await pending()).toEqual(['third', 'first', 'second']);
      expect(await pending(2)).toEqual(['third', 'first']);
      expect(await oldestPending(store())).toBe(at(9));
    });

    it('a message that is delivered again changes nothing, not even its words', async () => {
      await store().commit(words('m1', 1, '走访'));
      await Promise.all([2, 3, 4].map((minute) => store().commit(words('m1', minute, '别的'))));
      const [message, ...others] = await pendingMessages(store(), 10);
      expect(others).toEqual([]);
      expect(message).toMatchObject({ receivedAt: at(1), body: { kind: 'text', text: '走访' }, attempts: 0 });
    });

    it('the same id on another channel is another message', async () => {
      await store().commit(words('m1', 1));
      const telegram = sampleRow('Inbox', 1, {
        channel: 'telegram',
        externalId: 'm1',
        body: '{"kind":"text","text":"t"}',
        awaits: null,
      });
      await store().commit(batchOf(insert('Inbox', telegram)));
      expect(await pending()).toEqual(['m1', 't']);
    });

    it('a message whose file is still to be fetched holds up what the same person said after it, for a while', async () => {
      const photo = { kind: 'photo', text: '', awaits: { mediaId: 'm', fileId: 'f' } } as const;
      const sent = { channel: 'wecom', accountId: 'a', sessionKey: 'p1' };
      const row = inboxRow({ ...sent, externalId: 'photo', receivedAt: at(1), body: photo });
      await store().commit(row);
      await store().commit(words('m1', 2));
      const said = async (since: string) =>
        (await pendingMessages(store(), 10, since)).map((m) => m.externalId);
      const [waiting] = await awaitingMessages(store(), 10, ['simulator', 'wecom']);
      const own = inboxRow({
        ...sent,
        externalId: 'after',
        receivedAt: at(3),
        body: { kind: 'text', text: '看照片' },
      });
      await store().commit(own);
      expect(await said(at(0))).toEqual(['m1']);
      expect(await said(at(1))).toEqual(['m1', 'after']);
      expect(await oldestPending(store())).toBe(at(2));
      if (!waiting) throw new Error('the photo waits');
      await store().commit(batchOf(inboxFetched(waiting.seq)));
      expect(await said(at(0))).toEqual(['photo', 'm1', 'after']);
    });

    it('a message whose turn is done, or that was given up, waits no longer', async () => {
      for (const id of ['a', 'b', 'c']) await store().commit(words(id, 1));
      const [a, b, c] = await pendingMessages(store(), 10);
      if (!a || !b || !c) throw new Error('three messages');
      await store().commit(batchOf(inboxDone(a.seq, at(2)), inboxFailed(b, true), inboxFailed(c, false)));
      expect(await pendingMessages(store(), 10)).toEqual([{ ...c, attempts: 1 }]);
      expect(await messageByExternalId(store(), 'simulator', 'a')).toEqual({ seq: a.seq, state: 'done' });
      expect(await messageByExternalId(store(), 'simulator', 'b')).toEqual({ seq: b.seq, state: 'failed' });
      expect(await messageByExternalId(store(), 'simulator', 'never said')).toBeNull();
    });

    it('an account sees its own last words, oldest first', async () => {
      for (const id of ['1', '2', '3']) await store().commit(words(id, 1, 'same'));
      await store().commit(words('4', 1, 'other'));
      const mine = await messagesOfAccount(store(), 'account of same', 2);
      expect(mine.map((m) => m.externalId)).toEqual(['2', '3']);
      expect(await oldestPending(store())).toBe(at(1));
    });
  });

  describe('sessions and settings', () => {
    const store = useStore(world);
    const session = async (key: string) => {
      const found = (await sessionsOf(store(), [key])).get(key);
      if (!found) throw new Error('every key has a session');
      return found;
    };
    const save = async (key: string, body: string, wakeAt: string | null) =>
      store().commit(sessionWrite(await session(key), body, at(0), wakeAt));

    it('somebody who never spoke has an empty session, and the first word makes it', async () => {
      expect(await session('new')).toEqual({ key: 'new', rev: 0, body: null });
      await save('new', '{"flow":"menu"}', null);
      await save('new', '{"flow":"visit"}', null);
      expect(await session('new')).toEqual({ key: 'new', rev: 2, body: '{"flow":"visit"}' });
    });

    it('two first words at once make one session; the later one is decided anew', async () => {
      const empty = await session('new');
      const endings = ['a', 'b'].map((body) =>
        ending(store().commit(sessionWrite(empty, body, at(0), null))),
      );
      expect((await Promise.all(endings)).sort()).toEqual(['stale', 'written']);
      expect((await session('new')).rev).toBe(1);
    });

    it('sessions are woken when their time has come, the longest waiting first', async () => {
      await save('late', 'b', at(9));
      await save('early', 'b', at(3));
      await save('never', 'b', null);
      await save('future', 'b', at(30));
      expect(await sessionsToWake(store(), at(9), 10)).toEqual([
        { key: 'early', wakeAt: at(3) },
        { key: 'late', wakeAt: at(9) },
      ]);
      expect(await sessionsToWake(store(), at(9), 1)).toEqual([{ key: 'early', wakeAt: at(3) }]);
      expect(await nextWakeAt(store())).toBe(at(3));
      await save('early', 'b', null);
      await save('late', 'b', null);
      expect(await sessionsToWake(store(), at(9), 10)).toEqual([]);
      expect(await nextWakeAt(store())).toBe(at(30));
    });

    it('a setting is nothing until it is set, and then the last value', async () => {
      expect(await readSetting(store(), 'last-planned-on')).toBeNull();
      await store().commit(batchOf(settingWrite('last-planned-on', '2026-11-23')));
      await store().commit(batchOf(settingWrite('last-planned-on', '2026-11-24')));
      expect(await readSetting(store(), 'last-planned-on')).toBe('2026-11-24');
    });
  });
}
