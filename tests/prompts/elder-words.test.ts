import { describe, expect, it } from 'vitest';
import { answersByNumber, inElderWords } from '../../bot/elder-words.ts';
import { commandOption, plain, say } from '../../server/domain/say.ts';
import { LANGUAGES } from '../../server/platform/wording-formats.ts';
import { readSentences, valuesOf } from '../../server/platform/wording-sentences.ts';
import { ROOT } from '../docs/project-files.ts';

const sentences = readSentences(`${ROOT}/prompts`);
const elder = [...sentences['zh-CN']].filter(([key]) => key.endsWith('-elder'));
const has = (key: string): boolean => sentences['zh-CN'].has(key);

describe('the shorter wordings', () => {
  it('are there', () => {
    expect(elder.length).toBeGreaterThan(9);
  });

  it('stand each beside the sentence they shorten, and take no value it is not given', () => {
    for (const [key] of elder) {
      const whole = key.replace(/-elder$/u, '');
      expect(has(whole), key).toBe(true);
      const given = valuesOf(whole, sentences['zh-CN']) ?? [];
      expect(
        valuesOf(key, sentences['zh-CN'])?.filter((value) => !given.includes(value)),
        key,
      ).toEqual([]);
    }
  });

  it('have at most 30 characters in a Chinese sentence, and say less than the whole', () => {
    for (const [key, words] of elder) {
      const longest = Math.max(...words.split(/[。？\n]/u).map((sentence) => sentence.length));
      expect(longest, key).toBeLessThanOrEqual(30);
      for (const language of LANGUAGES) {
        const whole = sentences[language].get(key.replace(/-elder$/u, '')) ?? '';
        expect(sentences[language].get(key)?.length, `${language} ${key}`).toBeLessThan(whole.length);
      }
    }
  });
});

describe('elder mode', () => {
  const grandmother = { personKind: 'carer', steps: 'small' } as const;

  it('says the shorter wording, also of what stands inside another sentence', () => {
    const said = say('plain', { text: 'x', inner: say('lost.family'), lines: [say('help.family')] });
    expect(inElderWords(said, grandmother, has)).toEqual(
      say('plain', { text: 'x', inner: say('lost.family-elder'), lines: [say('help.family-elder')] }),
    );
  });

  it('leaves nothing unsaid that has no shorter wording', () => {
    expect(inElderWords(say('dialog.fault'), grandmother, has)).toEqual(say('dialog.fault'));
  });

  it.each([
    ['a family that did not choose it', { personKind: 'carer', steps: null }],
    ['a director with small steps', { personKind: 'worker', steps: 'small' }],
  ] as const)('is nothing for %s', (_who, account) => {
    expect(inElderWords(say('lost.family'), account, has)).toEqual(say('lost.family'));
  });

  it('says what to answer by number, but never a number for what opens a report', () => {
    const home = commandOption('visit-home', 'v', plain('在家'));
    const urgent = commandOption('urgent', null, plain('紧急'));
    const danger = { id: 'q1.danger', label: plain('孩子有危险'), opensReport: true } as const;
    const other = { id: 'q1.director', label: plain('找儿童主任') };
    const numbers = (options: Parameters<typeof answersByNumber>[0]) => answersByNumber(options, grandmother);
    const by = (label: string, count: number) => say('elder-mode.by-number', { label: plain(label), count });
    expect(numbers([home, other])).toEqual(
      say('elder-mode.numbers', { lines: [by('在家', 1), by('找儿童主任', 2)] }),
    );
    expect(numbers([danger, other])).toEqual(say('elder-mode.numbers', { lines: [by('找儿童主任', 2)] }));
    expect(numbers([urgent, danger])).toBeNull();
    expect(numbers([home])).toBeNull();
    expect(answersByNumber([home, other], { personKind: 'carer', steps: null })).toBeNull();
  });
});
