import { describe, expect, it } from 'vitest';
import { Rhythm, type Agenda, type Job } from '../../../server/jobs/rhythm.ts';

const START = Date.parse('2026-11-23T00:00:00.000Z');
const HOUR_MS = 3_600_000;

/** A rhythm on a clock of its own, with what it did and what failed. */
function rhythmOf(
  jobs: (state: { nowMs: number }) => readonly Job[],
  agenda: () => Agenda = () => new Map(),
) {
  const state = { nowMs: START };
  const failed: string[] = [];
  const moves: number[] = [];
  const pulse: string[] = [];
  const rhythm = new Rhythm({
    jobs: jobs(state),
    agenda: async () => Promise.resolve().then(agenda),
    pulse: {
      begins: (job) => void pulse.push(`${job} begins`),
      ends: (job) => void pulse.push(`${job} ends`),
      fails: (job) => void pulse.push(`${job} fails`),
    },
    now: () => new Date(state.nowMs),
    moveTo: (instant) => {
      moves.push(instant.getTime());
      state.nowMs = instant.getTime();
      return Promise.resolve();
    },
    breathe: () => Promise.resolve(),
    failed: (job) => void failed.push(job),
  });
  return { rhythm, state, failed, moves, pulse };
}

/** A job due at fixed hours; it notes at which hour it was done. */
function hourly(name: string, hours: readonly number[], done: string[], state: { nowMs: number }): Job {
  const left = [...hours];
  return {
    name,
    nextAt: () => Promise.resolve(left[0] === undefined ? null : new Date(START + left[0] * HOUR_MS)),
    run: () => {
      const [next] = left;
      if (next === undefined || START + next * HOUR_MS > state.nowMs) return Promise.resolve(0);
      left.shift();
      done.push(`${name} ${String((state.nowMs - START) / HOUR_MS)}`);
      return Promise.resolve(1);
    },
  };
}

describe('walking through time', () => {
  it('does everything on the way, in order, each at its own hour, and ends at the target', async () => {
    const done: string[] = [];
    const { rhythm, state } = rhythmOf((s) => [
      hourly('b', [2, 5], done, s),
      hourly('a', [1, 5, 9], done, s),
    ]);
    await rhythm.walkTo(new Date(START + 8 * HOUR_MS));
    expect(done).toEqual(['a 1', 'b 2', 'b 5', 'a 5']);
    expect(state.nowMs).toBe(START + 8 * HOUR_MS);
  });

  it('never goes backwards', async () => {
    const { rhythm, state, moves } = rhythmOf(() => []);
    await rhythm.walkTo(new Date(START - HOUR_MS));
    expect([state.nowMs, moves]).toEqual([START, []]);
  });

  it('two walks at once follow each other: nothing is done twice', async () => {
    const done: string[] = [];
    const { rhythm, state, moves } = rhythmOf((s) => [hourly('a', [1, 2, 3], done, s)]);
    await Promise.all([
      rhythm.walkTo(new Date(START + 2 * HOUR_MS)),
      rhythm.walkTo(new Date(START + 4 * HOUR_MS)),
      rhythm.runDue(),
    ]);
    expect(done).toEqual(['a 1', 'a 2', 'a 3']);
    expect(moves).toEqual([...moves].sort((a, b) => a - b));
    expect(state.nowMs).toBe(START + 4 * HOUR_MS);
  });

  it('stopped half-way, leaves the clock where the work ended', async () => {
    const done: string[] = [];
    const { rhythm, state } = rhythmOf((s) => {
      const job = hourly('a', [1, 2, 3], done, s);
      const run = async (): Promise<number> => {
        const count = await job.run();
        if (done.length === 2) void rhythm.stop();
        return count;
      };
      return [{ ...job, run }];
    });
    await rhythm.walkTo(new Date(START + 9 * HOUR_MS));
    expect(done).toEqual(['a 1', 'a 2']);
    expect(state.nowMs).toBe(START + 2 * HOUR_MS);
  });
});

const broken: Job = {
  name: 'broken',
  nextAt: () => Promise.resolve(null),
  run: () => Promise.reject(new Error('broken')),
};

describe('a job that fails', () => {
  it('does not stop the others', async () => {
    const done: string[] = [];
    const { rhythm, failed } = rhythmOf((s) => [broken, hourly('a', [0, 2], done, s)]);
    await rhythm.walkTo(new Date(START + 3 * HOUR_MS));
    expect(done).toEqual(['a 0', 'a 2']);
    expect(new Set(failed)).toEqual(new Set(['broken']));
  });

  it('shows no sign of life by it', async () => {
    const { rhythm, pulse } = rhythmOf((s) => [broken, hourly('a', [], [], s)]);
    await rhythm.runDue();
    expect(pulse).toEqual(['broken begins', 'broken fails', 'a begins', 'a ends']);
  });

  it('does not stop them either when it cannot say what comes next', async () => {
    const done: string[] = [];
    const unsure: Job = {
      name: 'unsure',
      nextAt: () => Promise.reject(new Error('locked')),
      run: () => Promise.resolve(0),
    };
    const { rhythm, failed } = rhythmOf((s) => [unsure, hourly('a', [2], done, s)]);
    await rhythm.walkTo(new Date(START + 3 * HOUR_MS));
    expect(done).toEqual(['a 2']);
    expect(failed).toContain('unsure');
  });

  it('that remains due does not hold up the walk', async () => {
    const late: Job = { ...broken, nextAt: () => Promise.resolve(new Date(START)) };
    const done: string[] = [];
    const { rhythm, state } = rhythmOf((s) => [late, hourly('a', [2], done, s)]);
    await rhythm.walkTo(new Date(START + 3 * HOUR_MS));
    expect([done, state.nowMs]).toEqual([['a 2'], START + 3 * HOUR_MS]);
  });
});

describe('what waits for nobody', () => {
  it('is done beside a job that hangs, and one of them that fails does not stop the others', async () => {
    const done: string[] = [];
    let letGo = (): void => undefined;
    const held = new Promise<void>((answer) => (letGo = answer)).then(() => 0);
    const page = (name: string): Job => ({
      ...broken,
      name,
      run: () => Promise.resolve(0),
      beside: () =>
        name === 'broken' ? Promise.reject(new Error('broken')) : Promise.resolve(done.push(name)),
    });
    const { rhythm, failed } = rhythmOf(() => [
      { ...broken, name: 'long', run: () => held },
      page('broken'),
      page('ladder'),
    ]);
    const round = rhythm.runDue();
    await rhythm.runBeside();
    expect([done, failed]).toEqual([['ladder'], ['broken']]);
    letGo();
    await round;
  });

  it('keeps its place in the order while time is walked through', async () => {
    const done: string[] = [];
    const { rhythm } = rhythmOf((s) => {
      const job = hourly('a', [1, 2], done, s);
      const beside = (): Promise<number> => Promise.resolve(done.push('beside'));
      return [{ ...job, run: () => rhythm.runBeside().then(() => job.run()), beside }];
    });
    await rhythm.walkTo(new Date(START + 3 * HOUR_MS));
    expect(done).toEqual(['a 1', 'a 2']);
    await rhythm.runBeside();
    expect(done).toEqual(['a 1', 'a 2', 'beside']);
  });
});

describe('one look at the agenda in place of one of every job', () => {
  const idle = (name: string, ran: string[], did = 0): Job => ({
    name,
    nextAt: () => Promise.resolve(null),
    run: () => {
      ran.push(name);
      return Promise.resolve(did);
    },
  });
  const at = (hour: number): string => new Date(START + hour * HOUR_MS).toISOString();

  it('asks those whose time has come, and those it knows nothing of; the others give a sign of life', async () => {
    const ran: string[] = [];
    const { rhythm, pulse } = rhythmOf(
      () => ['past', 'now', 'later', 'never', 'unknown'].map((name) => idle(name, ran)),
      () =>
        new Map([
          ['past', at(0)],
          ['now', ''],
          ['later', at(1)],
          ['never', null],
        ]),
    );
    await rhythm.runDue();
    expect(ran).toEqual(['past', 'now', 'unknown']);
    expect(pulse).toContain('later ends');
    expect(pulse).toContain('never ends');
  });

  it('what one leaves to those behind it is done in the same round, also where another counts it', async () => {
    const ran: string[] = [];
    const waits = new Map<string, string | null>([
      ['wakes', ''],
      ['turns', null],
    ]);
    const { rhythm } = rhythmOf(
      () => [
        {
          ...idle('wakes', ran),
          run: () => {
            ran.push('wakes');
            waits.set('wakes', null).set('turns', '');
            return Promise.resolve(0);
          },
        },
        {
          ...idle('turns', ran),
          run: () => {
            ran.push('turns');
            waits.set('turns', null);
            return Promise.resolve(0);
          },
        },
      ],
      () => new Map(waits),
    );
    await rhythm.runDue();
    expect(ran).toEqual(['wakes', 'turns']);
  });

  it('that cannot be read holds up nobody: every job looks for itself', async () => {
    const ran: string[] = [];
    const { rhythm, failed } = rhythmOf(
      () => [idle('a', ran), idle('b', ran)],
      () => {
        throw new Error('locked');
      },
    );
    await rhythm.walkTo(new Date(START + HOUR_MS));
    expect([ran, new Set(failed)]).toEqual([['a', 'b', 'a', 'b'], new Set(['agenda'])]);
  });

  it('a walk stops at the hours of those that wait, and asks nobody else for theirs', async () => {
    const done: string[] = [];
    const { rhythm } = rhythmOf(
      (s) => [hourly('a', [2], done, s), hourly('b', [1], done, s)],
      () =>
        new Map([
          ['a', at(2)],
          ['b', null],
        ]),
    );
    await rhythm.walkTo(new Date(START + 3 * HOUR_MS));
    expect(done).toEqual(['a 2']);
  });
});
