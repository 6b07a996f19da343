import { describe, expect, it } from 'vitest';
import type { Beats } from '../../../server/jobs/heartbeats.ts';
import type { AlarmRow, Fault } from '../../../server/jobs/operator-alarms.ts';
import { Watchdog, type Told, type WatchdogPorts } from '../../../server/jobs/watchdog.ts';

const START = Date.parse('2026-11-29T10:00:00.000Z');
const STOPPED: Fault = { code: 'job-ladder', since: new Date(START - 300_000).toISOString() };

/** What a watchdog sees and where it speaks; `kept` is the database that several of them share. */
function outside() {
  const world = {
    nowMs: START,
    faults: [] as Fault[],
    beats: {} as Beats,
    speaks: true,
    answer: 'taken' as Told,
    isDown: false,
    kept: { alarms: [] as readonly AlarmRow[], beats: null as Beats | null },
    heard: [] as string[],
    failed: [] as string[],
  };
  const fromDatabase = <T>(ask: () => T): Promise<T> =>
    world.isDown ? Promise.reject(new Error('down')) : Promise.resolve(ask());
  const ports: WatchdogPorts = {
    now: () => new Date(world.nowMs),
    beats: () => world.beats,
    keepBeats: (beats) => fromDatabase(() => void (world.kept.beats = beats)),
    speaks: () => fromDatabase(() => world.speaks),
    faults: () => Promise.resolve(world.faults),
    alarms: () => fromDatabase(() => world.kept.alarms),
    keepAlarms: (rows) => fromDatabase(() => void (world.kept.alarms = rows)),
    tell: ({ code, over }) => {
      world.heard.push(over ? `${code} over` : code);
      return Promise.resolve(world.answer);
    },
    failed: (what) => void world.failed.push(what),
  };
  return { world, ports };
}

describe('a look', () => {
  it('tells once an hour, whoever looks: a restart and a second process know what was said', async () => {
    const { world, ports } = outside();
    world.faults = [STOPPED];
    await new Watchdog(ports).look();
    await new Watchdog(ports).look();
    world.nowMs += 3_599_000;
    await new Watchdog(ports).look();
    expect(world.heard).toEqual(['job-ladder']);
    world.nowMs += 1_000;
    await new Watchdog(ports).look();
    world.faults = [];
    await new Watchdog(ports).look();
    expect(world.heard).toEqual(['job-ladder', 'job-ladder', 'job-ladder over']);
  });

  it('is silent while another process does the work', async () => {
    const { world, ports } = outside();
    world.faults = [STOPPED];
    world.speaks = false;
    await new Watchdog(ports).look();
    expect(world.heard).toEqual([]);
  });

  it('speaks when the database is down, once, and remembers what it said when it is back', async () => {
    const { world, ports } = outside();
    const dog = new Watchdog(ports);
    await dog.look();
    world.isDown = true;
    world.faults = [STOPPED];
    await dog.look();
    world.nowMs += 15_000;
    await dog.look();
    expect(world.heard).toEqual(['job-ladder']);
    world.isDown = false;
    await dog.look();
    expect(world.kept.alarms).toMatchObject([{ code: 'job-ladder', isTold: true }]);
    world.faults = [];
    await dog.look();
    expect(world.heard).toEqual(['job-ladder', 'job-ladder over']);
  });

  it('says again at the next look what certainly did not arrive, the end of it too', async () => {
    const { world, ports } = outside();
    const dog = new Watchdog(ports);
    world.faults = [STOPPED];
    world.answer = 'unreached';
    await dog.look();
    await dog.look();
    expect(world.heard).toEqual(['job-ladder', 'job-ladder']);
    world.answer = 'taken';
    await dog.look();
    await dog.look();
    world.faults = [];
    world.answer = 'unreached';
    await dog.look();
    world.answer = 'taken';
    await dog.look();
    await dog.look();
    expect(world.heard.slice(2)).toEqual(['job-ladder', 'job-ladder over', 'job-ladder over']);
  });

  it('says again only after an hour what may have arrived', async () => {
    const { world, ports } = outside();
    world.faults = [STOPPED];
    world.answer = 'refused';
    const dog = new Watchdog(ports);
    await dog.look();
    world.nowMs += 3_500_000;
    await dog.look();
    expect(world.heard).toEqual(['job-ladder']);
  });

  it('keeps what the jobs did, and leaves alone what another process keeps', async () => {
    const { world, ports } = outside();
    const dog = new Watchdog(ports);
    await dog.look();
    expect(world.kept.beats).toBeNull();
    world.beats = { ladder: { doneAt: STOPPED.since, begunAt: null } };
    await dog.look();
    expect(world.kept.beats).toEqual(world.beats);
    world.kept.beats = {};
    await dog.look();
    expect(world.kept.beats).toEqual({});
  });

  it('is not begun while one is under way', async () => {
    const { world, ports } = outside();
    world.faults = [STOPPED];
    let goOn = (): void => undefined;
    const waits = new Promise<void>((done) => (goOn = done));
    const dog = new Watchdog({ ...ports, alarms: () => waits.then(() => world.kept.alarms) });
    const looks = [dog.look(), dog.look()];
    goOn();
    await Promise.all(looks);
    expect(world.heard).toEqual(['job-ladder']);
  });
});
