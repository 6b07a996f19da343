import { describe, expect, it } from 'vitest';
import {
  promiseIn,
  tellsDone,
  tellsPromiseKept,
  tellsPromiseNotKept,
  tellsStillNotDone,
} from '../../../bot/understanding/promise.ts';
import type { LocalDate } from '../../../server/domain/local-date.ts';

/** A Monday. */
const TODAY = '2026-11-23' as LocalDate;

describe('a promise in a note', () => {
  it.each([
    ['奶奶在，答应下周三带作业本来', '带作业本来', '2026-12-02'],
    ['约好月底陪去医院。孩子很好', '陪去医院', '2026-11-30'],
    ['跟奶奶说好12月5日送药', '送药', '2026-12-05'],
    ['我答应孩子周六来看他', '来看他', '2026-11-28'],
    ['答应下周带作业本来', '带作业本来', null],
    ['答应了给奶奶下周三带药', '给奶奶带药', '2026-12-02'],
    ['约好带她去镇上下周五', '带她去镇上', '2026-12-04'],
    ['约好过两天带她去镇上', '带她去镇上', null],
    ['约好一起周六去镇上', '一起去镇上', '2026-11-28'],
    ['答应周五之前送表', '送表', '2026-11-27'],
    ['说好周六', '说好周六', '2026-11-28'],
    ['下次来给他带书包', '下次来给他带书包', null],
  ])('%s', (note, text, on) => {
    expect(promiseIn(note, TODAY)).toEqual({ text, on });
  });

  it.each([
    '爸爸答应下周回来',
    '妈妈说好月底打钱',
    '没答应下周的事',
    '下周三是家长会',
    '答应带作业本来',
    '昨天答应的事办了',
    '',
  ])('%s is none of ours, or has no day', (note) => {
    expect(promiseIn(note, TODAY)).toBeNull();
  });
});

describe('what a promise has come to', () => {
  it.each([
    '上次答应的书包还没送去',
    '答应小明的本子忘了带',
    '说好带她去镇上的，一直没去办，答应的事还没办',
    '上次答应奶奶的药没来得及送',
    '承诺的事还没兑现',
  ])('%s: not kept yet', (words) => {
    expect(tellsPromiseNotKept(words)).toBe(true);
    expect(tellsPromiseKept(words)).toBe(false);
  });

  it.each(['他爸答应寄钱还没寄', '上次答应的书包送去了', '答应下周三送书包', '今天没给小明带书包'])(
    '%s: nothing of ours is late',
    (words) => {
      expect(tellsPromiseNotKept(words)).toBe(false);
    },
  );

  it.each(['带了', '送去了', '已经办好了', '药都给了', '今天送到他家了。'])('%s', (words) => {
    expect(tellsDone(words)).toBe(words !== '药都给了');
  });

  it.each(['没带', '下周带', '带了孩子去镇上', '做作业了'])('%s: nothing is done by these words', (words) => {
    expect(tellsDone(words)).toBe(false);
  });

  it('书包还没送去: what it was may stand on the list of promises', () => {
    expect(tellsStillNotDone('书包还没送去')).toBe(true);
    expect(tellsStillNotDone('书包送去了')).toBe(false);
  });
});
