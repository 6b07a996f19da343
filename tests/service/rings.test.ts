import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RingAbout, Ringer, RingResult } from '../../server/platform/ringer.ts';
import { update } from '../../server/services/batch.ts';
import { FIXED_COUNTY, PlanningCounty } from '../support/planning-county.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Tuesday 24 November, a quarter past ten in the evening, and two in the afternoon. */
const NIGHT = '2026-11-24T14:15:00.000Z';
const DAY = '2026-11-24T06:00:00.000Z';
const MINUTE_MS = 60_000;

/** A telephone network that writes down what it was asked to do. */
class FakeRinger implements Ringer {
  readonly rings = true;
  readonly calls: { readonly phone: string; readonly words: string; readonly about: RingAbout }[] = [];
  /** What it answers next; rung where nothing is said. */
  readonly answers: (RingResult | 'breaks')[] = [];

  ring(phone: string, words: string, about: RingAbout): Promise<RingResult> {
    this.calls.push({ phone, words, about });
    const answer = this.answers.shift() ?? { kind: 'rung' };
    return answer === 'breaks' ? Promise.reject(new Error('line')) : Promise.resolve(answer);
  }
}

let county: PlanningCounty | null = null;
let ringer = new FakeRinger();
async function open(at: string): Promise<PlanningCounty> {
  ringer = new FakeRinger();
  county = await PlanningCounty.open(FIXED_COUNTY, at);
  await county.stop();
  await county.start(ringer);
  await county.beat();
  return county;
}
afterEach(async () => {
  await county?.close();
  county = null;
});

const minutesAfter = (start: string, minutes: number): string =>
  new Date(Date.parse(start) + minutes * MINUTE_MS).toISOString();
/** The plan gives the n-th worker the number 1000000 and n. */
const phoneOf = (account: string): string =>
  `1000000${String(FIXED_COUNTY.workers.findIndex((w) => w.account === account)).padStart(4, '0')}`;
const rungs = () => ringer.calls.map(({ phone }) => phone);

describe('a telephone rings for a report nobody acknowledges', () => {
  it('at night with each page, for everybody who is paged, with the number of the report and nothing else', async () => {
    const fixed = await open(NIGHT);
    await fixed.phone('dir.five').say('紧急甲二被打了');
    await fixed.beat();
    expect(rungs()).toEqual([phoneOf('sup.north')]);
    expect(ringer.calls[0]?.words).toBe('护童紧急报告R-2026-000001还没人收到，请马上看手机，按“收到”。');
    await fixed.walkTo(minutesAfter(NIGHT, 10));
    expect(rungs().sort()).toEqual([phoneOf('sup.north'), phoneOf('sup.north'), phoneOf('dep.north')].sort());
    await fixed.beat();
    await fixed.beat();
    expect(rungs()).toHaveLength(3);
  });

  it('by day ten minutes after a page, and not where somebody has said 收到 by then', async () => {
    const fixed = await open(DAY);
    await fixed.phone('dir.five').say('紧急');
    await fixed.walkTo(minutesAfter(DAY, 9));
    expect(rungs()).toEqual([]);
    await fixed.walkTo(minutesAfter(DAY, 10));
    expect(rungs()).toEqual([phoneOf('sup.north')]);
    await fixed.phone('sup.north').say('收到');
    await fixed.walkTo(minutesAfter(DAY, 39)); // half an hour later it would be open again
    expect(rungs()).toHaveLength(1);
  });

  it('never twice for one page, however often the service starts again', async () => {
    const fixed = await open(NIGHT);
    await fixed.phone('dir.five').say('紧急');
    for (let start = 0; start < 3; start += 1) {
      await fixed.beat();
      await fixed.stop();
      await fixed.start(ringer);
    }
    await fixed.beat();
    expect(rungs()).toHaveLength(1);
  });

  it('again where the line broke, three times in all, and again where the process died over it', async () => {
    const fixed = await open(NIGHT);
    ringer.answers.push('breaks', { kind: 'failed', retryable: true, reason: 'busy' }, 'breaks');
    await fixed.phone('dir.five').say('紧急');
    for (let minute = 0; minute < 6; minute += 1) {
      await fixed.beat();
      fixed.clock.pass(61_000);
    }
    expect(rungs().filter((phone) => phone === phoneOf('sup.north'))).toHaveLength(3);
    const [ring] = await fixed.store.client.ring.findMany();
    expect(ring).toMatchObject({ state: 'failed', attempts: 3, error: 'fault' });
    await fixed.store.commit({ guards: [], writes: [update('Ring', ring?.key ?? '', { state: 'ringing' })] });
    fixed.clock.pass(3 * MINUTE_MS);
    await fixed.beat();
    expect(await fixed.store.client.ring.findUnique({ where: { key: ring?.key ?? '' } })).toMatchObject({
      state: 'rung',
      attempts: 4,
    });
  });

  it('not in a drill', async () => {
    const fixed = await open(DAY);
    await fixed.phone('dir.five').say('紧急');
    const [report] = await fixed.store.client.mandatoryReport.findMany();
    await fixed.store.commit({
      guards: [],
      writes: [update('MandatoryReport', report?.id ?? '', { drill: true })],
    });
    await fixed.walkTo(minutesAfter(DAY, 30));
    expect(rungs()).toEqual([]);
  });

  it('in the log alone where no provider is set, by row and role, without a number or a name', async () => {
    county = await PlanningCounty.open(FIXED_COUNTY, NIGHT);
    await county.beat();
    await county.phone('dir.five').say('紧急');
    await county.beat();
    const lines = county.running.log.filter((line) => line.includes('nobody is really rung'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      role: 'supervisor',
      ringKey: expect.stringMatching(/^ring:/),
    });
    const known = FIXED_COUNTY.workers.flatMap(({ name, account }) => [name, phoneOf(account)]);
    expect(known.filter((word) => lines.join('').includes(word))).toEqual([]);
  });
});
