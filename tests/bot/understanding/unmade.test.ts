import { describe, expect, it } from 'vitest';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const today = fromDayNumber(0);
const NAMES = ['林小红', '吴俊辉', '王家乐'];
const caseload = NAMES.map((name) => ({
  id: name,
  name,
  nickname: name === '吴俊辉' ? '辉辉' : null,
  aliases: [],
}));

/** Who the words say was not visited or called: 林小红:visit; ?:visit where nobody is named. */
function unmade(text: string): readonly string[] {
  return understand(text, { today, caseload }).unmade.flatMap(({ candidates, by }) =>
    candidates.length === 0 ? [`?:${by}`] : candidates.map((id) => `${id}:${by}`),
  );
}

describe('a visit or a call that did not come about', () => {
  it.each([
    ['辉辉没去成', ['吴俊辉:visit']],
    ['辉辉家没去', ['吴俊辉:visit']],
    ['其实辉辉家还没去，路不通', ['吴俊辉:visit']],
    ['没去辉辉家', ['吴俊辉:visit']],
    ['今天没去成辉辉家', ['吴俊辉:visit']],
    ['辉辉家锁着门，没去成', ['吴俊辉:visit']],
    ['小红见到了，辉辉没来得及去', ['吴俊辉:visit']],
    ['小红和辉辉都没去成', ['林小红:visit', '吴俊辉:visit']],
    ['小红见到了辉辉没去成', ['吴俊辉:visit']],
    ['辉辉那边去不成', ['吴俊辉:visit']],
    ['没去成', ['?:visit']],
    ['有一家没去成', ['?:visit']],
    ['今天只看了小红，辉辉家没走到，天黑了', ['吴俊辉:visit']],
    ['最后一家没来得及去', ['?:visit']],
    ['辉辉没打通', ['吴俊辉:call']],
    ['辉辉妈妈电话没人接', ['吴俊辉:call']],
    ['没联系上', ['?:call']],
  ])('%s', (text, told) => {
    expect(unmade(text)).toEqual(told);
  });

  it.each([
    '辉辉没去上学',
    '小红还没去同学家',
    '奶奶没去开家长会',
    '小红说她爸没去成',
    '辉辉作业没写完',
    '辉辉没去成吗',
    '爸爸过年没空回来',
    '小红妈妈没联系她',
    '辉辉没见到',
    '今天去了小红家，都见到了',
  ])('%s tells nothing of the kind', (text) => {
    expect(unmade(text)).toEqual([]);
  });
});
