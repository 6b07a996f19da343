import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadWording } from '../../../server/platform/wording.ts';
import type { Reply } from '../../../server/domain/say.ts';
import { topFrame } from '../../../bot/dialog/session.ts';
import type { Outcome } from '../../../bot/dialog/step.ts';
import { CHILDREN } from '../../support/small-county.ts';
import { Talk, viewOf } from '../stage.ts';

const wording = loadWording();
const NAMES = CHILDREN.flatMap((c) => [c.name, ...(c.nickname === null ? [] : [c.nickname])]);
/** What must not stand on a phone somebody else looks at: a child, a sign, or what it is about. */
const TELLING = new RegExp(
  [...NAMES, '担心', '危险', '上报', '报告', '紧急', '淤青', '伤', '打', '孩子'].join('|'),
  'u',
);
/** With the number of whoever supervises, and nothing else. */
const WILL_BE_CALLED = '好，会有人给您打电话。\n等不及，就拨10000000004（周明远）。';
/** "会有人给您打电话" is a call. */
const CALLS = /打(?:过)?电话|打过去/gu;

function shown({ replies }: Outcome): string {
  const said = (reply: Reply) => [reply, ...(reply.options ?? []).map((o) => o.label)];
  return replies.flatMap((reply) => said(reply).map((one) => wording.render('zh-CN', one))).join('\n');
}

const NOTED = ['小明他爸在打他', '孩子胳膊上有淤青', '小红身上有伤，怎么办'];
const OTHER = [
  '啊',
  '？',
  '嗯嗯他在',
  '好像有人来了',
  '不方便',
  '等等',
  '9',
  '0',
  '返回',
  '取消',
  '没事',
  '谢谢',
  '🙂',
  '哦',
];
/** What somebody does who is being watched; nothing that asks for a list or begins another record. */
const anyDeed = fc.constantFrom(...NOTED, ...OTHER, '[voice]', '[place]', '[stale]', '[wake]');

function doOn(talk: Talk, deed: string): Outcome {
  if (deed === '[voice]')
    return talk.take({ kind: 'voice', file: { id: 'f1', kind: 'voice', mime: 'audio/amr', seconds: 9 } });
  if (deed === '[place]') return talk.take({ kind: 'location', place: '26.1,119.2' });
  if (deed === '[stale]') return talk.press('q1.worried');
  if (deed !== '[wake]') return talk.say(deed);
  talk.pass(21 * 60_000);
  return talk.take({ kind: 'wake' });
}

const WORRIED: readonly (readonly string[])[] = [
  ['今天去看了小明，奶奶在，见到了', '有担心'],
  ['今天去看了小明，奶奶在，胳膊上有淤青，见到了', '不确定'],
  ['今天给小红打了电话，奶奶接的', '不确定'],
  ['今天去了小明小红家，都见到了，奶奶在', '有孩子让我担心', '小明小红', '有担心'],
  // Another record waits below, with a danger phrase on its card.
  ['今天去看了燕燕，胳膊上有淤青，见到了，奶奶在', '今天去看了小明，奶奶在，见到了', '有担心'],
];

function worried(said: readonly string[]): Talk {
  const talk = new Talk(viewOf());
  for (const text of said) talk.say(text);
  expect(topFrame(talk.session)).toMatchObject({ flow: 'concern', asking: 'talk' });
  return talk;
}

describe('somebody stands beside the one who worries', () => {
  it('and reads nothing, whatever is typed before 方便', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WORRIED),
        fc.array(anyDeed, { minLength: 1, maxLength: 6 }),
        (said, deeds) => {
          const talk = worried(said);
          for (const deed of deeds) {
            const outcome = doOn(talk, deed);
            expect(shown(outcome).replace(CALLS, '')).not.toMatch(TELLING);
            // Once somebody is to call, or danger is spelled out anew, it is another conversation.
            if (topFrame(talk.session)?.flow !== 'concern') break;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['好像有人来了', '现在不方便', '能不能等会儿', '行，等我走开', '可以，他在旁边', '好多人在场'])(
    '“%s” is no yes: nothing is asked',
    (text) => {
      const outcome = worried(WORRIED[0] ?? []).say(text);
      expect(shown(outcome)).toBe(WILL_BE_CALLED);
      expect(outcome.commands).toMatchObject([{ type: 'answer-concern', answer: 'call-asked' }]);
    },
  );

  it.each(['方便', '方便了', '现在方便', '方便说', '可以说', '能说', '方便了，你说', '1'])(
    '“%s” is a yes',
    (text) => {
      expect(shown(worried(WORRIED[0] ?? []).say(text))).toContain('孩子有没有这些情况');
    },
  );

  it.each(['嗯', '嗯嗯', '好', '好的', '行', '可以', '能', '说', '是的', '哦'])(
    '“%s” is said to anybody, and is no yes',
    (text) => {
      const talk = worried(WORRIED[0] ?? []);
      expect(shown(talk.say(text))).not.toMatch(TELLING);
      expect(topFrame(talk.session)).toMatchObject({ flow: 'concern', asking: 'talk' });
    },
  );

  const COMES_IN = [
    '不方便了，他爸来了',
    '等我走开',
    '不方便',
    '有人来了',
    '他爸回来了',
    '不方便，他爸在打他',
    '等一下',
  ];
  it.each(COMES_IN.flatMap((text) => WORRIED.slice(0, 4).map((said) => [text, said] as const)))(
    '“%s” while danger stands on the screen takes it away, and somebody calls',
    (text, said) => {
      const talk = worried(said);
      talk.say('方便');
      const outcome = talk.say(text);
      expect(shown(outcome)).toBe(WILL_BE_CALLED);
      expect(outcome.commands.map((c) => c.type)).not.toContain('open-report');
      expect(outcome.commands).toContainEqual(expect.objectContaining({ answer: 'call-asked' }));
      expect(talk.session.frames).toEqual([]);
    },
  );

  it('and whatever else is unclear there goes back to the neutral question', () => {
    const unclear = [
      '说什么？',
      '什么担心',
      '1',
      '2',
      '9',
      '文本',
      '啊',
      '在干嘛呢你',
      '待办',
      '[voice]',
      '[stale]',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...WORRIED.slice(0, 4)), fc.constantFrom(...unclear), (said, deed) => {
        const talk = worried(said);
        talk.say('方便');
        const outcome = doOn(talk, deed);
        const last = outcome.replies.at(-1);
        expect(last && wording.render('zh-CN', last)).toBe('已记下。现在方便说吗？');
        expect(topFrame(talk.session)).toMatchObject({ flow: 'concern', asking: 'talk' });
        expect(shown(talk.say('方便'))).toContain('孩子有没有这些情况');
      }),
      { numRuns: 100 },
    );
  });

  it.each(['方便', '方便了，你说', '1', '[button]'])(
    '“%s” after the silence still lets them talk',
    (text) => {
      const talk = worried(WORRIED[0] ?? []);
      talk.pass(21 * 60_000);
      expect(talk.take({ kind: 'wake' }).commands).toMatchObject([{ answer: 'call-asked' }]);
      expect(talk.session.frames).toEqual([]);
      const outcome = text === '[button]' ? talk.press('c:talk-now') : talk.say(text);
      expect(shown(outcome)).toContain('孩子有没有这些情况');
      expect(talk.say('有').commands).toContainEqual(expect.objectContaining({ type: 'open-report' }));
    },
  );

  it('继续 after the silence asks again whether it is safe', () => {
    const talk = worried(WORRIED[0] ?? []);
    talk.say('方便');
    talk.pass(21 * 60_000);
    talk.take({ kind: 'wake' });
    expect(shown(talk.say('继续'))).not.toMatch(TELLING);
  });

  it('what lay below is not shown when the call is asked for, and can be taken up again', () => {
    const talk = worried(WORRIED.at(-1) ?? []);
    expect(shown(talk.say('等我走开'))).toBe(WILL_BE_CALLED);
    expect(talk.session.frames).toEqual([]);
    expect(shown(talk.say('继续'))).toContain('邱海燕');
  });

  it('what was written is told to whoever calls, and reports carry it', () => {
    const talk = worried(WORRIED[0] ?? []);
    talk.say('他叔叔总是骂他，饭也不给');
    expect(talk.say('等我走开').commands).toMatchObject([{ said: '他叔叔总是骂他，饭也不给' }]);
    const other = worried(WORRIED[0] ?? []);
    other.say('他叔叔总是骂他，饭也不给');
    other.say('方便');
    expect(other.say('说不准').commands).toContainEqual(
      expect.objectContaining({ type: 'open-report', words: expect.stringContaining('总是骂他') as string }),
    );
  });
});
