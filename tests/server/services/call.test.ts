import { describe, expect, it } from 'vitest';
import type { AnswerConcern } from '../../../server/domain/commands.ts';
import type { Acting } from '../../../server/services/acting.ts';
import { askCalls } from '../../../server/services/call.ts';
import type { RoleHolder } from '../../../server/services/loaded.ts';
import type { CallRequestRow } from '../../../server/store/generated/tables.ts';
import { sampleRow } from '../../support/store-rows.ts';
import { TODAY, START } from '../../bot/stage.ts';

let made = 0;
const acting: Acting = {
  at: START,
  today: TODAY,
  personId: 'dora',
  accountId: 'a-dora',
  newId: () => `id-${String((made += 1))}`,
  digest: (text) => text,
};
const called = { id: 'dora', name: '郑玉兰', phone: null, areaCode: '990301001000' };
const supervisor: RoleHolder = {
  workerId: 'anna',
  role: 'supervisor',
  areaCode: '990301001000',
  name: '周明远',
  phone: null,
  account: sampleRow('ChatAccount', 1, { id: 'a-anna', personId: 'anna' }),
};
const worry = (concernId: string, said?: string): AnswerConcern => ({
  type: 'answer-concern',
  concernId,
  answer: 'call-asked',
  followUpOn: null,
  ...(said === undefined ? {} : { said }),
});
const underWay = (concernId: string, over: Partial<CallRequestRow> = {}) =>
  new Map([
    [concernId, sampleRow('CallRequest', 1, { id: 'call-1', concernId, rev: 4, said: null, ...over })],
  ]);

describe('a call asked for a second time', () => {
  it('about the same worry while the first is open writes and sends nothing', () => {
    const again = askCalls([worry('c1')], acting, called, [supervisor], underWay('c1'));
    expect(again).toEqual({ guards: [], writes: [], outgoing: [] });
  });

  it('keeps what was written meanwhile with the call that is under way', () => {
    const again = askCalls(
      [worry('c1', '他在旁边')],
      acting,
      called,
      [supervisor],
      underWay('c1', { said: '等一下' }),
    );
    expect(again.outgoing).toEqual([]);
    expect(again.guards).toEqual([{ table: 'CallRequest', id: 'call-1', rev: 4 }]);
    expect(again.writes).toEqual([
      { op: 'update', table: 'CallRequest', id: 'call-1', set: { said: '等一下；他在旁边', rev: 5 } },
    ]);
  });

  it('together with another worry is a task for the other alone, in one message', () => {
    const asked = askCalls(
      [worry('c1'), worry('c2'), worry('c3')],
      acting,
      called,
      [supervisor],
      underWay('c1'),
    );
    const rows = asked.writes.flatMap((w) => (w.op === 'insert' && w.table === 'CallRequest' ? [w.row] : []));
    expect(rows).toMatchObject([
      { concernId: 'c2', openFor: 'c2' },
      { concernId: 'c3', openFor: 'c3' },
    ]);
    expect(asked.outgoing.map((o) => [o.account.id, o.lane, o.reply.key])).toEqual([
      ['a-anna', 'urgent', 'concern.call-request-no-phone'],
    ]);
  });

  it.each([
    [9, 0],
    [11, 1],
  ])('to the same person %i minutes after another is read of %i times more', (minutes, pages) => {
    const askedAt = new Date(START.getTime() - minutes * 60_000).toISOString();
    const nextAskAt = new Date(START.getTime() + 20 * 60_000).toISOString();
    const before = { directorId: 'dora', state: 'open', askedAt, asksSent: 1, nextAskAt } as const;
    const asked = askCalls([worry('c2')], acting, called, [supervisor], underWay('c1', before));
    expect(asked.outgoing).toHaveLength(pages);
    const told = asked.writes.filter((w) => w.table === 'CallRecipient');
    expect(told).toHaveLength(1);
    const rows = asked.writes.flatMap((w) => (w.op === 'insert' && w.table === 'CallRequest' ? [w.row] : []));
    expect(rows).toMatchObject(pages === 0 ? [{ concernId: 'c2', asksSent: 1, nextAskAt }] : [{}]);
  });
});
