import { describe, expect, it } from 'vitest';
import { insert, update } from '../../../../server/services/batch.ts';
import { sampleRow } from '../../../support/store-rows.ts';
import { batchOf } from '../../../support/store-world.ts';
import { useStore, type World } from './use-store.ts';

/** Small and capital letters, signs, accents, Chinese inside and outside the basic plane, full width, emoji. */
const WORDS = 'b B a A Z z _ - ~ 1 10 2 é e\u0301 中 一 龥 㐀 \u{20000} \u{30EDE} Ａ ｚ \uE000 😀 👨‍👩‍👧‍👦'.split(
  ' ',
);

export function describeTexts(world: World): void {
  describe('texts', () => {
    const store = useStore(world);
    const throughPlain = async (text: string) => {
      await store().commit(batchOf(insert('Setting', { key: 'k', value: text })));
      return (await store().client.setting.findUnique({ where: { key: 'k' } }))?.value;
    };
    const throughSealed = async (text: string) => {
      const row = sampleRow('Feedback', 1, { text });
      await store().commit(batchOf(insert('Feedback', row)));
      const { id, text: sealed } = await store().client.feedback.findFirstOrThrow();
      return store().openText('Feedback', 'text', id, sealed);
    };

    it.each([
      ['emoji of several code points', '👨‍👩‍👧‍👦🏳️‍🌈'],
      ['rare characters in names', '𠮷𰻞龘㐀'],
      ['quotes, backslashes and braces', `'"\\{}[]$1 ?1 :a %s \\u0041 -- ;`],
      ['lines, tabs and control characters', 'a\r\n\tb\u0001\u007f\u0085\u2028'],
      ['text that looks like JSON', '{"a":[null,true,1e400]}'],
      ['text that looks like a number', '007'],
      ['a very long text', '小朋友今天很好。'.repeat(40_000)],
      ['an empty text', ''],
    ])('%s come back unchanged, plain and encrypted', async (_what, text) => {
      expect(await throughPlain(text)).toBe(text);
      expect(await throughSealed(text)).toBe(text);
    });

    it.each([
      ['NUL', 'a\0b\0', 'ab'],
      ['half a character', 'a\ud83d b\ude00', 'a\ufffd b\ufffd'],
    ])('%s is taken out, plain and encrypted, and refuses nothing', async (_what, text, kept) => {
      expect(await throughPlain(text)).toBe(kept);
      expect(await throughSealed(text)).toBe(kept);
      await store().commit(batchOf(update('Setting', 'k', { value: `${text}!` })));
      expect(await store().client.setting.findMany()).toEqual([{ key: 'k', value: `${kept}!` }]);
    });

    it('text sorts and compares by its bytes', async () => {
      await store().commit(batchOf(...WORDS.map((key) => insert('Setting', { key, value: '' }))));
      const byBytes = [...WORDS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const keys = async (where: object) =>
        (await store().client.setting.findMany({ where, orderBy: { key: 'asc' } })).map((row) => row.key);
      expect(await keys({})).toEqual(byBytes);
      for (const word of WORDS)
        expect(await keys({ key: { gt: word } })).toEqual(byBytes.slice(byBytes.indexOf(word) + 1));
    });

    it('capital letters, accents and spaces make different keys', async () => {
      const keys = ['ABC', 'abc', 'abc ', 'é', 'e\u0301', 'Ａ', 'A'];
      await store().commit(batchOf(...keys.map((key) => insert('Setting', { key, value: '' }))));
      expect(await store().client.setting.count()).toBe(keys.length);
    });
  });
}
