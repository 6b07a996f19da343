import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_KINDS, type ReportKind } from '../../../../server/domain/report/kinds.ts';
import {
  NOTICE_LIMIT,
  NOTICE_RECEIVERS,
  noticeFor,
  type NoticeFacts,
  type NoticeReceiver,
} from '../../../../server/domain/report/notice.ts';
import type { LocalDate } from '../../../../server/domain/local-date.ts';
import { LANGUAGES } from '../../../../server/platform/wording-formats.ts';
import { loadWording } from '../../../../server/platform/wording.ts';

const wording = loadWording();
const FACTS: NoticeFacts = {
  number: 'R-2026-000123',
  openedAt: '2026-11-30T14:05:00.000Z',
  kind: 'violence',
  answers: { childSaid: null, place: '村口小卖部', dangerNow: 'yes', childSafe: 'no' },
  words: [
    { at: '2026-11-30T14:05:00.000Z', text: '孩子脸上有伤。他不敢回家！' },
    { at: '2026-11-30T14:09:00.000Z', text: '我是隔壁的' },
  ],
  child: {
    name: '陈小舟',
    sex: 'male',
    bornOn: '2016-12-01' as LocalDate,
    village: '东岭村',
    address: '东岭9号',
    school: '清溪小学',
  },
  reporter: { name: '郑玉兰', phone: '10010000028', role: 'director' },
  taker: { name: '林丽娟', phone: '10010000084', unit: '上湾镇民政办' },
};
const with_ = (over: Partial<NoticeFacts>): NoticeFacts => ({ ...FACTS, ...over });
const zh = (receiver: NoticeReceiver, facts: NoticeFacts) =>
  wording.render('zh-CN', noticeFor(receiver, facts));
const REPORTER = ['郑玉兰', '10010000028', '儿童主任'];
const STORY = ['脸上有伤', '不敢回家', '隔壁'];
const ALL_KINDS: readonly (ReportKind | null)[] = [...REPORT_KINDS, null];

/** What each receiver reads of these facts, whatever the kind, and what they must not. */
const READS: Readonly<Record<NoticeReceiver, { readonly all: string[]; readonly never: string[] }>> = {
  police: {
    all: [
      ...REPORTER,
      ...STORY,
      '陈小舟',
      '男',
      '2016-12-01',
      '东岭村',
      '东岭9号',
      '村口小卖部',
      '林丽娟',
      '10010000084',
    ],
    never: ['清溪小学'],
  },
  'civil-affairs': {
    all: [
      '陈小舟',
      '男',
      '9岁',
      '东岭村',
      '东岭9号',
      '监护人',
      '请帮忙',
      '林丽娟',
      '10010000084',
      '上湾镇民政办',
    ],
    never: [...REPORTER, ...STORY, '清溪小学', '村口小卖部', '2016-12-01'],
  },
  education: {
    all: ['陈小舟', '9岁', '清溪小学', '需要保护', '林丽娟', '10010000084'],
    never: [...REPORTER, ...STORY, '东岭', '村口小卖部', '2016-12-01', '监护人'],
  },
};

describe('a notice of a report', () => {
  it.each(NOTICE_RECEIVERS.flatMap((receiver) => ALL_KINDS.map((kind) => [receiver, kind] as const)))(
    'to %s of %s tells what they need and nothing else',
    (receiver, kind) => {
      const text = zh(receiver, with_({ kind }));
      expect(text).toContain('R-2026-000123');
      expect(READS[receiver].all.filter((fact) => !text.includes(fact))).toEqual([]);
      expect(READS[receiver].never.filter((fact) => text.includes(fact))).toEqual([]);
      expect(text).not.toContain('…');
    },
  );

  it.each(['sexual', 'self-harm'] as const)('names %s to the police alone', (kind) => {
    expect(zh('police', with_({ kind }))).toMatch(/性侵|自伤/u);
    for (const receiver of ['civil-affairs', 'education'] as const) {
      const text = zh(receiver, with_({ kind }));
      expect(text).not.toMatch(/性|自伤|自杀/u);
      expect(text).toContain('情况：请电话问');
    }
  });

  it('asks of civil affairs what the situation needs', () => {
    expect(zh('civil-affairs', with_({ kind: 'unattended' }))).toContain('请帮忙：今天找到能照料的人');
    expect(zh('civil-affairs', with_({ kind: 'no-guardian' }))).toContain('监护人：管不了或不管');
    expect(zh('civil-affairs', with_({ kind: 'missing' }))).toContain('监护人：还不清楚');
  });

  it('says what is unknown, and of a child on no roster quotes the reporter to the police alone', () => {
    const facts = with_({
      child: null,
      kind: null,
      taker: null,
      reporter: { name: null, phone: null, role: 'stranger' },
      words: [],
      answers: { childSaid: '我孙女的同学', place: '桥下', dangerNow: 'unknown', childSafe: null },
    });
    expect(zh('police', facts)).toBe(
      [
        '儿童紧急报告R-2026-000123，11月30日 22:05接报',
        '情况：还不清楚',
        '孩子：还不清楚',
        '家：还不清楚',
        '现在在：桥下',
        '现在有危险：还不清楚；孩子安全：还不清楚',
        '报告人：还不清楚（新来的人）还不清楚',
        '接手：还不清楚',
        '经过：',
        '11月30日 22:05：我孙女的同学',
      ].join('\n'),
    );
    expect(zh('civil-affairs', facts)).toContain('在：桥下');
    for (const receiver of ['civil-affairs', 'education'] as const)
      expect(zh(receiver, facts)).not.toContain('孙女');
  });

  it('leaves a story that is too long at the end of a sentence, and says that there is more', () => {
    const long = Array.from({ length: 30 }, (_, n) => `第${String(n)}句话说得很清楚。`).join('');
    const text = zh('police', with_({ words: [{ at: FACTS.openedAt, text: long }] }));
    const story = text.slice(text.indexOf('经过：'));
    expect(story).toMatch(/：(第\d+句话说得很清楚。){3,}\n还有没写下的，请打电话问。$/u);
    expect(story).toContain('第0句话说得很清楚。第1句话');
  });

  it('asks for a name or a place that is too long by phone, and never cuts it', () => {
    const address = '很长的地址'.repeat(60);
    const text = zh(
      'police',
      with_({ child: { ...(FACTS.child ?? { name: '' }), address } as NoticeFacts['child'] }),
    );
    expect(text).toContain('家：东岭村，请电话问');
    expect(text).not.toContain('很长的地址');
  });

  const text = fc.string({
    unit: fc.constantFrom('孩', '子', '。', '！', 'a', '𠮷', '\n', ' '),
    maxLength: 300,
  });
  const maybe = fc.option(text);
  const anyFacts = fc.record({
    number: fc.constant('R-2026-000123'),
    openedAt: fc.constant(FACTS.openedAt),
    kind: fc.constantFrom(...ALL_KINDS),
    answers: fc.record({
      childSaid: maybe,
      place: maybe,
      dangerNow: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const, null),
      childSafe: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const, null),
    }),
    words: fc.array(fc.record({ at: fc.constant(FACTS.openedAt), text }), { maxLength: 12 }),
    child: fc.option(
      fc.record({
        name: text,
        sex: fc.constantFrom('male' as const, 'female' as const, null),
        bornOn: fc.constantFrom('2016-12-01' as LocalDate, null),
        village: maybe,
        address: maybe,
        school: maybe,
      }),
    ),
    reporter: fc.record({
      name: maybe,
      phone: maybe,
      role: fc.constantFrom(
        'director' as const,
        'deputy' as const,
        'stranger' as const,
        'county-desk' as const,
      ),
    }),
    taker: fc.option(fc.record({ name: text, phone: maybe, unit: maybe })),
  });

  it('is never longer than one screen, in either language, whatever was written', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...NOTICE_RECEIVERS), (facts, receiver) => {
        for (const language of LANGUAGES) {
          const length = Array.from(wording.render(language, noticeFor(receiver, facts))).length;
          if (length > NOTICE_LIMIT) throw new Error(`${receiver} ${language} ${String(length)}`);
        }
      }),
      { numRuns: 400 },
    );
  });
});
