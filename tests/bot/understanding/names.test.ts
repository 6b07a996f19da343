import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { NamedChild } from '../../../bot/understanding/name-index.ts';
import { findChildren } from '../../../bot/understanding/names.ts';
import { readNamesFile } from '../../../bot/understanding/names-file.ts';
import { normalise } from '../../../bot/understanding/normalise.ts';
import { understand } from '../../../bot/understanding/understand.ts';
import { parseLocalDate } from '../../../server/domain/local-date.ts';

function child(name: string, nickname: string | null = null, aliases: readonly string[] = []): NamedChild {
  return { id: name, name, nickname, aliases };
}

const CASELOAD: readonly NamedChild[] = [
  child('李小明'),
  child('王红', '小红'),
  child('陈思雨'),
  child('陈思宇'),
  child('周一琪'),
  child('任家乐'),
  child('林一心'),
  child('郑思家'),
  child('张晓峰', '毛毛'),
  child('赵婷'),
  child('欧阳雨桐', null, ['桐桐丫头']),
  child('单子轩'),
  child('吕梓涵'),
  child('高兴'),
  child('黄宇航', '小宇'),
  child('曾伟强'),
];

/** Sentence, and what is found: `quote!id` certain, `quote?` to be asked. */
const FOUND: readonly (readonly [string, readonly string[]])[] = [
  ['今天去看了李小明', ['李小明!李小明']],
  ['今天去看了小明,奶奶在', ['小明!李小明']],
  ['小明的奶奶在家', ['小明!李小明']],
  ['小明奶奶说都好', ['小明!李小明']],
  ['联系了小明 电话 一切都好', ['小明!李小明']],
  ['李小明家去了,小明在写作业', ['李小明!李小明', '小明!李小明']],
  ['今天去了小明小红家', ['小明!李小明', '小红!王红']],
  ['小明、小红都在', ['小明!李小明', '小红!王红']],
  ['阿明在家', ['阿明!李小明']],
  ['明仔在家', ['明仔!李小明']],
  ['王红妈妈在', ['王红!王红']],
  ['去看了小洪', ['小洪!王红']],
  ['陈思雨在家', ['陈思雨!陈思雨']],
  ['陈思宇没在', ['陈思宇!陈思宇']],
  ['去陈思羽家', ['陈思羽?']],
  ['思雨家没人', ['思雨?']],
  ['周一去看了周一琪', ['周一琪!周一琪']],
  ['一琪奶奶接的电话', ['一琪!周一琪']],
  ['周一去学校了', []],
  ['去看了家乐', ['家乐!任家乐']],
  ['大家乐呵呵的', []],
  ['孩子在家里乐坏了', []],
  ['一心想去找妈妈的孩子', []],
  ['孩子一心想读书', []],
  ['去了一心家', ['一心!林一心']],
  ['孩子很思家', []],
  ['孩子很高兴', []],
  ['高高兴兴的', []],
  ['去看了高兴', ['高兴!高兴']],
  ['毛毛在家', ['毛毛!张晓峰']],
  ['小峰在家', ['小峰!张晓峰']],
  ['晓峰在家', ['晓峰!张晓峰']],
  ['去了小锋家', ['小锋!张晓峰']],
  ['婷婷在写作业', ['婷婷!赵婷']],
  ['阿婷 电话 都好', ['阿婷!赵婷']],
  ['婷妹在家', ['婷妹!赵婷']],
  ['去了雨桐家', ['雨桐!欧阳雨桐']],
  ['欧阳雨桐在家', ['欧阳雨桐!欧阳雨桐']],
  ['桐桐丫头在', ['桐桐丫头!欧阳雨桐']],
  ['欧阳家去了', []],
  ['去了李家', []],
  ['陈家去了', []],
  ['单子轩不在家', ['单子轩!单子轩']],
  ['山子轩不在家', ['山子轩!单子轩']],
  ['去了子涵家', ['子涵!吕梓涵']],
  ['吕子涵在家', ['吕子涵!吕梓涵']],
  ['去看了小宇', ['小宇?']],
  ['看了小宇宙动画片', []],
  ['联系了小敏', ['小敏?']],
  ['去看了林小明', ['小明?']],
  ['看了小明星的电影', []],
  ['老师说作业没写完', []],
  ['明天再说', []],
  ['路上小心', []],
  ['看了一下作业本', []],
  ['家里很乱', []],
  ['下小雨', []],
  ['得了小红花', []],
  ['去了增伟强家', ['伟强!曾伟强']],
  ['伟强在家', ['伟强!曾伟强']],
  ['去了黄雨寒家', ['黄雨寒?']],
  ['今天 李 小明', ['小明!李小明']],
  ['去了医院和学校', []],
  ['和老师聊了作业', []],
  ['阿姨在家', []],
];

function shown(text: string, caseload: readonly NamedChild[]): readonly string[] {
  return findChildren(text, caseload).map(
    ({ quote, certain, candidates }) => `${quote}${certain ? `!${candidates[0]?.childId ?? ''}` : '?'}`,
  );
}

describe('children named in a sentence', () => {
  it.each(FOUND)('%s', (text, expected) => {
    expect(shown(text, CASELOAD)).toEqual(expected);
  });
});

describe('children who share a name', () => {
  test('two children with the same full name are both candidates', () => {
    const twins = [
      { ...child('李娜'), id: 'a' },
      { ...child('李娜'), id: 'b' },
    ];
    const [mention] = findChildren('去了李娜家', twins);
    expect(mention?.certain).toBe(false);
    expect(mention?.candidates.map(({ childId }) => childId)).toEqual(['a', 'b']);
  });
  test('小明 means every child whose given name holds 明 at an end, and is asked about', () => {
    expect(shown('去看了小明', [child('李明'), child('王明轩')])).toEqual(['小明?']);
  });
  test('a nickname of one child that fits another child by pattern is asked about', () => {
    expect(shown('去看了小明', [child('王强', '小明'), child('李明')])).toEqual(['小明?']);
  });
  test('a given name that two children bear is asked about', () => {
    expect(shown('去看了子涵', [child('王子涵'), child('李子涵')])).toEqual(['子涵?']);
  });
  test('a given name that only sounds like another child’s is asked about', () => {
    expect(shown('去看了子涵', [child('王子涵'), child('李梓涵')])).toEqual(['子涵?']);
  });
  test.each([
    ['昨天我去的青松家', ['青松!陈青松']],
    ['今天看的是青松', ['青松!陈青松']],
    ['路上碰到青松,没进屋', ['青松!陈青松']],
    ['在集上遇见大海', ['大海!林大海']],
    ['我去的时候大海边没人', []],
    ['今天很轻松', []],
  ])('where a person must stand an ordinary word is the child called so: %s', (text, found) => {
    expect(shown(text, [child('陈青松'), child('林大海')])).toEqual(found);
  });
  test('after the full name its given name means the same child', () => {
    expect(shown('去了王子涵家,子涵在写作业', [child('王子涵'), child('李子涵')])).toEqual([
      '王子涵!王子涵',
      '子涵!王子涵',
    ]);
  });
  test('a single-character given name is never matched bare', () => {
    expect(shown('孩子有涵养', [child('陈涵')])).toEqual([]);
    expect(shown('小涵在家', [child('陈涵')])).toEqual(['小涵!陈涵']);
  });
  test('a longer name that is not in the caseload is not taken for a shorter one', () => {
    expect(shown('去看了陈思涵', [child('陈思')])).not.toContain('陈思!陈思');
  });
});

describe('names that match nobody', () => {
  const today = parseLocalDate('2026-03-18');
  it.each([
    ['去了小芳家', ['小芳']],
    ['看了小芳', ['小芳']],
    ['联系了李小红', ['李小红']],
    ['小芳奶奶在', ['小芳']],
    ['去看了王思雨', ['王思雨']],
    ['去了奶奶家', []],
    ['去了学校', []],
    ['和老师聊了', []],
    ['今天去了小明家,作业没写完', []],
    ['到村里走访', []],
    ['小组长也在', []],
  ])('%s leaves %s open', (text, expected) => {
    if (today === null) throw new Error('no day');
    expect(understand(text, { today, caseload: [child('李小明')] }).unresolved).toEqual(expected);
  });
});

describe('the list of names', () => {
  test('one name a line, with a nickname after a comma, a tab or a blank', () => {
    const names = readNamesFile('李小明\n王红,小红\n赵婷，婷婷\n\n张宇\t小宇\n钱多 多多\n').map(
      ({ name, nickname }) => [name, nickname],
    );
    expect(names).toEqual([
      ['李小明', null],
      ['王红', '小红'],
      ['赵婷', '婷婷'],
      ['张宇', '小宇'],
      ['钱多', '多多'],
    ]);
  });
  test('a table whose header names the columns', () => {
    const names = readNamesFile('\uFEFF编号,姓名,性别,小名\n1,李小明,男,明明\n2,王红,女,\n').map(
      ({ name, nickname }) => [name, nickname],
    );
    expect(names).toEqual([
      ['李小明', '明明'],
      ['王红', null],
    ]);
  });
});

const words = fc.array(
  fc.constantFrom(
    '小明',
    '小红',
    '陈思雨',
    '思雨',
    '去了',
    '家',
    '奶奶',
    ',',
    '小敏',
    '子涵',
    '的',
    '在',
    '周一',
    '琪',
    '明',
    '小',
    '\uD842',
  ),
  { maxLength: 8 },
);
const sentence = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  words.map((parts) => parts.join('')),
);

describe('whatever is typed', () => {
  test('a certain mention has exactly one candidate, heard plainly, and every quote stands in the text', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        for (const { certain, candidates, quote } of findChildren(text, CASELOAD)) {
          expect(normalise(text)).toContain(quote);
          expect(candidates.length).toBeGreaterThan(0);
          if (certain) expect(candidates.map(({ how }) => how)).toHaveLength(1);
          if (certain) expect(candidates[0]?.how).not.toBe('folded');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a name that is on no list is not the name of whoever shares one character with it', () => {
  const roster = [child('吴俊辉', '辉辉'), child('邱海燕', '燕燕'), child('许嘉怡')];
  const foundIn = (text: string): readonly string[] =>
    findChildren(text, roster).map(
      (m) => `${m.quote}${m.certain ? '!' : '?'}${m.candidates.map((c) => c.childId).join('/')}`,
    );

  it.each([
    ['今天去看了小军，奶奶在', ['小军?吴俊辉']],
    ['今天去看了小俊，奶奶在', ['小俊?吴俊辉']],
    ['今天去看了军军，奶奶在', ['军军?吴俊辉']],
    ['今天去看了小海，奶奶在', ['小海?邱海燕']],
    ['今天去看了小艺，奶奶在', ['小艺?许嘉怡']],
  ])('%s is asked about', (text, found) => {
    expect(foundIn(text)).toEqual(found);
  });

  it.each([
    ['今天去看了小辉，奶奶在', ['小辉!吴俊辉']],
    ['今天去看了燕子，奶奶在', []],
    ['今天去看了小燕，奶奶在', ['小燕!邱海燕']],
    ['今天去看了小怡，奶奶在', ['小怡!许嘉怡']],
    ['今天去看了家怡，奶奶在', ['家怡!许嘉怡']],
    ['今天去看了小飞，奶奶在', []],
  ])('%s', (text, found) => {
    expect(foundIn(text)).toEqual(found);
  });
});
