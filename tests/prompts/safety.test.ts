import { describe, expect, it } from 'vitest';
import { noticeWords } from '../../server/domain/family/campaign-words.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import {
  type Occasion,
  SAFETY_BANDS,
  SAFETY_LINES,
  SAFETY_TOPICS,
  sourceOf,
  TOPICS_OF,
} from '../../server/domain/family/safety-topics.ts';
import { LANGUAGES, type Language } from '../../server/platform/wording-formats.ts';
import { readSentences } from '../../server/platform/wording-sentences.ts';
import { loadWording } from '../../server/platform/wording.ts';
import { ROOT } from '../docs/project-files.ts';

const sentences = readSentences(`${ROOT}/prompts`);
const wording = loadWording();

const under = (language: Language, topic: string) =>
  [...sentences[language]].filter(([key]) => key.startsWith(`${topic}.`));
const line = (key: string) => sentences['zh-CN'].get(`safety.${key}`) ?? '';

const DAY = '2026-11-23' as LocalDate;
const MOST = { 'zh-CN': { family: 45, director: 60 }, en: { family: 130, director: 160 } };

describe.each(LANGUAGES)('a safety line in %s', (language) => {
  const written = under(language, 'safety');

  it('is written for each that the code can name, and for no other', () => {
    expect(written.map(([key]) => key).sort()).toEqual(SAFETY_LINES.map((key) => `safety.${key}`).sort());
  });

  it('is short enough to be read aloud', () => {
    const { family, director } = MOST[language];
    const long = written.filter(
      ([key, text]) => text.includes('\n') || text.length > (key.endsWith('-director') ? director : family),
    );
    expect(long).toEqual([]);
  });

  it('shouts at nobody, leaves nothing to fill in and repeats no other', () => {
    expect(written.filter(([, text]) => /[!！{}]/.test(text))).toEqual([]);
    expect(new Set(written.map(([, text]) => text)).size).toBe(written.length);
  });

  it('names 110 and 120 where help is meant, and no number we do not know', () => {
    const numbers = written.flatMap(([, text]) => text.match(/\d{3,}/g) ?? []);
    expect([...new Set(numbers)].sort()).toEqual(['110', '119', '120', '12355', '12356']);
  });
});

describe('what the safety lines say', () => {
  it('the six of the Ministry of Education against drowning are told to the child', () => {
    const told = line('drowning-b6-guardian') + line('drowning-b12-guardian');
    for (const words of ['不自己下水', '不约同学下水', '没有大人带不下水', '不熟的水', '救生员', '自己不跳'])
      expect(told).toContain(words);
  });

  it('the four to know are asked at the door of the house', () => {
    for (const words of ['去哪里', '跟谁', '做什么', '几点回'])
      expect(line('drowning-b6-carer')).toContain(words);
  });

  it('no bicycle on roads under 12, no e-bike under 16', () => {
    expect(line('traffic-b6-guardian')).toContain('不满12岁不骑车上路');
    expect(line('traffic-b12-guardian')).toContain('不满16岁不骑电动车');
    expect(line('traffic-director')).toMatch(/不满12岁不骑车上路.*不满16岁不骑电动车/);
  });

  it('nobody is sent to question a child about harm, and no child is blamed for it', () => {
    expect(line('sexual-abuse-director')).toMatch(/不问孩子，不找证据，马上报告/);
    expect(line('sexual-abuse-b6-carer')).toContain('不追问');
    for (const band of ['b6', 'b12']) expect(line(`sexual-abuse-${band}-guardian`)).toContain('不怪你');
  });

  it('ice is no danger here', () => {
    expect(under('zh-CN', 'safety').filter(([, text]) => text.includes('冰'))).toEqual([]);
  });
});

describe('what stands around the lines', () => {
  it('every topic has a source that is written out', () => {
    for (const topic of SAFETY_TOPICS)
      for (const language of LANGUAGES)
        expect(sentences[language].get(`safety-source.${sourceOf(topic)}`), topic).toBeTruthy();
  });

  it('the line that names the source is as short as any other, for whatever ages and readers', () => {
    for (const language of LANGUAGES) {
      const { family } = MOST[language];
      for (const kind of Object.keys(TOPICS_OF) as Occasion[])
        for (const reader of ['guardian', 'carer', 'director'] as const)
          for (const { id } of SAFETY_BANDS) {
            const facts = { kind, daysBefore: 0, fromOn: DAY, untilOn: null, words: null };
            const lines = wording.render(language, noticeWords(facts, reader, [id], DAY)).split('\n');
            const source = lines.filter((one) => /^(来源：|Sources?: )/u.test(one));
            expect(source, `${kind} ${reader}`).toHaveLength(1);
            expect(source[0]?.length, source[0]).toBeLessThanOrEqual(family);
          }
    }
  });

  it('every occasion has its title, told ahead where its day is known', () => {
    for (const occasion of Object.keys(TOPICS_OF)) {
      const titles = under('zh-CN', 'safety-occasion').filter(([key]) => key.includes(`.${occasion}`));
      expect(titles, occasion).toHaveLength(occasion === 'typhoon' || occasion === 'flood-season' ? 1 : 2);
    }
  });

  it('a title says the days of a break', () => {
    const title = (key: string) =>
      wording.render('zh-CN', { key, vars: { from: '2027-02-07', until: '2027-03-03' } });
    expect(title('safety-occasion.winter-break-7')).toBe(
      '寒假2月7日开始，到3月3日。这几件事，趁早和孩子说说。',
    );
    expect(title('safety-occasion.term-start-1')).toBe('明天（2月7日）开学。今天和孩子说说这几件事。');
  });

  it('every age has one band', () => {
    for (let age = 0; age < 18; age++)
      expect(SAFETY_BANDS.filter(({ from, until }) => from <= age && age <= until)).toHaveLength(1);
  });
});
