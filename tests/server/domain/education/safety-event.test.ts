import { describe, expect, it } from 'vitest';
import {
  sameEvent,
  stillWanted,
  type SafetyEvent,
  type SafetyEvents,
} from '../../../../server/domain/education/safety-event.ts';
import { day } from '../cadence/family.ts';

const COUNTY = { code: 'c', name: '安宁县' };
const event = (more: Partial<SafetyEvent> = {}): SafetyEvent => ({
  id: 'e1',
  kind: 'county-event',
  areaCode: 'v',
  heldOn: day('2026-11-20'),
  topics: ['drowning'],
  school: null,
  audience: null,
  words: '',
  ...more,
});
const lecture = (heldOn: string, school: string): SafetyEvent =>
  event({ kind: 'school-lecture', heldOn: day(heldOn), school });
const wanted = (events: readonly SafetyEvent[], schools: readonly string[] = [], today = '2026-11-23') => {
  const known: SafetyEvents = { own: COUNTY, county: COUNTY, areas: [], events, schools };
  return stillWanted(known, day(today));
};

describe('what the plan still wants', () => {
  it('an event in villages of this year with its four topics, whichever event told of them', () => {
    expect(wanted([])).toMatchObject({
      isFirst: true,
      topics: ['drowning', 'bullying', 'sexual-abuse', 'traffic'],
    });
    const told = [event({ topics: ['drowning', 'traffic'] }), event({ topics: ['bullying', 'fire'] })];
    expect(wanted(told)).toMatchObject({ isFirst: false, topics: ['sexual-abuse'] });
  });

  it('last year’s event and a lecture of a school are no event of this year', () => {
    expect(wanted([event({ heldOn: day('2025-12-31') }), lecture('2026-11-20', '东岭小学')])).toMatchObject({
      isFirst: true,
    });
  });

  it.each([
    ['2026-11-23', 'winter', 2027, 1],
    ['2027-01-31', 'winter', 2027, 2],
    ['2027-03-01', 'summer', 2027, 1],
  ])('on %s lectures are counted before the %s break of %s', (today, kind, year, lectures) => {
    const held = [lecture('2026-06-20', '甲小学'), lecture('2026-09-10', '乙小学')];
    const later = [lecture('2027-01-20', '丙小学'), lecture('2027-02-25', '丁小学')];
    const all = [...held, ...later].filter(({ heldOn }) => heldOn <= today);
    expect(wanted(all, [], today)).toMatchObject({ before: { kind, year }, lectures });
  });

  it('the schools without a lecture are named; a shorter name is the same school', () => {
    const { schools } = wanted([lecture('2026-11-20', '东岭小学')], ['上湾镇东岭小学', '西坡小学']);
    expect(schools).toEqual(['西坡小学']);
  });

  it('the same day, place and kind again takes the place of the earlier record; another school does not', () => {
    const before = lecture('2026-11-20', '东岭小学');
    expect(sameEvent(lecture('2026-11-20', '东岭小学'), [before])).toBe(before);
    expect(sameEvent(lecture('2026-11-20', '西坡小学'), [before])).toBeUndefined();
    expect(sameEvent(event(), [before])).toBeUndefined();
  });
});
