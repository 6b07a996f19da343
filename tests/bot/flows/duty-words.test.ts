import { describe, expect, it } from 'vitest';
import { rosterLines, saysSwap, swapLines } from '../../../bot/flows/duty-words.ts';
import type { DutyDesk } from '../../../server/domain/escalation/duty-roster.ts';
import { day } from '../../server/domain/cadence/family.ts';

const TODAY = day('2026-11-23');
const person = (workerId: string, name: string, role: string, areaCode = 'town') => ({
  workerId,
  name,
  role,
  areaCode,
});
const PEOPLE = [
  person('zhou', '周明远', 'supervisor'),
  person('jiang', '江少芬', 'deputy'),
  person('xu', '许文斌', 'county-desk', 'county'),
];
const DESK: DutyDesk = {
  people: PEOPLE,
  facts: { terms: [], standing: PEOPLE, working: new Set(PEOPLE.map(({ workerId }) => workerId)) },
};
const swap = (words: string, personId = 'zhou', role = 'supervisor') => {
  const read = swapLines(words, DESK, TODAY, { personId, role });
  return 'wrong' in read
    ? read.wrong.key
    : read.lines.map(({ workerId, replacesId, role: as, fromOn, untilOn }) =>
        [workerId, replacesId, as, fromOn, untilOn].join(' '),
      );
};
const roster = (words: string) => {
  const read = rosterLines(words, DESK, TODAY);
  return 'wrong' in read
    ? read.wrong.key
    : read.lines.map(({ workerId, role, fromOn, untilOn }) => [workerId, role, fromOn, untilOn].join(' '));
};

describe('a swap in words', () => {
  const tomorrow = ['jiang zhou supervisor 2026-11-24 2026-11-24'];
  it.each([
    ['明天江少芬替我值班', tomorrow],
    ['明天我的班换江少芬', tomorrow],
    ['换班 11月24日 周明远 江少芬', tomorrow],
    ['换班 明天 江少芬替周明远', tomorrow],
    ['明天跟江少芬换班', tomorrow],
    ['换班 12月1日到12月3日 江少芬', ['jiang zhou supervisor 2026-12-01 2026-12-03']],
    ['换班 江少芬', 'duty-change.no-day'],
    ['换班 11月31日 江少芬', 'duty-change.wrong-day'],
    ['换班 明天 江少芳', 'duty-change.unknown-name'],
    ['换班 明天', 'duty-change.who'],
    ['换班 明天 周明远 周明远', 'duty-change.same-person'],
    ['换班 明天 江少芬 周明远', 'duty-change.only-own'],
    ['换班 明天 周明远 许文斌', 'duty-change.other-level'],
  ])('%s', (words, read) => {
    expect(swap(words)).toEqual(read);
  });

  it('of somebody else is the word of the county desk', () => {
    expect(swap('换班 明天 周明远 江少芬', 'xu', 'county-desk')).toEqual(tomorrow);
  });

  it.each(['明天江少芬替我值班', '我想换个班', '周三和江少芬换班'])('is heard in %s', (words) => {
    expect(saysSwap(words)).toBe(true);
  });

  it.each(['小明换班级了', '他爸夜里值班', '替我看看小红'])('is not heard in %s', (words) => {
    expect(saysSwap(words)).toBe(false);
  });
});

describe('lines of the duty roster', () => {
  it('are read from one message, one line a day or span', () => {
    expect(roster('12月1日 江少芬\n值班 12月2日到12月4日 督导员 江少芬\n12月5日 许文斌')).toEqual([
      'jiang deputy 2026-12-01 2026-12-01',
      'jiang supervisor 2026-12-02 2026-12-04',
      'xu county-desk 2026-12-05 2026-12-05',
    ]);
  });

  it.each([
    ['12月1日 江少芬\n12月2日 江少芳', 'duty-change.unknown-name'],
    ['12月1日 江少芬\n12月40日 周明远', 'duty-change.wrong-day'],
    ['12月1日 江少芬\n周明远', 'duty-change.no-day'],
    ['12月1日', 'duty-change.no-name'],
    ['12月1日 县级民政 江少芬', 'duty-change.other-level'],
    ['12月1日到次年 江少芬', 'duty-change.unknown-name'],
    ['11月1日 江少芬', 'duty-change.wrong-day'],
    ['12月1日到1月20日 江少芬', 'duty-change.too-long'],
  ])('with one that cannot be read are all refused: %s', (words, wrong) => {
    expect(roster(words)).toBe(wrong);
  });
});
