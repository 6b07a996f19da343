import { describe, expect, it } from 'vitest';
import { understand } from '../../../bot/understanding/understand.ts';
import { metInstead } from '../../../bot/understanding/met.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const CASELOAD = ['林小红/小红', '吴俊辉/辉辉'].map((line) => {
  const [name = '', nickname = ''] = line.split('/');
  return { id: nickname, name, nickname, aliases: [] };
});
const understood = (text: string) => understand(text, { today: fromDayNumber(20_780), caseload: CASELOAD });

describe('a message from one side alone', () => {
  it.each([
    '给小红妈妈发了微信，没回',
    '小红妈妈发了消息，没回微信',
    '微信联系了小红妈妈，没回',
    '小红妈妈没回微信',
    '小红妈妈发消息说孩子好的，我还没回',
    '发了两条消息给辉辉爸爸，他没回我',
  ])('is no contact: %s', (text) => {
    expect(understood(text)).toMatchObject({ nothingDone: true, intent: null, met: [] });
  });

  it.each([
    ['给辉辉爸爸发微信他回了说在加班', 'contact'],
    ['给辉辉爸爸发微信没回，后来打电话通了，说在加班', 'contact'],
    ['今天去了小红家，奶奶在，给妈妈发了微信没回', 'visit'],
    ['今天去了小红家，孩子还没回来，奶奶在', 'visit'],
    ['给小红妈妈打了电话，爸爸没回来', 'contact'],
  ])('takes nothing from what came about: %s', (text, intent) => {
    expect(understood(text)).toMatchObject({ nothingDone: false, intent });
  });

  it('says who was not reached, unless the call came about in the end', () => {
    expect(understood('小红妈妈没回微信').unmade).toEqual([{ candidates: ['小红'], by: 'call' }]);
    expect(understood('给辉辉爸爸发微信没回，后来打电话通了').unmade).toEqual([]);
  });
});

describe('who was met instead', () => {
  it.each([
    ['不是奶奶，是她姑姑', ['奶奶'], ['姑姑']],
    ['不是她奶奶是外婆', ['奶奶'], ['外婆']],
    ['不是妈妈，应该是他大伯的', ['妈妈'], ['伯伯']],
  ])('%s', (text, not, but) => {
    expect(metInstead(text)).toEqual({ not, but });
  });

  it.each(['不是奶奶做的饭，是她姑姑做的', '是不是奶奶病了', '不是奶奶'])('%s says nobody', (text) => {
    expect(metInstead(text)).toBeNull();
  });
});

describe('a slip of the tongue', () => {
  it.each([
    ['刚才说去了辉辉家是说错了', ['辉辉'], 'visit'],
    ['我说打了电话给小红那是说错了', ['小红'], 'call'],
    ['刚才写的去过了是写错了', [], 'visit'],
  ])('%s', (text, candidates, by) => {
    expect(understood(text).unmade).toEqual([{ candidates, by, slip: true }]);
  });
});
