import { describe, expect, it } from 'vitest';
import { agesOf, Heartbeats, latestOf, stoppedJobs, type Beats } from '../../../server/jobs/heartbeats.ts';

const START = '2026-11-29T10:00:00.000Z';
const at = (seconds: number): string => new Date(Date.parse(START) + seconds * 1000).toISOString();
const done = (seconds: number) => ({ doneAt: at(seconds), begunAt: null });
const hangs = (doneSeconds: number, begunSeconds: number) => ({
  doneAt: at(doneSeconds),
  begunAt: at(begunSeconds),
});
const policy = { validFrom: '2024-01-01', source: 'a test', limitSeconds: 120 };

/** `name since-second`, with a star for the one to blame. */
const stopped = (beats: Beats, nowSeconds: number): string[] =>
  stoppedJobs(['ladder', 'planner', 'outbox'], beats, START, new Date(at(nowSeconds)), policy).map(
    ({ job, since, isToBlame }) =>
      `${job} ${String((Date.parse(since) - Date.parse(START)) / 1000)}${isToBlame ? ' *' : ''}`,
  );

describe('a job has stopped', () => {
  const all = { ladder: done(300), planner: done(300), outbox: done(300) };
  it.each<[string, Beats, number, string[]]>([
    ['nobody, while all of them come to their end', all, 310, []],
    ['nobody, at the limit itself', all, 420, []],
    ['the one that ends by a fault each time', { ...all, ladder: done(170) }, 305, ['ladder 170 *']],
    [
      'all of them, where nobody begins any more',
      all,
      421,
      ['ladder 300 *', 'planner 300 *', 'outbox 300 *'],
    ],
    [
      'all of them, and the one that hangs is to blame',
      { ...all, outbox: hangs(295, 301) },
      430,
      ['ladder 300', 'planner 300', 'outbox 295 *'],
    ],
    ['nobody, where one takes long within the limit', { ...all, planner: hangs(300, 305) }, 415, []],
    ['nobody just after the start, when nothing has run yet', {}, 120, []],
    [
      'all of them, where nothing has run since the start',
      {},
      121,
      ['ladder 0 *', 'planner 0 *', 'outbox 0 *'],
    ],
    ['nobody by what lies before the start', { ladder: done(-9000) }, 100, []],
    ['nobody, where the clock went back', all, 10, []],
  ])('%s', (_, beats, now, expected) => {
    expect(stopped(beats, now)).toEqual(expected);
  });
});

describe('what is known of the jobs', () => {
  it('a fault is no sign of life, and neither is a beginning', () => {
    let now = new Date(at(0));
    const beats = new Heartbeats(() => now);
    beats.begins('ladder');
    beats.ends('ladder');
    now = new Date(at(50));
    beats.begins('ladder');
    expect(beats.all()).toEqual({ ladder: hangs(0, 50) });
    beats.fails('ladder');
    expect(beats.all()).toEqual({ ladder: done(0) });
    expect(agesOf(['ladder', 'outbox'], beats.all(), START, new Date(at(60)))).toEqual({
      ladder: 60,
      outbox: 60,
    });
  });

  it('of two processes the later word counts, job by job', () => {
    const former = { ladder: hangs(10, 20), outbox: done(5), seal: done(3) };
    const present = { ladder: done(90), outbox: done(2) };
    const both = { ladder: done(90), outbox: done(5), seal: done(3) };
    expect(latestOf(former, present)).toEqual(both);
    expect(latestOf(present, former)).toEqual(both);
  });
});
