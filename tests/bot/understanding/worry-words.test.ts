import { describe, expect, it } from 'vitest';
import { NAME_MARK } from '../../../bot/understanding/normalise.ts';
import { worryIn } from '../../../bot/understanding/worry-words.ts';

const WORRIED = [
  '心里没底',
  '〇家我心里没底',
  '不太放心〇这孩子',
  '这孩子我不放心',
  '有点担心〇',
  '我很担心〇',
  '对〇不放心',
  '〇让我放心不下',
  '心里老是不踏实',
  '总觉得〇家不对劲',
  '〇他爸刚回来，我有点担心',
];
const CALL_ME = [
  '叫周督导打给我',
  '请督导给我回个电话',
  '让督导员打个电话给我',
  '麻烦您给我打个电话',
  '打给我',
  '打电话给我吧',
  '能不能给我打个电话',
  '想找督导说一下',
  '请领导联系我',
];
const NEITHER = [
  '不用担心',
  '让他别担心',
  '奶奶担心〇的学习',
  '妈妈不放心孩子',
  '〇有点担心考试',
  '我该担心吗？',
  '让他妈妈打给我',
  '叫〇爸爸给我回个电话',
  '督导打给我了',
  '今天去看了〇，都好',
  '放心，都好',
  '我叫他放心',
];

const said = (text: string): string => text.replaceAll('〇', NAME_MARK);

describe('words of a worry', () => {
  it.each(WORRIED)('“%s” is one', (text) => {
    expect(worryIn(said(text))).toBe('worried');
  });

  it.each(CALL_ME)('“%s” asks to be called', (text) => {
    expect(worryIn(said(text))).toBe('call-me');
  });

  it.each(NEITHER)('“%s” is none of the one who writes', (text) => {
    expect(worryIn(said(text))).toBeNull();
  });
});
