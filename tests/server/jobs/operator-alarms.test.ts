import { describe, expect, it } from 'vitest';
import { alarmsAfter, type AlarmRow, type Fault } from '../../../server/jobs/operator-alarms.ts';

const START = Date.parse('2026-11-29T10:00:00.000Z');
const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

/** Looks at these minutes; what stands at each of them. Tells `minute code since`, with `over` behind. */
function told(looks: readonly (readonly [minute: number, ...faults: (string | Fault)[]])[]): string[] {
  let rows: readonly AlarmRow[] = [];
  const heard: string[] = [];
  for (const [minute, ...faults] of looks) {
    const standing = faults.map((f) => (typeof f === 'string' ? { code: f, since: null } : f));
    const after = alarmsAfter(rows, standing, new Date(at(minute)));
    rows = after.rows;
    for (const { code, since, over } of after.notices) {
      const begun = String((Date.parse(since) - START) / 60_000);
      heard.push(`${String(minute)} ${code} ${begun}${over ? ' over' : ''}`);
    }
  }
  return heard;
}

describe('the operator', () => {
  it.each<[string, Parameters<typeof told>[0], string[]]>([
    ['hears nothing of what is well', [[0], [60]], []],
    ['hears nothing of what is gone within a minute', [[0, 'inbox'], [0.5, 'inbox'], [0.75]], []],
    [
      'hears of what has stood for a minute, and when it is over',
      [[0, 'inbox'], [0.5, 'inbox'], [1, 'inbox'], [1.25, 'inbox'], [7], [8]],
      ['1 inbox 0', '7 inbox 0 over'],
    ],
    [
      'hears at once of a job that stopped long ago',
      [[10, { code: 'job-ladder', since: at(7) }]],
      ['10 job-ladder 7'],
    ],
    [
      'hears again after an hour, with the same beginning',
      [
        [0, 'planner'],
        [1, 'planner'],
        [60.9, 'planner'],
        [61, 'planner'],
        [121, 'planner'],
      ],
      ['1 planner 0', '61 planner 0', '121 planner 0'],
    ],
    [
      'hears of each code for itself',
      [
        [0, 'inbox', 'planner'],
        [1, 'inbox', 'planner'],
        [2, 'planner'],
      ],
      ['1 inbox 0', '1 planner 0', '2 inbox 0 over'],
    ],
    [
      'hears once an hour of what comes and goes',
      [[0, 'inbox'], [1, 'inbox'], [2], [3, 'inbox'], [5, 'inbox'], [9], [20, 'inbox'], [62, 'inbox'], [63]],
      ['1 inbox 0', '2 inbox 0 over', '62 inbox 20', '63 inbox 20 over'],
    ],
    [
      'hears of it anew when it comes back after more than an hour',
      [[0, 'inbox'], [1, 'inbox'], [2], [62], [70, 'inbox'], [71, 'inbox']],
      ['1 inbox 0', '2 inbox 0 over', '71 inbox 70'],
    ],
    [
      'hears nothing more when the clock goes back',
      [
        [0, 'inbox'],
        [1, 'inbox'],
        [-30, 'inbox'],
      ],
      ['1 inbox 0'],
    ],
  ])('%s', (_, looks, heard) => {
    expect(told(looks)).toEqual(heard);
  });
});
