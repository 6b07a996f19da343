import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { NamedChild } from '../../../bot/understanding/name-index.ts';
import { understand } from '../../../bot/understanding/understand.ts';
import type { Understanding } from '../../../bot/understanding/understand.ts';
import { answerLine } from '../../../bot/understanding/answer-line.ts';
import { parseLocalDate } from '../../../server/domain/local-date.ts';
import type { LocalDate } from '../../../server/domain/local-date.ts';

const TODAY = ((): LocalDate => {
  const date = parseLocalDate('2026-03-18');
  if (date === null) throw new Error('no day');
  return date;
})();

function child(name: string, nickname: string | null = null): NamedChild {
  return { id: name, name, nickname };
}

const CASELOAD = [
  child('李小明'),
  child('王红', '小红'),
  child('陈思雨'),
  child('陈思宇'),
  child('周一琪'),
  child('赵婷'),
];

type Told = Partial<Pick<Understanding, 'mode' | 'met' | 'seen' | 'outcome' | 'intent'>> & {
  readonly on?: string | null;
  readonly ask?: boolean;
  readonly who?: readonly string[];
};

function told(text: string): Required<Told> {
  const { date, mode, met, seen, outcome, intent, mentions } = understand(text, {
    today: TODAY,
    caseload: CASELOAD,
  });
  const who = mentions.flatMap(({ certain, candidates }) =>
    certain ? candidates.map(({ childId }) => childId) : [],
  );
  return { on: date.on, ask: date.ask, mode, met, seen, outcome, intent, who };
}

const SENTENCES: readonly (readonly [string, Told])[] = [
  [
    '今天去看了小明,奶奶在,作业没写完',
    {
      on: '2026-03-18',
      who: ['李小明'],
      met: ['奶奶'],
      seen: null,
      intent: 'visit',
      outcome: null,
      mode: null,
    },
  ],
  [
    '联系了小明 电话 一切都好',
    {
      on: null,
      ask: false,
      who: ['李小明'],
      mode: 'phone',
      met: [],
      seen: null,
      outcome: 'none',
      intent: 'contact',
    },
  ],
  [
    '昨天下午到小红家里,她妈妈也在,人没见到',
    {
      on: '2026-03-17',
      who: ['王红'],
      mode: 'home',
      met: ['妈妈'],
      seen: false,
      intent: 'visit',
      outcome: null,
    },
  ],
  ['明天去看小明', { on: null, ask: true, intent: null, who: [], mode: null }],
  ['准备周五去小明家', { on: null, ask: true, intent: null, who: [] }],
  ['今天没去小明家', { intent: null, who: [], mode: null }],
  ['小明家没去成', { intent: null, who: [] }],
  ['小明家去过了吗', { intent: null, mode: null }],
  ['小明上次什么时候去的?', { intent: null }],
  ['打算联系小红', { intent: null, who: [] }],
  [
    '今天去了小明小红家,都见到了,没事',
    {
      on: '2026-03-18',
      who: ['李小明', '王红'],
      mode: 'home',
      seen: true,
      met: ['孩子本人'],
      outcome: 'none',
      intent: 'visit',
    },
  ],
  [
    '周一去学校看了周一琪,班主任说成绩不错',
    { on: '2026-03-16', who: ['周一琪'], mode: 'school', met: ['老师'], intent: 'visit' },
  ],
  ['微信视频看了小红,她在写作业', { who: ['王红'], mode: 'video', seen: null, intent: 'contact' }],
  ['给小红妈妈打电话,没人接', { intent: null, met: [], mode: null }],
  [
    '给小红妈妈打了电话,都好',
    { who: ['王红'], mode: 'phone', met: ['妈妈'], outcome: 'none', intent: 'contact' },
  ],
  [
    '3月5号 小红 入户 奶奶在 都好',
    { on: '2026-03-05', who: ['王红'], mode: 'home', met: ['奶奶'], outcome: 'none', intent: 'visit' },
  ],
  [
    '微信联系了赵婷爸爸,一切正常',
    { mode: 'phone', met: ['爸爸'], outcome: 'none', intent: 'contact', who: ['赵婷'] },
  ],
  [
    '今天入户小明家,爷爷奶奶在家,孩子在写作业',
    { mode: 'home', met: ['爷爷', '奶奶', '孩子本人'], seen: true, intent: 'visit' },
  ],
  ['今天家访陈思雨,孩子不在家,去上学了', { mode: 'home', seen: false, who: ['陈思雨'] }],
  ['今天去思雨家', { who: [], mode: 'home' }],
  ['今天去看小明,睡着了看了一眼', { seen: true }],
  ['今天去小明家,没见到奶奶', { seen: null, met: [] }],
  ['今天去小明家,奶奶不在,孩子一个人在家', { met: ['孩子本人'], seen: true, outcome: null }],
  ['今天去小明家,都好,但是有点瘦', { outcome: null }],
  ['今天去小明家,奶奶说都好', { outcome: null, met: ['奶奶'] }],
  ['今天去小明家,妈妈在外打工,爸爸在广东', { met: [] }],
  ['今天去小明家,外婆在做饭', { met: ['外婆'] }],
  ['到校看了小明,见到本人', { mode: 'school', seen: true, intent: 'visit' }],
  ['今天去小学看了小明', { mode: 'school', intent: 'visit' }],
  ['打电话给小明家,家人不让孩子接电话', { mode: 'phone', met: [] }],
  ['电话联系小明,奶奶接的电话,没事', { mode: 'phone', met: ['奶奶'], outcome: 'none', intent: 'contact' }],
  ['今天去小明家,没事就打他', { outcome: null }],
  ['今天去小明家,希望一切都好', { outcome: null }],
  ['今天去小明家,都好几天没洗澡了', { outcome: null }],
  ['小明在玩手机,今天上门看了', { mode: 'home', intent: 'visit' }],
  ['今天走访了小明,给他妈妈打了视频', { intent: 'visit', on: '2026-03-18' }],
  ['小明和小红见到了,小明没见到', { seen: null }],
  ['今天去了小明家,没去小红家', { intent: 'visit', who: ['李小明'] }],
  ['今天去了小明家,周末再去小红家', { who: ['李小明'] }],
  ['你好', { intent: null, mode: null, outcome: null, on: null, ask: false }],
];

describe('a sentence about a visit or a contact', () => {
  it.each(SENTENCES)('%s', (text, expected) => {
    expect(told(text)).toMatchObject(expected);
  });
  test('a child with a danger word in its name raises no signal', () => {
    const caseload = [child('安全'), child('关伤')];
    expect(understand('今天去看了关伤', { today: TODAY, caseload }).signals).toEqual([]);
  });
  test('danger beside all-well leaves the outcome open', () => {
    const read = understand('今天去小明家,一切都好,胳膊上有淤青', { today: TODAY, caseload: CASELOAD });
    expect(read.outcome).toBeNull();
    expect(read.signals).toEqual([{ kind: 'injury', quote: '胳膊上有淤青' }]);
  });
  test('what does not fit into 4,000 characters makes the day a question', () => {
    const read = understand(`今天去看了小明${'好'.repeat(5000)}`, { today: TODAY, caseload: CASELOAD });
    expect(read.text).toHaveLength(4000);
    expect(read.date).toMatchObject({ on: null, ask: true });
  });
});

const parts = fc
  .array(fc.constantFrom(...SENTENCES.map(([text]) => text), ' ', '没', '和', '小'), { maxLength: 4 })
  .map((some) => some.join(','));
const sentence = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), parts);

describe('whatever is typed', () => {
  test('nothing throws and every quote is in the text', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const read = understand(text, { today: TODAY, caseload: CASELOAD });
        const quotes = [...read.signals, ...read.mentions].map(({ quote }) => quote);
        for (const quote of [...quotes, ...read.unresolved]) expect(read.text).toContain(quote);
        if (read.outcome === 'none') expect(read.signals).toEqual([]);
        if (read.mode === 'phone' || read.mode === 'video') expect(read.seen).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

describe('the command that reads one sentence a line', () => {
  test('its answer is one line of JSON with the certain names only', () => {
    expect(JSON.parse(answerLine('昨天去了小明家和思雨家,奶奶在', TODAY, CASELOAD))).toEqual({
      text: '昨天去了小明家和思雨家,奶奶在',
      date: '2026-03-17',
      ask: true,
      mode: '入户',
      met: ['奶奶'],
      children: ['李小明'],
      signals: [],
    });
  });
  test('a line over 4,000 characters is cut and asked about', () => {
    const answer: unknown = JSON.parse(answerLine('好'.repeat(4001), TODAY, []));
    expect(answer).toMatchObject({ ask: true, date: null });
  });
  test('a wrong day is refused with a sentence and exit code 2', () => {
    const run = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'bot/understanding/understand-command.ts', '--at', '昨天'],
      { encoding: 'utf8', input: '' },
    );
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('看不懂');
    expect(run.stdout).toBe('');
  });
});
