import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../bot/channels/channel.ts';
import { FIXED_COUNTY, PlanningCounty } from '../support/planning-county.ts';
import { operatorService, type Manners, type OperatorService } from '../support/operator-service.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Tuesday 24 November, ten in the morning. */
const MORNING = '2026-11-24T02:00:00.000Z';

let county: PlanningCounty;
let operator: OperatorService;
beforeEach(async () => {
  operator = await operatorService();
  county = await PlanningCounty.open(FIXED_COUNTY, MORNING, { OPERATOR_ALARM_URL: operator.url });
  await county.beat();
});
afterEach(async () => {
  await county.close();
  await operator.close();
});

const look = (): Promise<void> => county.running.service.look();
const failing = async (): Promise<string[]> =>
  ((await (await fetch(`${county.running.url}/readyz`)).json()) as { failing: string[] }).failing;
const codes = (): unknown[] =>
  operator.heard.map(({ code, over }) => (over === true ? [code, 'over'] : code));

/** A report whose page cannot be made: its ladder is no ladder. */
async function breakTheLadder(ladder: string): Promise<void> {
  const report = await county.store.client.mandatoryReport.findFirstOrThrow();
  await county.store.commit({
    guards: [],
    writes: [{ op: 'update', table: 'MandatoryReport', id: report.id, set: { ladder } }],
  });
}

/** So many seconds pass, with a beat and a look every minute. */
async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 60) {
    county.clock.pass(60_000);
    await county.beat();
    await look();
  }
}

describe('a ladder that fails at every beat', () => {
  it('makes /readyz fail by its name and reaches the operator, once an hour and once when it is over', async () => {
    await county.phone('dir.five').say('紧急');
    const { ladder } = await county.store.client.mandatoryReport.findFirstOrThrow();
    await breakTheLadder('{');
    await pass(9 * 60); // no page is due yet: nothing is wrong
    expect([await failing(), operator.heard]).toEqual([[], []]);
    await pass(4 * 60);
    expect(await failing()).toEqual(['job-ladder']);
    expect(operator.heard).toEqual([
      {
        code: 'job-ladder',
        since: expect.stringMatching(/^2026-11-24T02:09:00/u),
        at: expect.stringMatching(/^2026-11-24T02:12:00/u),
        type: 'application/json',
      },
    ]);
    await pass(58 * 60);
    expect(codes()).toEqual(['job-ladder']);
    await pass(2 * 60);
    expect(codes()).toEqual(['job-ladder', 'job-ladder']);
    await breakTheLadder(ladder);
    await pass(60);
    expect(await failing()).toEqual([]);
    expect(codes()).toEqual(['job-ladder', 'job-ladder', ['job-ladder', 'over']]);
    const metrics = await (await fetch(`${county.running.url}/metrics`)).text();
    expect(metrics).toContain('job_heartbeat_age_seconds{job="ladder"} 0\n');
  });

  it('tells nothing of anybody, and the address of the operator stands in no log', async () => {
    await county.phone('dir.five').say('紧急 甲二被打了');
    await breakTheLadder('{');
    operator.manners = 'breaks';
    await pass(13 * 60);
    const said = JSON.stringify(operator.heard);
    expect(Object.keys(operator.heard[0] ?? {}).sort()).toEqual(['at', 'code', 'since', 'type']);
    const words = [...FIXED_COUNTY.children, ...FIXED_COUNTY.workers].map(({ name }) => name);
    const log = county.running.log.join('');
    expect(words.filter((word) => said.includes(word) || log.includes(word))).toEqual([]);
    expect(log).toContain('operator alarm not taken');
    expect(log).not.toContain('hidden-key');
  });
});

describe('an outbox that hangs', () => {
  /** Every message is on its way for ever, until somebody lets go. */
  function hang(): () => void {
    const channels = county.running.service.world.channels as Map<string, Channel>;
    const simulator = channels.get('simulator');
    if (!simulator) throw new Error('no simulator');
    let letGo = (): void => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    channels.set('simulator', { ...simulator, send: (message) => held.then(() => simulator.send(message)) });
    return letGo;
  }

  it('stops every job, is named as the one to blame, and answers to /readyz and /healthz all the while', async () => {
    await county.phone('dir.five').say('紧急');
    await pass(9 * 60);
    const letGo = hang();
    county.clock.pass(60_000); // the next page is due
    const beat = county.beat();
    await vi.waitUntil(
      async () => (await county.store.client.outbox.count({ where: { state: 'sending' } })) > 0,
    );
    expect(await failing()).toEqual([]);
    county.clock.pass(121_000);
    expect(await failing()).toEqual(expect.arrayContaining(['job-ladder', 'job-outbox', 'job-planner']));
    await look();
    expect(codes()).toEqual(['job-outbox']);
    expect((await fetch(`${county.running.url}/healthz`)).status).toBe(200);
    letGo();
    await beat;
    await county.beat();
    await look();
    expect(await failing()).toEqual([]);
    expect(codes()).toEqual(['job-outbox', ['job-outbox', 'over']]);
  });
});

describe('an operator whose own service is ill', () => {
  it.each<Manners>(['breaks', 'sends-away', 'hangs-up', 'hangs-in-the-body'])(
    'and %s is asked once an hour, and people are answered as ever',
    async (manners) => {
      operator.manners = manners;
      await county.phone('dir.five').say('紧急');
      await breakTheLadder('{');
      await pass(20 * 60);
      expect(codes()).toEqual(['job-ladder']);
      await county.phone('dir.high').say('待办');
      expect((await county.phone('dir.high').received()).at(-1)?.text).toContain('乙一');
    },
  );

  it('and was down hears of it at the first look after', async () => {
    await operator.close();
    await county.phone('dir.five').say('紧急');
    await breakTheLadder('{');
    await pass(20 * 60);
    expect(county.running.log.join('')).toContain('"told":"unreached"');
    expect((await county.phone('sup.north').received()).length).toBeGreaterThan(0);
  });
});

it('another process that only stores messages sees the jobs of the active one, and is silent about them', async () => {
  await pass(60);
  const second = await county.besides();
  try {
    county.clock.pass(100_000);
    await county.beat();
    await look();
    county.clock.pass(100_000);
    await second.service.look();
    const ready = (await (await fetch(`${second.url}/readyz`)).json()) as { failing: string[] };
    expect(ready.failing).toEqual([]); // 200 seconds after its start, by the beats of the other one
    expect(operator.heard).toEqual([]);
  } finally {
    await second.stop();
  }
});
