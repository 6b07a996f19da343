import { describe, expect, it } from 'vitest';
import { insert } from '../../../../server/services/batch.ts';
import { agendaOf } from '../../../../server/store/agenda.ts';
import { nextBindingAskAt } from '../../../../server/store/bindings.ts';
import { nextCallAskAt } from '../../../../server/store/calls.ts';
import { nextRequestAt } from '../../../../server/store/family-requests.ts';
import type { Rows, TableName } from '../../../../server/store/generated/tables.ts';
import { nextLetterAt } from '../../../../server/store/letters.ts';
import { nextListeningAt } from '../../../../server/store/listening.ts';
import { nextWakeAt } from '../../../../server/store/sessions.ts';
import type { Store } from '../../../../server/store/store.ts';
import { nextTellingAt } from '../../../../server/store/visit-tellings.ts';
import { nextVisitAt } from '../../../../server/store/visits.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();
const EVER = '';

/** A row of a table that something waits for, or that nothing does. */
function row<T extends TableName>(table: T, n: number, over: Partial<Rows[T]>) {
  return insert(table, sampleRow(table, n, over));
}

/** Of each job: what it finds first when it looks itself, rows that are over, and rows that wait. */
const BY_THE_CLOCK: Readonly<
  Record<
    string,
    {
      readonly own: (store: Store) => Promise<string | null>;
      readonly over: readonly ReturnType<typeof row>[];
      readonly waiting: readonly ReturnType<typeof row>[];
    }
  >
> = {
  calls: {
    own: (store) => nextCallAskAt(store, EVER),
    over: [row('CallRequest', 1, { state: 'closed', openFor: 'a', nextAskAt: at(1) })],
    waiting: [
      row('CallRequest', 2, { state: 'made', openFor: 'b', nextAskAt: at(9) }),
      row('CallRequest', 3, { state: 'open', openFor: 'c', nextAskAt: at(5) }),
    ],
  },
  wake: {
    own: nextWakeAt,
    over: [row('DialogSession', 1, { wakeAt: null })],
    waiting: [row('DialogSession', 2, { wakeAt: at(5) })],
  },
  listening: {
    own: (store) => nextListeningAt(store, EVER),
    over: [row('Listening', 1, { climbAt: at(1), playedAt: at(2) })],
    waiting: [row('Listening', 2, { climbAt: at(5), playedAt: null })],
  },
  bindings: {
    own: nextBindingAskAt,
    over: [row('Binding', 1, { state: 'refused', nextAskAt: at(1) })],
    waiting: [row('Binding', 2, { state: 'asked', nextAskAt: at(5) })],
  },
  'family requests': {
    own: (store) => nextRequestAt(store, EVER),
    over: [row('FamilyRequest', 1, { state: 'done', nextAskAt: at(1) })],
    waiting: [row('FamilyRequest', 2, { state: 'open', nextAskAt: at(5) })],
  },
  visits: {
    own: (store) => nextVisitAt(store, EVER),
    over: [row('VisitAppointment', 1, { nextAt: null })],
    waiting: [row('VisitAppointment', 2, { nextAt: at(5) })],
  },
  letters: {
    own: (store) => nextLetterAt(store, EVER),
    over: [row('FamilyLetter', 1, { nextAt: null })],
    waiting: [row('FamilyLetter', 2, { nextAt: at(5) })],
  },
  'visit changes': {
    own: (store) => nextTellingAt(store, EVER),
    over: [row('VisitTelling', 1, { state: 'accepted', nextAt: null })],
    waiting: [row('VisitTelling', 2, { state: 'waiting', nextAt: at(5) })],
  },
};

/** What is there is due: it waits for no hour, or for one of the real clock. */
const AT_ONCE: readonly (readonly [string, string, readonly ReturnType<typeof row>[]])[] = [
  ['turns', 'a message that waits for its turn', [row('Inbox', 1, { state: 'new', awaits: null })]],
  [
    'visit changes',
    'a home whose message is on its way',
    [row('VisitTelling', 1, { state: 'queued', nextAt: at(5) })],
  ],
  ['outbox', 'a message in flight', [row('Outbox', 1, { state: 'sending', notBefore: at(5) })]],
  ['rings', 'a report nobody has taken', [row('MandatoryReport', 1, { state: 'open' })]],
  ['rings', 'a telephone that is to ring again', [row('Ring', 1, { state: 'waiting' })]],
  ['rings', 'a telephone that rings', [row('Ring', 1, { state: 'ringing' })]],
  [
    'unheard',
    'an answer to a reporter that did not arrive',
    [row('Outbox', 1, { key: 'outcome:1', state: 'failed' })],
  ],
  ['notices', 'a notice that goes out', [row('Notice', 1, { spreadAt: null, recallAskedAt: null })]],
  [
    'notice-recall',
    'a notice that is taken back',
    [row('Notice', 1, { recallAskedAt: at(1), recallToldAt: null })],
  ],
  ['audit seal', 'an event of the audit that no seal covers', [row('AuditEvent', 1, {})]],
];

export function describeAgenda(world: World): void {
  describe('the agenda, one look in place of one of every job', () => {
    const store = useStore(world);
    const first = async (job: string) => (await agendaOf(store())).get(job);

    it('of an empty county nothing waits', async () => {
      expect([...new Set((await agendaOf(store())).values())]).toEqual([null]);
    });

    it.each(Object.entries(BY_THE_CLOCK))(
      '%s are due when their job finds its first, and what is over waits for nothing',
      async (job, { own, over, waiting }) => {
        await store().commit(batchOf(...over));
        expect([await first(job), await own(store())]).toEqual([null, null]);
        await store().commit(batchOf(...waiting));
        expect([await first(job), await own(store())]).toEqual([at(5), at(5)]);
      },
    );

    it.each(AT_ONCE)('%s are due at once: %s', async (job, _what, rows) => {
      expect(await first(job)).toBeNull();
      await store().commit(batchOf(...rows));
      expect(await first(job)).toBe('');
    });

    it('messages wait for their hour, and those for many among them', async () => {
      await store().commit(
        batchOf(
          row('Outbox', 1, { state: 'accepted', lane: 'broadcast', notBefore: at(1) }),
          row('Outbox', 2, { state: 'queued', lane: 'broadcast', notBefore: at(7) }),
        ),
      );
      expect([await first('outbox'), await first('broadcast')]).toEqual([at(7), at(7)]);
      await store().commit(batchOf(row('Outbox', 3, { state: 'queued', lane: 'urgent', notBefore: at(5) })));
      expect([await first('outbox'), await first('broadcast')]).toEqual([at(5), at(7)]);
    });

    it('what a seal covers waits for no seal', async () => {
      await store().commit(batchOf(row('AuditEvent', 1, {})));
      const [event] = await store().client.auditEvent.findMany();
      await store().commit(batchOf(row('AuditSeal', 1, { seq: 1, throughSeq: event?.seq ?? 0 })));
      expect(await first('audit seal')).toBeNull();
    });
  });
}
