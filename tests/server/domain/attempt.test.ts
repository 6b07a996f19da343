import { describe, expect, it } from 'vitest';
import { isAttempt, withOutsiders } from '../../../server/domain/attempt.ts';

const SEEN = true;
const UNSEEN = false;

describe('a visit is worker and family in one place, a call is spoken with somebody', () => {
  it.each([
    ['home', UNSEEN, ['没有人'], true],
    ['home', UNSEEN, [], true],
    ['home', UNSEEN, ['邻居'], true],
    ['home', null, ['邻居'], true],
    ['home', UNSEEN, ['隔壁的阿嬷'], true],
    ['home', UNSEEN, ['邻居', '村干部'], true],
    ['home', UNSEEN, ['奶奶'], false],
    ['home', UNSEEN, ['邻居', '奶奶'], false],
    ['home', UNSEEN, ['照护人'], false],
    ['home', UNSEEN, ['他家租客'], false],
    ['home', SEEN, ['邻居', '孩子本人'], false],
    ['school', UNSEEN, ['老师'], true],
    ['school', UNSEEN, [], true],
    ['school', SEEN, ['老师', '孩子本人'], false],
    ['school', UNSEEN, ['奶奶'], false],
    ['phone', null, ['老师'], false],
    ['phone', null, [], false],
    ['video', UNSEEN, ['邻居'], false],
    ['phone', null, ['没有人'], true],
    ['video', UNSEEN, ['没有人'], true],
    ['video', SEEN, ['孩子本人'], false],
  ] as const)('%s, child seen %s, met %j: an attempt %s', (mode, childSeen, met, attempt) => {
    expect(isAttempt({ mode, childSeen, met })).toBe(attempt);
  });
});

describe('the note of an attempt', () => {
  it.each([
    ['没见到她', ['隔壁的阿嬷'], '没见到她；隔壁的阿嬷'],
    [null, ['邻居', '村干部'], '邻居、村干部'],
    ['跟班主任聊了', ['老师'], '跟班主任聊了'],
    ['门锁着', ['没有人'], '门锁着'],
    [null, [], null],
  ])('%s, met %j: %s', (note, met, kept) => {
    expect(withOutsiders(note, met)).toBe(kept);
  });
});
