import { describe, expect, it } from 'vitest';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const CASELOAD = '李小明/小明 林小红/小红 王家乐/乐乐 许嘉怡/ 吴俊辉/辉辉 邱海燕/燕燕'
  .split(' ')
  .map((line) => {
    const [name = '', nickname = ''] = line.split('/');
    return { id: nickname || name, name, nickname: nickname || null, aliases: [] };
  });
const understood = (text: string) => understand(text, { today: fromDayNumber(20_780), caseload: CASELOAD });
const ids = (mentions: readonly { readonly candidates: readonly { readonly childId: string }[] }[]) => [
  ...new Set(mentions.flatMap((m) => m.candidates.map((c) => c.childId))),
];

describe('a child somebody else tells of', () => {
  it.each([
    ['今天去了小明家，小明说燕燕昨晚没回家，奶奶在', ['小明'], ['燕燕']],
    ['今天去了小明家，小明说燕燕没在家', ['小明'], ['燕燕']],
    ['今天去了小明家，孩子在家，爷爷说辉辉也在这里玩', ['小明'], ['辉辉']],
    ['去了小红家，听奶奶说乐乐发烧了没上学', ['小红'], ['乐乐']],
    ['昨天打电话给小红妈妈，妈妈说小红和乐乐吵架了', ['小红'], ['乐乐']],
    ['今天去了小明家，小明说，燕燕又没来', ['小明'], ['燕燕']],
    ['今天去了小明家，小明说燕燕没回家，燕燕奶奶急坏了', ['小明'], ['燕燕']],
  ])('is no part of the visit: %s', (text, visited, told) => {
    const heard = understood(text);
    expect([ids(heard.mentions), ids(heard.told)]).toEqual([visited, told]);
    expect(heard.parts).toEqual([]);
  });

  it.each([
    ['今天去了小明小红家两个都见到了奶奶说小红夜里咳嗽', ['小明', '小红']],
    ['今天去了小明家和辉辉家，小明说辉辉欺负他，辉辉没见到', ['小明', '辉辉']],
    ['今天去小明家，奶奶说他好，又去了辉辉家，辉辉说小明打他', ['小明', '辉辉']],
    ['奶奶说燕燕昨晚没回家', ['燕燕']],
    ['小明家去了，村长说燕燕家我上午也去过了', ['小明', '燕燕']],
  ])('stays where these words tell something of the child itself: %s', (text, children) => {
    const heard = understood(text);
    expect([ids(heard.mentions), ids(heard.told)]).toEqual([children, []]);
  });

  it('is the child a danger is about, and not the one who tells it', () => {
    expect(understood('今天去了小明家，小明说燕燕被爸爸打了').signals).toMatchObject([{ of: '燕燕' }]);
    expect(understood('今天去了小明家，小明说燕燕打了他').signals).not.toMatchObject([{ of: '燕燕' }]);
    expect(understood('今天去了燕燕家，她被爸爸打了').signals).not.toMatchObject([{ of: '燕燕' }]);
  });

  it('is asked about where it only fought with the child that was visited', () => {
    const heard = understood('今天去了嘉怡家，嘉怡没事，昨天打架的是乐乐');
    expect(heard.mentions.map((m) => [m.quote, m.certain])).toEqual([
      ['嘉怡', true],
      ['嘉怡', true],
      ['乐乐', false],
    ]);
    expect(heard.tellings).toEqual([]);
  });
});

describe('what would have been', () => {
  it.each([
    '要不是下雨今天就去小明家了',
    '要不是下雨今天就去了',
    '本来要去小明家的',
    '本来今天去小明家看看的',
    '差点去了小红家',
    '如果不下雨我就去了辉辉家',
    '早知道就去小红家了',
  ])('is no visit: %s', (text) => {
    expect(understood(text)).toMatchObject({ nothingDone: true, intent: null, mode: null });
  });

  it.each([
    ['本来要去小明家的，后来改去小红家了', ['小红']],
    ['今天去了小红家，孩子本来就瘦', ['小红']],
    ['今天去了小明家，要是有事我再联系', ['小明']],
  ])('leaves what was done: %s', (text, children) => {
    const heard = understood(text);
    expect(heard).toMatchObject({ nothingDone: false, intent: 'visit', mode: 'home' });
    expect(ids(heard.mentions.filter((m) => m.certain))).toEqual(children);
  });
});

describe('everybody but one', () => {
  it.each([
    ['除了辉辉，都走了一遍', 'visit', ['辉辉']],
    ['除了辉辉家没去，都去了', 'visit', ['辉辉']],
    ['除辉辉以外，其他的都去了', 'visit', ['辉辉']],
    ['除了辉辉和小红，其他孩子今天都打了电话', 'call', ['辉辉', '小红']],
  ])('says of the others alone that they were met: %s', (text, by, but) => {
    const heard = understood(text);
    expect(heard.others).toBe(by);
    expect(heard.mentions.every((m) => !m.certain)).toBe(true);
    expect(heard.unmade.flatMap((u) => u.candidates)).toEqual(but);
  });

  it('says of the one who was not seen only that', () => {
    expect(understood('除了辉辉，都见到了')).toMatchObject({ others: 'seen', seen: null, unmade: [] });
    const [ming, hong] = understood('今天去了小明、小红家，除了小红都见到了').parts;
    expect([ming?.seen, hong?.seen, hong?.notDone]).toEqual([true, false, false]);
  });

  it('takes the one out of a trip that names all', () => {
    const heard = understood('今天小明小红辉辉，除了辉辉，都走了一遍');
    expect(ids(heard.mentions)).toEqual(['小明', '小红']);
    expect(heard.notReached.map((n) => n.childId)).toEqual(['辉辉']);
  });
});
