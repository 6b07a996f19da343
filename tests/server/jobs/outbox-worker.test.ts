import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FakeOutbox, Stale } from './fake-outbox.ts';

const BUSY = { kind: 'failed', retryable: true, reason: 'busy' } as const;
const REFUSED = { kind: 'failed', retryable: false, reason: 'refused' } as const;

describe('after a crash between claim and outcome', () => {
  it('urgent pages and replies go out again, marked; reminders and broadcasts stay unknown', async () => {
    const outbox = new FakeOutbox()
      .add({ id: 'page', lane: 'urgent', state: 'sending' })
      .add({ id: 'reply', lane: 'reply', state: 'sending' })
      .add({ id: 'digest', lane: 'reminder', kind: 'digest', state: 'sending' })
      .add({ id: 'notice', lane: 'broadcast', state: 'sending' });
    expect(await outbox.worker.recover()).toBe(4);
    await outbox.worker.quiet();
    expect(outbox.states()).toEqual(['page accepted', 'reply accepted', 'digest unknown', 'notice unknown']);
    expect([outbox.row('page'), outbox.row('reply')].map((r) => r.possiblyRepeated)).toEqual([true, true]);
    expect(outbox.texts()).toEqual(['page\n（可能重复）', 'reply\n（可能重复）']);
    // The frozen words stay as they were: only the message says that it may have come before.
    expect(JSON.parse(outbox.row('page').body ?? '')).toEqual({ text: 'page', options: [] });
  });

  it('a row whose outcome could not be stored is taken up again after five minutes, without a restart', async () => {
    const outbox = new FakeOutbox().add({ id: 'page', lane: 'urgent' }).add({ id: 'other', accountId: 'b' });
    let broken = true;
    outbox.beforeCommit = ({ writes }) => {
      const [write] = writes;
      if (
        broken &&
        write?.op === 'update' &&
        write.id === 'page' &&
        'state' in write.set &&
        write.set.state === 'accepted'
      )
        throw new Error('disk full');
    };
    await outbox.worker.quiet();
    expect(outbox.states()).toEqual(['page sending', 'other accepted']);
    broken = false;
    outbox.realMs += 299_000;
    await outbox.worker.quiet();
    expect(outbox.row('page').state).toBe('sending');
    outbox.realMs += 2_000;
    await outbox.worker.quiet();
    expect(outbox.row('page')).toMatchObject({ state: 'accepted', possiblyRepeated: true });
  });
});

describe('trying again', () => {
  it('waits 5 s, 10 s, 20 s … up to ten minutes of real time, and gives an ordinary row up after 12 tries', async () => {
    const outbox = new FakeOutbox().add({ id: 'reply' });
    let tries = 0;
    const waits: number[] = [];
    outbox.answer = () => {
      tries += 1;
      return BUSY;
    };
    while (outbox.row('reply').state === 'queued') {
      await outbox.worker.quiet();
      const { state, retryAt } = outbox.row('reply');
      if (state !== 'queued' || retryAt === null) break;
      waits.push((Date.parse(retryAt) - outbox.realMs) / 1000);
      outbox.realMs = Date.parse(retryAt) - 1;
      await outbox.worker.quiet();
      expect(tries).toBe(waits.length); // not a moment too early
      outbox.realMs += 1;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]);
    expect([tries, outbox.row('reply').state]).toEqual([12, 'failed']);
  });

  it.each([
    ['the channel is busy', BUSY],
    ['the channel refuses it', REFUSED],
  ])('never gives up an urgent row, also when %s', async (_why, fault) => {
    const outbox = new FakeOutbox().add({ id: 'page', lane: 'urgent' });
    outbox.answer = () => fault;
    for (let n = 0; n < 60; n += 1) {
      await outbox.worker.quiet();
      outbox.realMs += 600_000;
    }
    expect(outbox.row('page')).toMatchObject({ state: 'queued', attempts: 60 });
    outbox.answer = () => ({ kind: 'accepted' });
    await outbox.worker.quiet();
    expect(outbox.row('page').state).toBe('accepted');
  });

  it.each(['closed', 'taken'] as const)(
    'gives up at once what only its reader could let through (%s), urgent or not',
    async (reason) => {
      const outbox = new FakeOutbox().add({ id: 'page', lane: 'urgent' }).add({ id: 'tip', accountId: 'b' });
      outbox.answer = () => ({ kind: 'failed', retryable: false, reason });
      await outbox.worker.quiet();
      for (const id of ['page', 'tip'])
        expect(outbox.row(id)).toMatchObject({ state: 'failed', error: reason, attempts: 1 });
    },
  );

  it('never gives up an urgent row whose reader has no channel today', async () => {
    const outbox = new FakeOutbox().add({ id: 'page', lane: 'urgent', accountId: 'nowhere' });
    await outbox.worker.quiet();
    expect(outbox.row('page')).toMatchObject({ state: 'queued', error: 'unreachable' });
  });

  it('a refused reminder is given up at once', async () => {
    const outbox = new FakeOutbox().add({ id: 'digest', lane: 'reminder' });
    outbox.answer = () => REFUSED;
    await outbox.worker.quiet();
    expect(outbox.row('digest')).toMatchObject({ state: 'failed', error: 'refused' });
  });

  it('sends the same bytes at every try', async () => {
    const outbox = new FakeOutbox().add({ id: 'digest', lane: 'reminder', body: null });
    let rendered = 0;
    outbox.render = () => {
      rendered += 1;
      return Promise.resolve({ body: { text: `第${String(rendered)}次`, options: [] }, writes: [] });
    };
    outbox.answer = () => BUSY;
    await outbox.worker.quiet();
    outbox.answer = () => ({ kind: 'accepted' });
    outbox.realMs += 5_000;
    await outbox.worker.quiet();
    expect([outbox.texts(), rendered]).toEqual([['第1次'], 1]);
  });
});

describe('order', () => {
  it('is kept for each account and lane, whatever fails in between, and only twelve failures lose a row', async () => {
    const rows = fc.array(
      fc.record({ account: fc.constantFrom('a', 'b', 'c'), failures: fc.nat({ max: 13 }) }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const outbox = new FakeOutbox();
        const left = new Map<string, number>();
        all.forEach(({ account, failures }, n) => {
          const id = String(n).padStart(2, '0');
          left.set(id, failures);
          outbox.add({ id, accountId: account });
        });
        outbox.answer = ({ outboxId }) => {
          const failures = left.get(outboxId) ?? 0;
          left.set(outboxId, failures - 1);
          return failures > 0 ? BUSY : { kind: 'accepted' };
        };
        for (let n = 0; n < 12 * all.length; n += 1) {
          await outbox.worker.quiet();
          outbox.realMs += 600_000;
        }
        for (const account of ['a', 'b', 'c']) {
          const own = outbox.sent.filter((m) => m.address === account).map((m) => m.text);
          expect(own).toEqual([...own].sort());
        }
        const kept = all.flatMap(({ failures }, n) => (failures < 12 ? [String(n).padStart(2, '0')] : []));
        expect(outbox.texts().sort()).toEqual(kept);
      }),
      { numRuns: 100 },
    );
  });

  it('an answer of a later turn waits for the earlier one that is tried again; a page does not', async () => {
    const outbox = new FakeOutbox().add({ id: '1' });
    outbox.answer = () => BUSY;
    await outbox.worker.quiet();
    outbox.answer = () => ({ kind: 'accepted' });
    outbox.add({ id: '2', state: 'sending', attempts: 1 }).add({ id: '3', lane: 'urgent', state: 'sending' });
    await outbox.worker.deliver([outbox.row('2'), outbox.row('3')]);
    expect(outbox.texts()).toEqual(['3']);
    outbox.realMs += 5_000;
    await outbox.worker.quiet();
    expect(outbox.texts()).toEqual(['3', '1', '2']);
    expect(outbox.row('2').attempts).toBe(1);
  });
});

describe('a reader who has had enough for now', () => {
  it('is sent what fits, and what lies behind it is not claimed over and over', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => String(n).padStart(3, '0'));
    const outbox = new FakeOutbox();
    for (const id of ids) outbox.add({ id });
    let [room, claims] = [0, 0];
    outbox.beforeCommit = ({ writes }) => {
      claims += writes.filter(
        (w) => w.op === 'update' && 'state' in w.set && w.set.state === 'sending',
      ).length;
    };
    outbox.answer = () => {
      room -= 1;
      return room >= 0 ? { kind: 'accepted' } : { kind: 'later', afterMs: 60_000 };
    };
    for (let minute = 0; minute < 10; minute += 1) {
      room = 20;
      await outbox.worker.quiet();
      outbox.realMs += 60_000;
    }
    expect(outbox.texts()).toEqual(ids);
    expect(claims).toBeLessThanOrEqual(ids.length + 10 * 20);
    expect(outbox.row('199').attempts).toBe(1);
  });
});

describe('one row that is broken', () => {
  it('does not hold up the others and is tried again', async () => {
    const outbox = new FakeOutbox()
      .add({ id: '1', lane: 'reminder', body: null })
      .add({ id: '2', accountId: 'b' });
    outbox.render = () => Promise.reject(new Error('no such child'));
    await outbox.worker.quiet();
    expect(outbox.states()).toEqual(['1 queued', '2 accepted']);
    expect(outbox.failures).toEqual(['1']);
    outbox.render = () => Promise.resolve({ body: { text: 'now', options: [] }, writes: [] });
    outbox.realMs += 5_000;
    await outbox.worker.quiet();
    expect(outbox.row('1').state).toBe('accepted');
  });

  it('whose ground moved in that moment is left for the next round; the others go', async () => {
    const outbox = new FakeOutbox().add({ id: '1', lane: 'urgent' }).add({ id: '2', accountId: 'b' });
    outbox.relies = (row) =>
      row.id === '1' ? Promise.resolve([{ table: 'MandatoryReport', id: 'r', rev: 1 }]) : Promise.resolve([]);
    outbox.beforeCommit = ({ guards }) => {
      if (guards.length > 0) throw new Stale();
    };
    await outbox.worker.quiet();
    expect(outbox.states()).toEqual(['1 queued', '2 accepted']);
    outbox.beforeCommit = () => undefined;
    outbox.relies = () => Promise.resolve(null); // somebody took the report
    await outbox.worker.quiet();
    expect(outbox.states()).toEqual(['1 dropped', '2 accepted']);
    expect(outbox.texts()).toEqual(['2']);
  });

  it('never makes a hand-over fail: the turn that made it is done', async () => {
    const outbox = new FakeOutbox().add({ id: '1', state: 'sending' });
    outbox.beforeCommit = () => {
      throw new Error('disk full');
    };
    await expect(outbox.worker.deliver([outbox.row('1')])).resolves.toBeUndefined();
    expect(outbox.failures).toEqual(['1']);
  });
});

it('two runs at once send every row once', async () => {
  const outbox = new FakeOutbox();
  for (let n = 0; n < 30; n += 1) outbox.add({ id: String(n).padStart(2, '0'), accountId: String(n % 4) });
  await Promise.all([outbox.worker.quiet(), outbox.worker.quiet(), outbox.worker.quiet()]);
  expect(new Set(outbox.texts()).size).toBe(30);
  expect(outbox.texts()).toHaveLength(30);
});

describe('what is urgent', () => {
  it('overtakes a long list whose messages do not arrive, and takes nothing else with it', async () => {
    const outbox = new FakeOutbox();
    for (let n = 0; n < 100; n += 1)
      outbox.add({ id: `list ${String(n).padStart(3, '0')}`, lane: 'reminder', accountId: String(n) });
    const letGo = outbox.hold(({ lane }) => lane === 'reminder');
    const list = outbox.worker.quiet();
    await vi.waitUntil(() => outbox.row('list 000').state === 'sending');
    outbox.add({ id: 'page', lane: 'urgent', accountId: 'b' });
    expect(await outbox.worker.overtake()).toBe(1);
    await vi.waitUntil(() => outbox.row('page').state === 'accepted');
    expect(outbox.texts()).toEqual(['page']);
    letGo();
    await list;
    expect(outbox.texts()).toHaveLength(101);
  });

  it('and does not arrive itself holds up no other page', async () => {
    const outbox = new FakeOutbox().add({ id: '1', lane: 'urgent' });
    const letGo = outbox.hold(({ outboxId }) => outboxId === '1');
    await outbox.worker.overtake();
    outbox.add({ id: '2', lane: 'urgent', accountId: 'b' });
    await outbox.worker.overtake();
    await vi.waitUntil(() => outbox.row('2').state === 'accepted');
    expect(outbox.states()).toEqual(['1 sending', '2 accepted']);
    letGo();
    await outbox.worker.atRest();
    expect(outbox.states()).toEqual(['1 accepted', '2 accepted']);
  });

  it('is sent once, whoever takes it up', async () => {
    const outbox = new FakeOutbox();
    for (let n = 0; n < 90; n += 1)
      outbox.add({
        id: String(n).padStart(2, '0'),
        accountId: String(n % 7),
        lane: n % 3 ? 'urgent' : 'reply',
      });
    await Promise.all([outbox.worker.quiet(), outbox.worker.overtake(), outbox.worker.overtake()]);
    await outbox.worker.atRest();
    expect(new Set(outbox.texts()).size).toBe(90);
    expect(outbox.texts()).toHaveLength(90);
    expect(outbox.tries).toBe(90);
  });
});
