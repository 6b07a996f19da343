import { afterEach, describe, expect, it, vi } from 'vitest';
import { shanghaiInstant } from '../../server/domain/local-date.ts';
import { insert } from '../../server/services/batch.ts';
import { day, FIXED_COUNTY, FIXED_START, idOf, PlanningCounty } from '../support/planning-county.ts';
import { sampleRow } from '../support/store-rows.ts';

vi.setConfig({ testTimeout: 300_000 });

const at = (date: string, hour: number): string => shanghaiInstant(day(date), hour * 60).toISOString();

let county: PlanningCounty | null = null;
afterEach(async () => {
  await county?.close();
  county = null;
});

const failedTurn = insert(
  'Inbox',
  sampleRow('Inbox', 1, { receivedAt: at('2026-11-20', 0), state: 'failed', attempts: 5 }),
);
const givenUp = insert(
  'Outbox',
  sampleRow('Outbox', 1, {
    id: idOf('7', 1),
    key: 'given up',
    state: 'failed',
    createdAt: at('2026-11-20', 0),
    accountId: idOf('5', 0),
  }),
);
const waiting = insert(
  'Outbox',
  sampleRow('Outbox', 2, {
    id: idOf('7', 2),
    key: 'waiting',
    state: 'queued',
    lane: 'reminder',
    kind: 'says',
    createdAt: at('2026-11-20', 0),
    notBefore: '2027-06-01T00:00:00.000Z',
    retryAt: null,
    accountId: idOf('5', 0),
    body: '{"text":"waits","options":[]}',
  }),
);

describe('the words of messages', () => {
  it('go 30 days after they have done their work; the rows stay, and a message delivered again is still known', async () => {
    county = await PlanningCounty.open(FIXED_COUNTY, FIXED_START);
    const fixed = county;
    await fixed.walkTo(at('2026-11-20', 9));
    await fixed.phone('dir.five').say('菜单');
    await fixed.store.commit({ guards: [], writes: [failedTurn, givenUp, waiting] });
    const { client } = fixed.store;
    const erased = async () => ({
      said: (await client.inbox.findMany({ orderBy: { seq: 'asc' } })).map((r) => r.body === null),
      answered: (
        await client.outbox.findMany({
          where: { createdAt: { lt: at('2026-11-21', 0) } },
          orderBy: { key: 'asc' },
        })
      )
        .filter((r) => r.state !== 'dropped')
        .map((r) => `${r.key.slice(0, 7)} ${String(r.body === null)}`),
    });
    await fixed.walkTo(at('2026-12-20', 12)); // 30 days later, but not yet 30 whole days
    expect((await erased()).said).toEqual([false, false]);
    const rows = (await erased()).answered.length;
    await fixed.restart();
    await fixed.walkTo(at('2026-12-21', 12));
    const after = await erased();
    expect(after.said).toEqual([true, false]); // a turn that failed is kept
    expect(after.answered).toHaveLength(rows);
    expect(after.answered.filter((line) => line.endsWith('false'))).toEqual(['waiting false']);
    const [message] = await client.inbox.findMany({ take: 1, orderBy: { seq: 'asc' } });
    if (!message) throw new Error('the row is gone');
    const copy = { ...sampleRow('Inbox', 2), channel: message.channel, externalId: message.externalId };
    await fixed.store.commit({ guards: [], writes: [{ op: 'insert-once', table: 'Inbox', row: copy }] });
    expect(await client.inbox.count()).toBe(2);
  });
});
