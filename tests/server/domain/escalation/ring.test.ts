import { describe, expect, it } from 'vitest';
import { nextRingAt, ringAt, ringsDue, type SentPage } from '../../../../server/domain/escalation/ring.ts';

/** Quiet from nine in the evening to seven in the morning, Asia/Shanghai. */
const QUIET = { fromMinutes: 21 * 60, untilMinutes: 7 * 60 };
const at = (hour: string): Date => new Date(`2026-11-24T${hour}:00.000+08:00`);
const page = (n: number, hour: string, more: Partial<SentPage> = {}): SentPage => ({
  outboxId: `o${String(n)}`,
  reportId: 'r',
  workerId: 'w',
  page: n,
  at: at(hour),
  quiet: QUIET,
  missed: false,
  rung: false,
  ...more,
});
const due = (now: string, ...pages: SentPage[]) => ringsDue(pages, at(now)).map(({ outboxId }) => outboxId);

describe('a page that is rung as well', () => {
  it.each([
    ['14:00', '14:10'],
    ['20:59', '21:09'],
    ['21:00', '21:00'],
    ['03:20', '03:20'],
    ['07:00', '07:10'],
  ])('sent at %s rings at %s', (sent, rings) => {
    expect(ringAt(page(0, sent))).toEqual(at(rings));
  });

  it('rings by day only when ten minutes have gone by, and then once', () => {
    expect(due('14:09', page(0, '14:00'))).toEqual([]);
    expect(due('14:10', page(0, '14:00'), page(1, '14:10'))).toEqual(['o0']);
    expect(due('14:10', page(0, '14:00', { rung: true }), page(1, '14:10'))).toEqual([]);
    expect(due('14:20', page(0, '14:00', { rung: true }), page(1, '14:10'), page(2, '14:20'))).toEqual([
      'o1',
    ]);
  });

  it('rings at once by day too where it did not arrive', () => {
    expect(due('14:00', page(0, '14:00', { missed: true }))).toEqual(['o0']);
    expect(due('14:00', page(0, '14:00', { missed: true, rung: true }))).toEqual([]);
  });

  it('rings once after an outage, for the newest page, and never for one before it', () => {
    expect(due('23:30', page(0, '23:00'), page(1, '23:10'), page(2, '23:20'))).toEqual(['o2']);
    expect(due('23:30', page(0, '23:00'), page(1, '23:10', { rung: true }))).toEqual([]);
  });

  it('rings everybody it went to, and for each report of its own', () => {
    const pages = [
      page(0, '23:00'),
      page(0, '23:00', { outboxId: 'other', workerId: 'v' }),
      page(0, '23:00', { outboxId: 'second', reportId: 's' }),
    ];
    expect(due('23:00', ...pages).sort()).toEqual(['o0', 'other', 'second']);
  });

  it('is looked at again when the next one is to ring', () => {
    const now = at('14:05');
    expect(nextRingAt([page(0, '14:00'), page(1, '14:03')], now)).toEqual(at('14:10'));
    expect(nextRingAt([page(0, '14:00', { rung: true })], now)).toBeNull();
    expect(nextRingAt([page(0, '13:00')], now)).toBeNull();
  });
});
