import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../server/platform/wording-formats.ts';
import { baseKey, readSentences, valuesOf } from '../../server/platform/wording-sentences.ts';
import { loadWording, type Sayable } from '../../server/platform/wording.ts';
import { ROOT } from '../docs/project-files.ts';
import { keysInCode, PUT_TOGETHER } from './keys-in-code.ts';

const sentences = readSentences(`${ROOT}/prompts`);
const wording = loadWording();
const chinese = [...sentences['zh-CN']];
const topics = new Set(chinese.map(([key]) => key.split('.')[0] ?? ''));
const code = keysInCode(topics);

/** Written already, said by the doors and jobs that come next. */
const AWAITED = [
  ...['dialog.fault', 'dialog.too-long', 'dialog.unknown-input'],
  ...['digest.calendar-unpublished', 'page.nobody'],
];

/** The first lines of all forms of the sentences of these topics. */
function firstLines(language: (typeof LANGUAGES)[number], ...wanted: readonly string[]) {
  return [...sentences[language]]
    .filter(([key]) => wanted.includes(key.split('.')[0] ?? ''))
    .map(([key, sentence]) => [key, sentence.split('\n')[0] ?? ''] as const);
}

/** Messages that arrive on a locked screen; the others of these topics are lines within them. */
const WITHIN_A_DIGEST = ['digest.silent', 'digest.silent-no-phone', 'digest.director-late'];
const onLockedScreen = LANGUAGES.flatMap((language) =>
  firstLines(language, 'digest', 'page').filter(([key]) => !WITHIN_A_DIGEST.includes(key)),
);

describe('what the code says and what is written', () => {
  it('the look-out reads the code', () => {
    expect(code.sayings.length).toBeGreaterThan(80);
    expect(code.beginnings.length).toBeGreaterThan(8);
  });

  it('every sentence that code names is written', () => {
    expect([...code.literals, ...code.sayings].filter(({ key }) => !wording.has(key))).toEqual([]);
  });

  it('every key that code puts together is known here, and all it can become is written', () => {
    expect(code.beginnings.filter(({ beginning }) => !(beginning in PUT_TOGETHER))).toEqual([]);
    const all = Object.entries(PUT_TOGETHER).flatMap(([head, endings]) => endings.map((end) => head + end));
    expect(all.filter((key) => !wording.has(key))).toEqual([]);
  });

  it('no sentence is left over that nothing says', () => {
    const together = Object.entries(PUT_TOGETHER).flatMap(([head, ends]) => ends.map((end) => head + end));
    const named = [...code.literals, ...code.sayings].map(({ key }) => key);
    const used = new Set([...together, ...named, ...AWAITED]);
    const keys = chinese
      .map(([key]) => baseKey(key).replace(/-(?:elder|buttons)$/u, ''))
      .filter((key) => !key.startsWith('kin.'));
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });

  it('every sentence is given the values it takes', () => {
    const lacking = code.sayings.flatMap(({ where, key, gives }) => {
      const takes = valuesOf(key, sentences['zh-CN']) ?? [];
      const missing = gives === null ? [] : takes.filter((name) => !gives.includes(name));
      return missing.length === 0 ? [] : [{ where, key, missing }];
    });
    expect(lacking).toEqual([]);
  });
});

describe('how sentences are written', () => {
  it('nobody is shouted at', () => {
    const shouted = LANGUAGES.flatMap((language) => [...sentences[language]]).filter(([, s]) =>
      /[!！]/.test(s),
    );
    expect(shouted).toEqual([]);
  });

  it('a Chinese sentence has fewer than 400 characters', () => {
    expect(chinese.filter(([, sentence]) => sentence.length >= 400)).toEqual([]);
  });

  it('Chinese is written with Chinese commas, colons and question marks', () => {
    expect(chinese.filter(([, s]) => /[,:;?]/.test(s.replaceAll(/\{\{.*?\}\}/g, '')))).toEqual([]);
  });

  it('options carry no numbers: the channel counts them', () => {
    expect(chinese.filter(([, sentence]) => /^\s*\d+[.、)）]/m.test(sentence))).toEqual([]);
  });

  it('English has no Chinese words outside examples and the words to type', () => {
    const left = [...sentences.en].filter(([key]) => !/^(help|menu|lost)\./.test(key));
    expect(left.filter(([, sentence]) => /\p{Script=Han}/u.test(sentence))).toEqual([]);
  });
});

describe('what a locked screen shows', () => {
  const ALLOWED = new Set(['count', 'number', 'on', 'year', 'role']);

  it('there are digests and pages to look at', () => {
    expect(onLockedScreen.length).toBeGreaterThan(12);
  });

  it('the first line of a digest or page takes no name, story or place', () => {
    const named = onLockedScreen.filter(([, line]) =>
      [...line.matchAll(/\{\{\s*([a-z]+)/gi)].some(([, name = '']) => !ALLOWED.has(name)),
    );
    expect(named).toEqual([]);
  });

  it('the first line of a digest or page names no risk tier', () => {
    expect(onLockedScreen.filter(([, line]) => /[高中低]风险|risk|\btier\b/i.test(line))).toEqual([]);
  });

  it('an alert holds a number and what to press, and nothing about a child', () => {
    for (const key of ['page.first', 'page.again'])
      expect(
        valuesOf(key, sentences['zh-CN'])?.filter((v) => !['number', 'at', 'times'].includes(v)),
      ).toEqual([]);
    expect(wording.render('zh-CN', { key: 'page.first', vars: { number: 'R-2026-000123', at: '' } })).toBe(
      '紧急报告R-2026-000123，请按“收到”。',
    );
  });

  it('the request to call back tells whom and where, and no reason', () => {
    expect(valuesOf('concern.call-request', sentences['zh-CN'])).toEqual(['name', 'phone']);
    expect(sentences['zh-CN'].get('concern.call-request')).toBe('请给{{name}}回个电话：{{phone}}');
  });
});

describe('the urgent report', () => {
  it.each(LANGUAGES)(
    'the first screen and the list of whom to call in %s name 110 and 120, and else only safety education',
    (language) => {
      const named = [...sentences[language]]
        .filter(([key, s]) => /110|120/.test(s) && !key.startsWith('safety.'))
        .map(([key]) => key);
      expect(named).toEqual([
        'ask-whom.ask',
        'ask-whom.ask-elder',
        'child-writes.answer',
        'open-report.call-110',
        'open-report.call-120',
        'open-report.call-station',
        'open-report.call-station-number',
        'open-report.danger-110',
        'open-report.opened-family',
        'report-texts.first-110',
        'report-texts.first-120',
        // Where no report can be made, they are all that can be said.
        'telegram.buttons-only',
        'telegram.call-asked',
        'telegram.urgent-elsewhere',
        'telegram.call-asked-family',
      ]);
    },
  );

  it.each(LANGUAGES)('who calls the police station in %s reads no 110', (language) => {
    for (const key of ['open-report.call-station', 'open-report.call-station-number'])
      expect(sentences[language].get(key)).not.toContain('110');
  });

  it('a worker reads that no proof is needed and that the law protects who reports', () => {
    expect(sentences['zh-CN'].get('open-report.opened')).toContain('不需要证据，依法报告受保护');
  });

  it('a family is told its number only once nobody else reads the phone, and never whom else is told', () => {
    const quiet = ['opened-family', 'ask-shared', 'family-shared', 'added-quiet', 'goes-on-quiet'];
    expect(quiet.flatMap((key) => valuesOf(`open-report.${key}`, sentences['zh-CN']))).toEqual([]);
    expect(valuesOf('open-report.family-number', sentences['zh-CN'])).toEqual(['number']);
  });

  it('whoever reported hears that it was received, never that it was handled', () => {
    const toReporter = chinese.filter(([key]) => /^(acknowledge|open-report)\./.test(key));
    expect(toReporter.filter(([, s]) => /处理|解决|办结|办好/.test(s))).toEqual([]);
  });

  it('a concern is first answered in words that say nothing to somebody who looks on', () => {
    const words = ['ask-talk', 'now', 'later', 'will-be-called', 'will-be-called-at'].map((name) =>
      sentences['zh-CN'].get(`concern.${name}`),
    );
    expect(words).toEqual([
      '已记下。现在方便说吗？',
      '方便',
      '等我走开',
      '好，会有人给您打电话。',
      '好，会有人给您打电话。\n等不及，就拨{{phone}}（{{name}}）。',
    ]);
  });

  it('the danger signs count for boys and girls, and nobody is sent for proof', () => {
    const signs = sentences['zh-CN'].get('concern.ask-signs') ?? '';
    expect(signs).toContain('男孩女孩都算');
    expect(signs).toContain('不用找证据');
  });
});

describe('a stored record', () => {
  it.each([
    ['zh-CN', '已保存'],
    ['en', 'Saved'],
  ] as const)('is answered in %s with words that begin with %s', (language, beginning) => {
    const saved: Sayable = {
      key: 'record.saved',
      vars: { child: '小明', on: '2026-11-23', mode: { key: 'mode.home' }, effects: [] },
    };
    expect(wording.render(language, saved).startsWith(beginning)).toBe(true);
  });
});

describe('buttons', () => {
  const name = '欧阳小明';
  const number = 'R-2026-000123';
  const ids = (topic: string) =>
    chinese.map(([key]) => baseKey(key)).filter((key) => key.startsWith(`${topic}.`));
  const words = [
    ...ids('menu').filter(
      (key) =>
        !/\.(director|supervisor|desk|family|family-elder|director-buttons|supervisor-buttons)$/.test(key),
    ),
    ...[...ids('mode'), ...ids('outcome')],
    ...ids('record').filter((key) => key.startsWith('record.line-')),
    ...['record.change', 'record.undo', 'record.skip', 'record.seen', 'record.not-seen'],
    ...['concern.now', 'concern.later', 'concern.signs-yes', 'concern.signs-unsure', 'concern.signs-none'],
    ...['dialog.more', 'open-report.said-all'],
  ].map((key): Sayable => ({ key }));
  const met = ['孩子本人', '奶奶', '爷爷', '外婆', '外公', '妈妈', '爸爸', '老师'];
  const labels: readonly Sayable[] = [
    ...words,
    ...met.map((who): Sayable => ({ key: 'met.word', vars: { who } })),
    ...[0, 1, 2].map((back): Sayable => ({
      key: 'record.day-choice',
      vars: { word: { key: `day.back-${String(back)}` }, on: '2026-11-25' },
    })),
    ...[3, 7, 14].map((days): Sayable => ({ key: 'concern.in-days', vars: { days, on: '2026-11-25' } })),
    { key: 'child.label', vars: { name, age: 12, village: '上坂洋村' } },
    ...['todo.visit', 'todo.contact'].map((key): Sayable => ({ key, vars: { name } })),
    ...['alerts.view', 'alerts.acknowledge'].map((key): Sayable => ({ key, vars: { number } })),
  ];

  it.each([
    ['zh-CN', 20],
    ['en', 30],
  ] as const)('a label in %s has at most %i characters on one line', (language, most) => {
    const texts = labels.map((label) => wording.render(language, label));
    expect(texts.filter((text) => text.length > most || text.includes('\n') || text.length === 0)).toEqual(
      [],
    );
    expect(texts.length).toBeGreaterThan(40);
  });

  it('no two buttons of one question read the same', () => {
    for (const language of LANGUAGES)
      for (const topic of ['menu', 'mode', 'outcome']) {
        const texts = ids(topic).map((key) => sentences[language].get(key));
        expect(new Set(texts).size, `${language} ${topic}`).toBe(texts.length);
      }
  });
});
