import { describe, expect, it } from 'vitest';
import { reasonWords } from '../../../bot/understanding/reason-words.ts';
import { tellsGone } from '../../../bot/understanding/gone-words.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const TODAY = fromDayNumber(20_780);
const NAMES = ['吴俊辉', '辉辉', '俊辉'];

describe('why a visit did not come about, as it was said', () => {
  it.each([
    ['辉辉家去不了，下雨路滑', '下雨路滑'],
    ['下大雨，辉辉家没去成', '下大雨'],
    ['没去看，他们走了', '他们走了'],
    ['因为家里摆酒席没去成辉辉家', '家里摆酒席'],
    ['今天村里开会走不开，辉辉那边没去成，明天再去', '今天村里开会走不开'],
    ['去不了 辉辉 我自己腰疼', '我自己腰疼'],
    ['俊辉家没来得及去，天黑了', '天黑了'],
    ['摩托车坏了，没去成，改天再去', '摩托车坏了'],
  ])('%s: %s', (text, reason) => {
    expect(reasonWords(text, NAMES, TODAY)).toBe(reason);
  });

  it.each([
    '去不了 辉辉家',
    '辉辉家没去成',
    '今天没去成',
    '辉辉家我去不了，请周明远去',
    '没去成，后天再去',
    '没去，11月24日再去',
    '有一家没去成',
    '辉辉今天没去成，改到周五',
  ])('%s says no reason', (text) => {
    expect(reasonWords(text, NAMES, TODAY)).toBeNull();
  });
});

describe('whether the child has left the village', () => {
  it.each([
    '没去看，他们走了',
    '去了没人，一家人都搬走了',
    '门锁着，邻居说他们全家去外地了',
    '今天没去成，人早就走了',
    '他跟他爸去外地了，奶奶在',
    '辉辉搬到县城去了，没去成',
    '没看成，辉辉国庆就走了',
    '娘俩都走了',
  ])('%s', (text) => {
    expect(tellsGone(text, NAMES, TODAY)).toBe(true);
  });

  it.each([
    '今天去看了，我看完就走了',
    '没去成，奶奶走了两年了',
    '爸爸去外地了，辉辉在家',
    '没人在家，奶奶去地里了',
    '看完我们走了',
    '辉辉去上学了',
    '他走路去学校',
  ])('%s tells nothing of the kind', (text) => {
    expect(tellsGone(text, NAMES, TODAY)).toBe(false);
  });
});
