import { afterEach, describe, expect, it, vi } from 'vitest';
import { shanghaiInstant } from '../../../server/domain/local-date.ts';
import { day, FIXED_COUNTY, FIXED_START, idOf, PlanningCounty } from '../../support/planning-county.ts';

vi.setConfig({ testTimeout: 120_000 });

const at = (date: string, hour: number, minute = 0): string =>
  shanghaiInstant(day(date), hour * 60 + minute).toISOString();

let county: PlanningCounty | null = null;
async function open(start = FIXED_START): Promise<PlanningCounty> {
  county = await PlanningCounty.open(FIXED_COUNTY, start);
  await county.beat();
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

/** Puts a row back to where it stood when the process died between sending and noting the outcome. */
async function inFlight(fixed: PlanningCounty, key: string): Promise<string> {
  const row = await fixed.store.client.outbox.findUniqueOrThrow({ where: { key } });
  await fixed.store.commit({
    guards: [],
    writes: [{ op: 'update', table: 'Outbox', id: row.id, set: { state: 'sending', acceptedAt: null } }],
  });
  return row.id;
}

describe('a crash between claim and outcome', () => {
  it('leaves a digest unknown, and the next one carries what it said', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-11-20', 12));
    const id = await inFlight(fixed, `digest:${idOf('1', 0)}:2026-11-20`);
    await fixed.restart();
    await fixed.beat();
    expect((await fixed.store.client.outbox.findUniqueOrThrow({ where: { id } })).state).toBe('unknown');
    await fixed.walkTo(at('2026-11-27', 12));
    // 甲三's visit of the quarter, due on 31 December, would be no news on the 27th.
    const [text = ''] = await fixed.textsOf('dir.five', '2026-11-27');
    expect(text.split('\n')[0]).toBe('今天有3件事');
    expect(text).toContain('甲三');
  });

  it('sends a page again, marked as possibly repeated, and its words are the same', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    const page = await fixed.store.client.outbox.findFirstOrThrow({
      where: { key: { startsWith: 'page:' } },
    });
    await inFlight(fixed, page.key);
    await fixed.restart();
    await fixed.beat();
    const again = await fixed.store.client.outbox.findUniqueOrThrow({ where: { id: page.id } });
    expect([again.state, again.possiblyRepeated, again.attempts]).toEqual(['accepted', true, 2]);
    expect(fixed.store.sealing.openRow('Outbox', again as never)).toMatchObject({
      body: (fixed.store.sealing.openRow('Outbox', page as never) as { body: string }).body,
    });
    const metrics = await (await fetch(`${fixed.running.url}/metrics`)).text();
    expect(metrics).toMatch(/possibly_repeated\S* 1/);
  });

  it('does not send again a page whose report was taken meanwhile', async () => {
    const fixed = await open();
    await fixed.phone('dir.five').say('紧急');
    const page = await fixed.store.client.outbox.findFirstOrThrow({
      where: { key: { startsWith: 'page:' } },
    });
    await fixed.phone('sup.north').press('收到 R-2026-000001');
    await inFlight(fixed, page.key);
    await fixed.restart();
    await fixed.beat();
    expect((await fixed.store.client.outbox.findUniqueOrThrow({ where: { id: page.id } })).state).toBe(
      'dropped',
    );
  });
});

describe('the question a digest asks', () => {
  it('is noted when it is delivered, and a later digest does not make it younger', async () => {
    const fixed = await open();
    await fixed.walkTo(at('2026-11-27', 12));
    const asked = async () =>
      (await fixed.store.client.chatAccount.findUniqueOrThrow({ where: { id: idOf('5', 0) } }))
        .questionAskedAt;
    expect(await asked()).toBe(at('2026-11-20', 7, 30));
    await fixed.phone('dir.five').say('菜单');
    expect(await asked()).toBeNull();
    await fixed.walkTo(at('2026-11-30', 12));
    expect(await asked()).toBe(at('2026-11-30', 7, 30));
  });
});
