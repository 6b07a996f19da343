import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paperLines } from '../../../bot/understanding/paper-lines.ts';

const read = (text: string): string | null => {
  const found = paperLines(text);
  if (found === null) return null;
  const lines = found.lines.map(({ number, words }) => `${String(number)}=${words}`);
  return [...(found.before === '' ? [] : [`(${found.before})`]), ...lines].join(' | ');
};

describe('the numbered lines of a form', () => {
  it.each([
    [
      '1 见到 奶奶在 作业没写完 2 没见到 3 有担心 不肯说话',
      '1=见到 奶奶在 作业没写完 | 2=没见到 | 3=有担心 不肯说话',
    ],
    ['1、见到，奶奶在\n2、没见到\n4、见到 未发现异常', '1=见到,奶奶在 | 2=没见到 | 4=见到 未发现异常'],
    ['1. 见到 2. 没见到', '1=见到 | 2=没见到'],
    ['①见到奶奶②没见到③不确定', '1=见到奶奶 | 2=没见到 | 3=不确定'],
    ['1见到 2没见到', '1=见到 | 2=没见到'],
    ['１．见到　２．没见到', '1=见到 | 2=没见到'],
    ['1 见到 有2个弟弟 在家 2 没见到', '1=见到 有2个弟弟 在家 | 2=没见到'],
    ['1 见到 考了 2 门不及格 3 没见到', '1=见到 考了 2 门不及格 | 3=没见到'],
    ['11月23日 1 见到 2 没见到', '(11月23日) | 1=见到 | 2=没见到'],
    ['昨天的：1 见到 未发现异常', '(昨天的:) | 1=见到 未发现异常'],
    ['第1家 见到 第2家 没见到', '1=见到 | 2=没见到'],
  ])('%s', (text, told) => {
    expect(read(text)).toBe(told);
  });

  it.each([
    '今天去看了小明，奶奶在',
    '1',
    '11月23日去看了小明',
    '3个孩子都见到了',
    '2026-11-23 去了小明家',
    '',
    '走访 小明',
    '13800000000',
  ])('%s is not written in lines', (text) => {
    expect(paperLines(text)).toBeNull();
  });

  it('come out as they went in, whatever marks them', () => {
    const words = fc.constantFrom('见到 奶奶在', '没见到', '有担心 不说话', '见到 未发现异常');
    const mark = fc.constantFrom('、', '. ', ' ', '：', ') ');
    const between = fc.constantFrom('\n', ' ', '。', '\n\n');
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), mark, between, (lines, m, b) => {
        const text = lines.map((line, n) => `${String(n + 1)}${m}${line}`).join(b);
        expect(paperLines(text)?.lines).toEqual(lines.map((w, n) => ({ number: n + 1, words: w })));
      }),
    );
  });
});
