import { expect, it } from 'vitest';
import { partsWithin } from '../../../bot/channels/split.ts';

const units = ({ length }: string): number => length;
const bytes = (text: string): number => Buffer.byteLength(text);
const LIMIT = 4_080;

it.each([
  ['marks upon one letter', `e${'\u0301'.repeat(5_000)}`],
  ['a family without end', `👨${'\u200d👩'.repeat(2_000)}`],
  ['a letter of two units at the limit', `${'一'.repeat(LIMIT - 1)}𠮷𠮷`],
])('%s makes a few parts, and no sign is torn', (_what, text) => {
  for (const sizeOf of [units, bytes]) {
    const parts = partsWithin(text, LIMIT, sizeOf);
    expect(parts.length).toBeLessThanOrEqual(2 * Math.ceil(sizeOf(text) / LIMIT));
    const told = parts.map((part) => part.replace(/（\d+\/\d+）$/u, ''));
    expect(told.join('')).toBe(text);
    for (const part of told) {
      expect(part).not.toMatch(/\p{Surrogate}/u);
      expect(sizeOf(part)).toBeLessThanOrEqual(LIMIT);
    }
  }
});

it('a text is cut between its lines where there are some', () => {
  expect(partsWithin('第一行\n第二行', 5, units)).toEqual(['第一行（1/2）', '第二行（2/2）']);
});
