import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, SendResult } from '../../bot/channels/channel.ts';
import { FIXED_COUNTY, PlanningCounty } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Tuesday 24 November, a quarter past ten in the evening. */
const NIGHT = '2026-11-24T14:15:00.000Z';
const MINUTE_MS = 60_000;
const after = (minutes: number): string => new Date(Date.parse(NIGHT) + minutes * MINUTE_MS).toISOString();

const UNKNOWN: SendResult = { kind: 'failed', retryable: false, reason: 'unreachable' };
const BUSY: SendResult = { kind: 'failed', retryable: true, reason: 'busy' };

let county: PlanningCounty;
let letGo = (): void => undefined;
/** What the platform answers for these people; whoever is not named is reached. */
const ill = new Map<string, SendResult | 'never answers'>();

beforeEach(async () => {
  county = await PlanningCounty.open(FIXED_COUNTY, NIGHT);
  await county.beat();
  const channels = county.running.service.world.channels as Map<string, Channel>;
  const phones = channels.get('simulator');
  if (!phones) throw new Error('no simulator');
  const silence = new Promise<void>((done) => (letGo = done));
  channels.set('simulator', {
    ...phones,
    send: async (message) => {
      const answer = ill.get(message.address);
      if (answer === 'never answers') await silence;
      else if (answer) return answer;
      return phones.send(message);
    },
  });
});
afterEach(async () => {
  letGo();
  ill.clear();
  await county.close();
});

/** The minutes after the opening at which a phone was paged. */
async function pagesOf(account: string): Promise<number[]> {
  const messages = (await county.phone(account).received()).filter((m) => m.text.includes('请按'));
  return messages.map((m) => (Date.parse(m.at) - Date.parse(NIGHT)) / MINUTE_MS);
}

async function toldOf(account: string): Promise<string[]> {
  const texts = (await county.phone(account).received()).map((m) => m.text);
  return texts.filter((text) => text.includes('打不到'));
}

describe('a page that does not reach its reader', () => {
  it('because the platform does not know them goes to the next rung at once, and the desk is told once why', async () => {
    ill.set('sup.north', UNKNOWN);
    await county.phone('dir.five').say('紧急');
    await county.beat();
    expect(await pagesOf('dep.north')).toEqual([0]);
    expect(await pagesOf('desk')).toEqual([]);
    await county.walkTo(after(120));
    expect((await pagesOf('dep.north')).slice(0, 3)).toEqual([0, 10, 20]);
    expect((await pagesOf('desk')).slice(0, 3)).toEqual([20, 30, 40]);
    expect(await toldOf('desk')).toEqual([
      '紧急报告R-2026-000001：打不到督导员，请您打电话，或者找人接手。\n北督导 10000000005：模拟器账号收不到',
    ]);
    expect(await toldOf('leader')).toEqual([]);
  });

  it('climbs past everybody who is not there, in the same round', async () => {
    for (const account of ['sup.north', 'dep.north', 'desk']) ill.set(account, UNKNOWN);
    await county.phone('dir.five').say('紧急');
    await county.beat();
    expect(await pagesOf('leader')).toEqual([0]);
  });

  it('because the platform takes nothing is waited for two minutes, and they are paged again once it does', async () => {
    ill.set('sup.north', BUSY);
    await county.phone('dir.five').say('紧急');
    await county.walkTo(after(9));
    expect(await pagesOf('dep.north')).toEqual([2]);
    expect(await toldOf('desk')).toHaveLength(1);
    expect((await toldOf('desk'))[0]).toContain('一直没发出去');
    ill.clear();
    await county.walkTo(after(30));
    expect(await pagesOf('sup.north')).toEqual([10, 20, 30]);
    expect(await pagesOf('dep.north')).toEqual([2, 10, 20, 30]);
    expect(await toldOf('desk')).toHaveLength(1);
  });

  it('because the platform does not answer at all holds up nobody: two minutes later the deputy is paged', async () => {
    ill.set('sup.north', 'never answers');
    const said = county.phone('dir.five').say('紧急');
    await vi.waitUntil(
      async () => (await county.store.client.outbox.count({ where: { state: 'sending' } })) > 0,
    );
    county.clock.pass(2 * MINUTE_MS - 1);
    await county.running.service.beside();
    expect(await county.store.client.outbox.count({ where: { key: { startsWith: 'page:' } } })).toBe(1);
    county.clock.pass(1);
    await county.running.service.beside();
    await vi.waitUntil(async () => (await pagesOf('dep.north')).length > 0);
    await vi.waitUntil(async () => (await toldOf('desk')).length > 0);
    letGo();
    await said;
  });

  it('is nobody’s page any more once somebody took the report', async () => {
    ill.set('sup.north', BUSY);
    await county.phone('dir.five').say('紧急');
    await county.walkTo(after(3));
    await county.phone('dep.north').press('收到 R-2026-000001');
    await county.walkTo(after(20));
    expect(await pagesOf('desk')).toEqual([]);
    expect(await toldOf('desk')).toHaveLength(1);
  });
});
