import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeOutbox, Stale } from './fake-outbox.ts';

const page = (outbox: FakeOutbox, number: string, accountId = 'a'): FakeOutbox =>
  outbox.add({
    id: `${accountId}-${number}`,
    key: `page:${number}`,
    lane: 'urgent',
    accountId,
    body: JSON.stringify({ text: number, options: [] }),
  });

/** An outbox in which so many reports wait for one reader. */
function waiting(count: number): FakeOutbox {
  const outbox = new FakeOutbox();
  for (let n = 1; n <= count; n += 1) page(outbox, `R-${String(n)}`);
  return outbox;
}

describe('pages for one reader in the same moment', () => {
  it('go one by one up to three, and more of them are one message with all numbers', async () => {
    const three = waiting(3);
    await three.worker.quiet();
    expect(three.texts()).toEqual(['R-1', 'R-2', 'R-3']);
    const four = page(waiting(4), 'R-9', 'b');
    await four.worker.quiet();
    expect(four.texts()).toEqual(['R-1 R-2 R-3 R-4', 'R-9']);
    expect(new Set([...four.rows.values()].map(({ state }) => state))).toEqual(new Set(['accepted']));
  });

  it('are tried again together, with what came since, and without what somebody took', async () => {
    const outbox = waiting(4);
    outbox.answer = () => ({ kind: 'failed', retryable: true, reason: 'busy' });
    await outbox.worker.overtake();
    await outbox.worker.atRest();
    expect([...outbox.rows.values()].map(({ state, error }) => [state, error])).toEqual(
      Array(4).fill(['queued', 'busy']),
    );
    outbox.answer = () => ({ kind: 'accepted' });
    page(outbox, 'R-5');
    outbox.relies = ({ id }) => Promise.resolve(id === 'a-R-2' ? null : []);
    outbox.realMs += 5_000;
    await outbox.worker.quiet();
    expect(outbox.texts()).toEqual(['R-1 R-3 R-4 R-5']);
    expect(outbox.row('a-R-2').state).toBe('dropped');
  });

  it('are claimed only while nobody has taken any of them in that very moment', async () => {
    const outbox = waiting(4);
    outbox.beforeCommit = () => {
      throw new Stale();
    };
    await outbox.worker.quiet();
    expect(outbox.tries).toBe(0);
    outbox.beforeCommit = () => undefined;
    await outbox.worker.quiet();
    expect(outbox.texts()).toEqual(['R-1 R-2 R-3 R-4']);
  });

  it('of which one is broken go without it', async () => {
    const outbox = waiting(5);
    outbox.relies = ({ id }) =>
      id === 'a-R-1' ? Promise.reject(new Error('no such report')) : Promise.resolve([]);
    await outbox.worker.quiet();
    expect(outbox.texts()).toEqual(['R-2 R-3 R-4 R-5']);
    expect(outbox.row('a-R-1').state).toBe('queued');
  });

  it('nobody gets more messages a minute than the limit, and every number is told within two minutes', async () => {
    const limit = 8;
    const minutes = fc.array(fc.array(fc.constantFrom('a', 'b'), { maxLength: 40 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(minutes, async (all) => {
        const outbox = new FakeOutbox();
        const due = new Map<string, number>();
        let now = 0;
        let sent: { to: string; now: number }[] = [];
        const told = new Map<string, number>();
        outbox.answer = ({ address, text }) => {
          const lately = sent.filter((one) => one.to === address && one.now > now - 60_000);
          if (lately.length >= limit)
            return { kind: 'later', afterMs: (lately[0]?.now ?? now) + 60_000 - now };
          sent = [...sent, { to: address, now }];
          for (const number of text.split(' ')) told.set(`${address} ${number}`, now);
          return { kind: 'accepted' };
        };
        const pass = async (ms: number): Promise<void> => {
          now += ms;
          outbox.realMs += ms;
          await outbox.worker.quiet();
        };
        for (const [minute, people] of all.entries()) {
          for (const [n, person] of people.entries()) {
            const number = `R-${String(minute)}-${String(n)}`;
            page(outbox, number, person);
            due.set(`${person} ${number}`, now);
            if (n % 3 === 0) await pass(1_000);
          }
          await pass(20_000);
        }
        for (let n = 0; n < 8; n += 1) await pass(20_000);
        for (const [which, at] of due)
          expect((told.get(which) ?? Infinity) - at).toBeLessThanOrEqual(120_000);
        for (const { to, now: at } of sent) {
          const within = sent.filter((one) => one.to === to && one.now > at - 60_000 && one.now <= at);
          expect(within.length).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 60 },
    );
  });
});
