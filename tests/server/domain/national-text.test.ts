import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENCOUNTER_MODES } from '../../../server/domain/cadence/child-facts.ts';
import type { FiledEntry } from '../../../server/domain/filed-work.ts';
import type { LocalDate } from '../../../server/domain/local-date.ts';
import { NATIONAL_LIMIT, lengthOf, nationalText } from '../../../server/domain/national-text.ts';

const RECORD: FiledEntry = {
  id: 'r',
  childId: 'c',
  childName: '李小明',
  mode: 'home',
  filedOn: '2026-11-23' as LocalDate,
  takenOn: '2026-11-23' as LocalDate,
  childSeen: true,
  met: ['奶奶', '孩子本人'],
  note: '作业没写完。奶奶腿疼；家里电线换新了',
  outcome: 'none',
};
const nothing = () => false;
const record = (over: Partial<FiledEntry>): FiledEntry => ({ ...RECORD, ...over });

const word = fc.constantFrom(
  '作业写完了',
  '奶奶在',
  '🐉',
  '𠮷',
  '，',
  '。',
  '；',
  '！',
  '\n',
  '得了艾滋病',
  '挨打',
  '  ',
);
const notes = fc.array(word, { maxLength: 120 }).map((words) => words.join(''));
const records = fc
  .record({
    mode: fc.constantFrom(...ENCOUNTER_MODES),
    childSeen: fc.constantFrom(true, false, null),
    met: fc.constantFrom(null, [], ['奶奶'], ['孩子本人', '爷爷', '隔壁的阿嬷', '村医', '二叔']),
    note: fc.option(notes),
    outcome: fc.constantFrom('none', 'worried', 'unsure'),
  })
  .map((over) => record(over as Partial<FiledEntry>));

describe('the text for the national system', () => {
  it.each([
    [{}, '2026年11月23日入户走访，见到儿童本人，与奶奶交谈。作业没写完。奶奶腿疼。家里电线换新了。'],
    [
      { mode: 'phone', childSeen: null, met: ['妈妈'], note: '一切都好' },
      '2026年11月23日电话联系，与妈妈通话。一切都好。',
    ],
    [{ childSeen: false, met: null, note: '门锁着' }, '2026年11月23日入户走访，未见到儿童本人。门锁着。'],
    [{ childSeen: false, met: null, note: '去外婆家' }, '2026年11月23日入户走访，未见到儿童本人。去外婆家。'],
    [
      { met: ['孩子本人'], note: '俊辉也去了，见到了。俊辉也去了，见到了' },
      '2026年11月23日入户走访，见到儿童本人。俊辉也去了，见到了。',
    ],
    [{ note: null, met: [], childSeen: false }, '2026年11月23日入户走访，未见到儿童本人。'],
    [{ outcome: 'worried', note: '身上有伤' }, '2026年11月23日入户走访，见到儿童本人，与奶奶交谈。'],
    [
      { note: '按时吃药。妈妈是艾滋病感染者。成绩好' },
      '2026年11月23日入户走访，见到儿童本人，与奶奶交谈。按时吃药。成绩好。',
    ],
  ] as const)('of %j', (over, text) => {
    expect(nationalText(record(over as Partial<FiledEntry>), nothing)).toBe(text);
  });

  it('has at most 200 characters, a rare one counted once, and ends with a whole sentence', () => {
    fc.assert(
      fc.property(records, (one) => {
        const text = nationalText(one, nothing);
        expect(lengthOf(text)).toBeLessThanOrEqual(NATIONAL_LIMIT);
        expect(text.endsWith('。')).toBe(true);
      }),
    );
  });

  it('holds only whole sentences of the note, in their order', () => {
    fc.assert(
      fc.property(records, (one) => {
        const bare = nationalText({ ...one, note: null }, nothing);
        const said = nationalText(one, nothing)
          .slice(bare.length)
          .split('。')
          .filter((s) => s !== '');
        const told = (one.note ?? '').split(/[。；！\n]/u).map((s) => s.trim());
        let from = 0;
        for (const sentence of said) {
          const at = told.indexOf(sentence, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + 1;
        }
      }),
    );
  });

  it('never holds what is sealed, what may speak of danger, or the words of a worry', () => {
    fc.assert(
      fc.property(records, (one) => {
        const text = nationalText(one, (sentence) => sentence.includes('挨打'));
        expect(text).not.toMatch(/艾滋|挨打/u);
        if (one.outcome !== 'none') expect(text).toBe(nationalText({ ...one, note: null }, nothing));
      }),
    );
  });
});
