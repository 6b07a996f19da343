import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Channel, ChannelMessage } from '../../bot/channels/channel.ts';
import { insert } from '../../server/services/batch.ts';
import { PlanningCounty, FIXED_COUNTY } from '../support/planning-county.ts';
import { sampleRow } from '../support/store-rows.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Tuesday 24 November, ten in the morning. */
const MORNING = '2026-11-24T02:00:00.000Z';
const ROWS = 10_000;
/** The report's next page falls due while this one of the list is on its way. */
const MEANWHILE = 50;

let county: PlanningCounty;
afterEach(() => county.close());

/** A county in which a report climbs, with 10,000 messages of a list that wait. */
async function openWith(lane: 'broadcast' | 'reminder'): Promise<void> {
  county = await PlanningCounty.open(FIXED_COUNTY, MORNING);
  await county.beat();
  await county.phone('dir.five').say('紧急');
  const { store } = county;
  const accounts = await store.client.chatAccount.findMany({ select: { id: true } });
  const rows = Array.from({ length: ROWS }, (_, n) =>
    insert('Outbox', {
      ...sampleRow('Outbox', n, {
        id: `list-${String(n).padStart(5, '0')}`,
        accountId: accounts[n % accounts.length]?.id ?? '',
      }),
      ...{ key: `list:${String(n)}`, lane, kind: 'says', state: 'queued', refs: '{}', callId: null },
      ...{ body: JSON.stringify({ text: '周三开会。', options: [] }), attempts: 0, retryAt: null },
      ...{ createdAt: MORNING, dueAt: MORNING, notBefore: MORNING, claimedAt: null, acceptedAt: null },
    }),
  );
  for (let first = 0; first < ROWS; first += 500)
    await store.commit({ guards: [], writes: rows.slice(first, first + 500) });
}

/** Puts a platform in the place of the phones: it hears all that is handed over, and answers when `until` is done. */
function hearing(until: (message: ChannelMessage, nth: number) => Promise<void>): readonly ChannelMessage[] {
  const heard: ChannelMessage[] = [];
  const channels = county.running.service.world.channels as Map<string, Channel>;
  channels.set('simulator', {
    name: 'simulator',
    send: async (message) => {
      await until(message, heard.push(message));
      return { kind: 'accepted' };
    },
  });
  return heard;
}

describe.each(['broadcast', 'reminder'] as const)('behind 10,000 messages of the lane %s', (lane) => {
  it('a page of the ladder that falls due meanwhile goes before the next few of them', async () => {
    await openWith(lane);
    const isPage = (message: ChannelMessage): boolean => message.text.includes('R-2026-000001');
    let hasOvertaken = false;
    const heard = hearing(async (_message, nth) => {
      if (nth !== MEANWHILE) return;
      county.clock.pass(10 * 60_000);
      await county.running.service.beside();
      // This one of the list is not answered before the page is there: nothing the list does can help the page.
      hasOvertaken = await vi.waitUntil(() => heard.some(isPage), { timeout: 10_000 }).catch(() => false);
      await county.store.client.outbox.updateMany({
        where: { key: { startsWith: 'list:' }, state: 'queued' },
        data: { state: 'dropped' },
      });
    });
    await county.beat();
    const first = heard.findIndex(isPage);
    expect(hasOvertaken).toBe(true);
    expect(heard.slice(0, MEANWHILE).filter(isPage)).toEqual([]);
    expect(first - MEANWHILE).toBeLessThan(20);
    expect(
      heard
        .filter(isPage)
        .map(({ address }) => address)
        .sort(),
    ).toEqual(['dep.north', 'sup.north']);
  });
});
