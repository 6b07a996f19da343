import { describe, expect, it } from 'vitest';
import { rememberedAs, type Finding } from '../../../../server/domain/escalation/reachability.ts';
import { newsOf } from '../../../../server/domain/escalation/told-again.ts';
import { parseLocalDate, type LocalDate } from '../../../../server/domain/local-date.ts';

const day = (text: string): LocalDate => parseLocalDate(text) ?? (text as LocalDate);
const TODAY = day('2026-11-29');

const village = (count: number): Finding => ({
  kind: 'no-director',
  areaCode: 'N1',
  townshipCode: 'N',
  role: null,
  count,
  workerIds: [],
});
const rung: Finding = {
  kind: 'rung-unreached',
  areaCode: 'N',
  townshipCode: 'N',
  role: 'supervisor',
  count: 1,
  workerIds: ['a', 'b'],
};
const nobody: Finding = {
  kind: 'nobody',
  areaCode: 'C',
  townshipCode: null,
  role: null,
  count: 1,
  workerIds: [],
};
const failing = (workerId: string): Finding => ({
  kind: 'failing',
  areaCode: 'N',
  townshipCode: 'N',
  role: null,
  count: 1,
  workerIds: [workerId],
});

describe('what a desk hears in the morning', () => {
  it.each<[string, readonly Finding[], readonly Finding[] | null, string, string | null]>([
    ['nothing, where nothing was ever found', [], null, '2026-11-28', null],
    ['nothing, where all has long been mended', [], [], '2026-11-28', null],
    ['what is found for the first time', [village(2), rung], null, '2026-11-28', '2 new, 0 mended'],
    ['nothing of what it was told yesterday', [village(2), rung], [rung, village(2)], '2026-11-28', null],
    ['the same once more after a week', [rung], [rung], '2026-11-22', '0 new, 0 mended'],
    ['nothing of it on the sixth day', [rung], [rung], '2026-11-23', null],
    ['that all is mended, once', [], [rung], '2026-11-28', '0 new, 1 mended'],
    ['what is new beside what it knows', [rung, village(2)], [rung], '2026-11-28', '1 new, 0 mended'],
    [
      'that one more child has none: new, and nothing mended',
      [village(3)],
      [village(2)],
      '2026-11-28',
      '1 new, 0 mended',
    ],
    ['every day that nobody at all is there', [nobody], [nobody], '2026-11-28', '0 new, 0 mended'],
    [
      'one who is reached again and another who is not any more',
      [failing('b')],
      [failing('a')],
      '2026-11-28',
      '1 new, 1 mended',
    ],
  ])('%s', (_, findings, known, on, expected) => {
    const before = known === null ? null : { on: day(on), gaps: known.map(rememberedAs) };
    const news = newsOf(findings, before, TODAY);
    expect(news && `${String(news.fresh)} new, ${String(news.mended)} mended`).toBe(expected);
  });
});
