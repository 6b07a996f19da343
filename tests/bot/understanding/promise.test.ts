import { describe, expect, it } from 'vitest';
import { promiseIn } from '../../../bot/understanding/promise.ts';
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
