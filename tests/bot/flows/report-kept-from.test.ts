import { describe, expect, it } from 'vitest';
import type { OnDuty } from '../../../bot/dialog/view.ts';
import { unwantedIn, whyKept } from '../../../bot/flows/report-kept-from.ts';

const ON_DUTY: readonly OnDuty[] = [
  { workerId: 'zhou', role: 'supervisor', name: '周明远', phone: null },
  { workerId: 'jiang', role: 'deputy', name: '江少芬', phone: null },
  { workerId: 'xu', role: 'county-desk', name: '许文斌', phone: null },
];

describe('whom the words of a report keep from it', () => {
  it.each([
    ['别告诉周明远', ['zhou']],
    ['千万不要让督导员知道', ['zhou']],
    ['周督导打的', ['zhou']],
    ['小明说周督导打了他', ['zhou']],
    ['孩子被周明远绑起来了', ['zhou']],
    ['江副督导又对孩子动手打人', ['jiang']],
    ['是许科长摸了她', ['xu']],
    ['周督导昨晚把孩子关起来了', ['zhou']],
  ])('%s', (words, kept) => {
    expect(unwantedIn(words, ON_DUTY)).toEqual(kept);
  });

  it.each([
    '周督导打电话来问过我',
    '周督导打了个电话',
    '周督导说他爸打他',
    '我已经告诉周明远了，孩子被打得很厉害',
    '周明远看到孩子身上有伤',
    '他爸打他，周督导知道',
    '周督导打110了',
    '不知道谁打的',
  ])('nobody: %s', (words) => {
    expect(unwantedIn(words, ON_DUTY)).toEqual([]);
  });
});

describe('why somebody is kept from a report', () => {
  it.each([
    ['周督导打的', [], { zhou: 'named' }],
    ['别告诉周明远', [], {}],
    ['周督导打的，别让许科长知道', [], { zhou: 'named' }],
    ['孩子被打了', ['jiang'], { jiang: 'family' }],
    ['江副督导又对孩子动手打人', ['jiang'], { jiang: 'named' }],
  ])('%s', (words, family, why) => {
    expect(whyKept(words, { onDuty: ON_DUTY }, family)).toEqual(why);
  });
});
