import { describe, expect, it } from 'vitest';
import { topFrame } from '../../../bot/dialog/session.ts';
import { childId } from '../../support/small-county.ts';
import { Talk, viewOf } from '../stage.ts';

const OPEN: readonly (readonly string[])[] = [
  ['走访 小明'],
  ['走访 小明', '奶奶'],
  ['走访 小明', '奶奶', '见到了'],
  ['走访 小明', '奶奶', '见到了', '作业没写完'],
  ['联系 小明', '今天', '电话'],
];
const OTHER = [
  '小红奶奶打电话来说小红发烧',
  '俊辉他爸又拦在门口',
  '小红也在',
  '今天去看了思宇，没见着',
  '昨天去看了思宇，奶奶在',
  '对了，燕燕这几天不肯吃药',
];

describe('a story of another child while a question is open', () => {
  it.each(OPEN.flatMap((said) => OTHER.map((words) => [said, words] as const)))(
    'after %j “%s” leaves the open record as it was',
    (said, words) => {
      const talk = new Talk(viewOf());
      for (const text of said) talk.say(text);
      const before = topFrame(talk.session);
      expect(before?.slots.child).toBe(childId('李小明'));
      const { replies } = talk.say(words);
      const open = talk.session.frames.find((f) => f.slots.child === childId('李小明'));
      expect(open?.slots).toEqual(before?.slots);
      // It is taken up: as a record, or by a question about that child.
      const isAsked = replies.some(({ key }) => ['free-words.what-about', 'signals.ask'].includes(key));
      expect(isAsked || talk.session.frames.length > 1).toBe(true);
    },
  );

  it.each(['奶奶，小红来家里玩了', '小红跟他一起写作业', '思雨和小明都在写作业'])(
    '“%s” belongs to the record that is told',
    (words) => {
      const talk = new Talk(viewOf());
      for (const text of ['走访 小明', '奶奶', '见到了']) talk.say(text);
      talk.say(words);
      expect(topFrame(talk.session)?.slots.note).toContain(words);
    },
  );

  it('a brother or sister of the same home may be in the note', () => {
    const talk = new Talk(viewOf());
    for (const text of ['走访 乐乐', '奶奶', '见到了']) talk.say(text);
    talk.say('欣欣这几天感冒，奶奶腿疼');
    expect(topFrame(talk.session)?.slots.note).toContain('欣欣这几天感冒');
  });
});
