import { expect, it } from 'vitest';
import { waitOffTheMark } from '../../../../server/domain/reminding/off-the-mark.ts';

const MINUTE = 60_000;
const MORNING = Date.parse('2026-11-25T00:00:00.000Z'); // 8:00 in Shanghai
const readers = Array.from({ length: 1_000 }, (_, n) => `reader ${String(n)}`);

it('what can wait goes two to nine minutes after the hour and the half hour, each reader in a minute of its own', () => {
  for (const mark of [MORNING, MORNING + 30 * MINUTE]) {
    const waits = readers.map((reader) => waitOffTheMark(new Date(mark), reader));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(Math.max(...waits)).toBeLessThan(9 * MINUTE);
    const byMinute = [2, 3, 4, 5, 6, 7, 8].map((m) => waits.filter((ms) => Math.floor(ms / MINUTE) === m));
    for (const some of byMinute) expect(some.length).toBeGreaterThan(100);
    expect(readers.map((reader) => waitOffTheMark(new Date(mark), reader))).toEqual(waits);
  }
});

it('never waits twice, and not at all in the rest of the half hour', () => {
  for (const reader of readers) {
    const waitMs = waitOffTheMark(new Date(MORNING), reader);
    expect(waitOffTheMark(new Date(MORNING + waitMs), reader)).toBe(0);
    expect(waitOffTheMark(new Date(MORNING + MINUTE), reader)).toBe(waitMs - MINUTE);
    expect(waitOffTheMark(new Date(MORNING + 9 * MINUTE), reader)).toBe(0);
    expect(waitOffTheMark(new Date(MORNING + 30 * MINUTE - 1), reader)).toBe(0);
  }
});
