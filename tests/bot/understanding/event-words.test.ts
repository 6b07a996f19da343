import { describe, expect, it } from 'vitest';
import { eventWords } from '../../../bot/understanding/event-words.ts';
import { day } from '../../server/domain/cadence/family.ts';

const COUNTY = { code: 'c', name: '安宁县' };
const AREAS = [
  COUNTY,
  { code: 't', name: '南山镇' },
  { code: 'e', name: '东岭村' },
  { code: 'w', name: '西坡村' },
];
const read = (text: string) => eventWords(text, day('2026-11-23'), AREAS, COUNTY);

describe('an event in words', () => {
  it.each([
    [
      '11月20日 东岭村 防溺水 防欺凌 80人',
      {
        kind: 'county-event',
        on: '2026-11-20',
        areaCode: 'e',
        topics: ['drowning', 'bullying'],
        audience: 80,
      },
    ],
    [
      '昨天在西坡讲了交通安全',
      { kind: 'county-event', on: '2026-11-22', areaCode: 'w', topics: ['traffic'], audience: null },
    ],
    ['全县宣传反诈', { kind: 'county-event', on: null, areaCode: 'c', topics: ['fraud'] }],
    [
      '11月20日 东岭小学讲座 防性侵 120名学生',
      { kind: 'school-lecture', school: '东岭小学', topics: ['sexual-abuse'], audience: 120 },
    ],
    [
      '今天在南山镇中心小学讲了防溺水',
      { kind: 'school-lecture', school: '南山镇中心小学', on: '2026-11-23' },
    ],
    ['四样都讲了', { kind: null, topics: ['drowning', 'bullying', 'sexual-abuse', 'traffic'] }],
    ['12月1日 东岭村', { on: '2025-12-01', areaCode: 'e' }],
    ['没什么', { kind: null, on: null, areaCode: null, school: null, topics: [], audience: null }],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });
});
