import { describe, expect, it } from 'vitest';
import { sheetPdf, type WordedSheet } from '../../../server/paper/sheet-pdf.ts';

const AT = new Date('2026-11-24T00:00:00.000Z');

function sheet(count: number, name = '李小明'): WordedSheet {
  return {
    title: '走访表 11月24日(周二) 郑玉兰',
    blocks: Array.from({ length: count }, (_, n) => ({
      heading: `${String(n + 1)} ${name} 9岁 上坪组`,
      look: `看看：${'烤火、烧炭、用煤气时窗有没有留缝，睡前关没关火；'.repeat(3)}`,
      lines: ['见到孩子 □是 □否 和谁…', '□未发现异常 □有担心 □不确定 说好的事…', '情况…'],
    })),
    foot: ['回来以后打字', '孩子有危险，说“紧急”。', '用完收好。'],
  };
}

/** How many pages a PDF says it has. */
function pagesOf(pdf: Buffer): number {
  return Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
}

describe('the paper form', () => {
  it('is one page for as many children as a trip has, and small enough for a slow network', async () => {
    const pdf = await sheetPdf(sheet(6), AT);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(pdf)).toBe(1);
    expect(pdf.length).toBeLessThan(120_000);
  });

  it('goes on to a second page rather than cutting a child in two', async () => {
    expect(pagesOf(await sheetPdf(sheet(9), AT))).toBe(2);
  });

  it('is the same bytes for the same sheet', async () => {
    expect(await sheetPdf(sheet(2), AT)).toEqual(await sheetPdf(sheet(2), AT));
  });

  it('leaves room to write by hand where the font lacks a character', async () => {
    const [strange, byHand] = [await sheetPdf(sheet(1, '𠮷👍'), AT), await sheetPdf(sheet(1, '＿＿'), AT)];
    expect(strange).toEqual(byHand);
    expect(strange).not.toEqual(await sheetPdf(sheet(1, '□□'), AT));
  });
});
