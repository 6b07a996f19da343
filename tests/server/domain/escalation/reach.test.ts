import { describe, expect, it } from 'vitest';
import { nextUnreachedAt, whyUnreached, type PageFate } from '../../../../server/domain/escalation/reach.ts';

const DUE = Date.parse('2026-11-24T14:15:00.000Z');
const seconds = (n: number): Date => new Date(DUE + n * 1000);
const fate = (state: PageFate['state'], error: string | null = null): PageFate => ({
  workerId: 'w',
  state,
  error,
  dueAt: new Date(DUE),
});

describe('a page', () => {
  it.each([
    ['accepted', null, null, null],
    ['unknown', null, null, null],
    ['dropped', 'pointless', null, null],
    ['queued', null, null, 'waiting'],
    ['sending', null, null, 'waiting'],
    ['queued', 'busy', null, 'waiting'],
    ['queued', 'settings', 'held', 'held'],
    ['queued', 'limit', 'held', 'held'],
    ['queued', 'paced', null, 'waiting'],
    ['queued', 'unreachable', 'unreachable', 'unreachable'],
    ['queued', 'refused', 'refused', 'refused'],
    ['sending', 'unreachable', null, 'waiting'], // it is tried again just now
    ['failed', 'closed', 'refused', 'refused'],
    ['failed', 'taken', 'refused', 'refused'],
  ] as const)(
    'that is %s (%s) counts at once as %s, and after two minutes as %s',
    (state, error, now, later) => {
      expect(whyUnreached(fate(state, error), seconds(119))).toBe(now);
      expect(whyUnreached(fate(state, error), seconds(120))).toBe(later);
    },
  );

  it('that waits is looked at again when its two minutes are over', () => {
    const fates = [fate('accepted'), fate('queued'), { ...fate('sending'), dueAt: seconds(60) }];
    expect(nextUnreachedAt(fates, seconds(0))).toEqual(seconds(120));
    expect(nextUnreachedAt(fates, seconds(120))).toEqual(seconds(180));
    expect(nextUnreachedAt(fates, seconds(180))).toBeNull();
  });
});
