import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../bot/dialog/session.ts';
import type { Outcome } from '../../../bot/dialog/step.ts';
import { anyDeed, Talk, viewOf, type Deed } from '../stage.ts';

const DANGER = ['小明胳膊上有淤青', '他爸喝了酒又打孩子', '孩子身上有伤', '小红不想活了'];
const TAKEN = ['open-report', 'add-report-words'];

/** Whether words of danger have been taken up: quoted, kept with a worry, or in a report. */
function isTaken({ session, commands }: Outcome, words: string): boolean {
  const inReport = commands.some(({ type }) => TAKEN.includes(type));
  const saidToCaller = commands.some((c) => c.type === 'answer-concern' && c.said?.includes(words) === true);
  const inWorry = commands.some((c) => c.type === 'open-concern' && c.words?.includes(words) === true);
  const frames = [...session.frames, ...session.drafts];
  return inReport || inWorry || saidToCaller || frames.some((frame) => holds(frame, words));
}

function holds({ flow, slots }: Frame, words: string): boolean {
  if (flow === 'concern') return JSON.stringify(slots).includes(words);
  const lines: unknown[] = Array.isArray(slots.lines) ? slots.lines : [];
  return (
    typeof slots.signal === 'string' || lines.some((line) => JSON.stringify(line).includes('"signal":"'))
  );
}

function play(talk: Talk, deeds: readonly Deed[]): void {
  for (const deed of deeds) {
    const offered = talk.session.offered;
    if (deed.does === 'says') talk.say(deed.text);
    if (deed.does === 'presses') talk.press(offered[deed.nth] ?? 'c:todo');
  }
}

describe('words that may speak of danger', () => {
  it.each([
    [['走访', '小明', '奶奶']],
    [['联系', '小明', '电话']],
    [['今天去了小明小红家']],
    [['今天去了小明小红家', '都见到了', '奶奶']],
    [['投诉建议']],
    [['去不了 小明家']],
    [['不在村 小明']],
    [['请假']],
    [['设置']],
    [['更正']],
    [['不得联系 小明爸爸']],
    [['今天去看了小明，奶奶在，见到了，下周三带作业本来', '未发现异常']],
    [['今天去看了小明，奶奶在，见到了', '有担心']],
    [['今天去看了小明，奶奶在，见到了', '有担心', '方便']],
    [['今天去看了小明，奶奶在，见到了', '有担心', '方便', '都不是']],
    [['今天去看了小明，奶奶在，见到了', '有担心', '方便', '都不是', '我']],
    [['路线']],
    [['打印']],
    [['孩子胳膊上有淤青', '没有危险']],
  ])('are asked about whatever is being talked of: %j', (said) => {
    for (const words of DANGER) {
      const talk = new Talk(viewOf());
      for (const text of said) talk.say(text);
      expect(isTaken(talk.say(words), words), words).toBe(true);
    }
  });

  it('are asked about after anything else somebody did', () => {
    const deeds = fc.array(anyDeed, { maxLength: 12 });
    fc.assert(
      fc.property(deeds, fc.constantFrom(...DANGER), (done, words) => {
        const talk = new Talk(viewOf());
        play(talk, done);
        expect(isTaken(talk.say(words), words)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['小明胳膊上有淤青', ['signals.looked-at'], '孩子胳膊上有淤青；小明胳膊上有淤青'],
    ['小明', ['signals.looked-at'], '孩子胳膊上有淤青'],
  ])('told as the answer whose they were: %s', (words, keys, kept) => {
    const talk = new Talk(viewOf());
    talk.say('孩子胳膊上有淤青');
    talk.say('没有危险');
    const { replies, commands } = talk.say(words);
    expect(replies.map(({ key }) => key)).toEqual(keys);
    expect(commands.find(({ type }) => type === 'open-concern')).toMatchObject({ words: kept });
  });

  it('that are new, told as the answer whose the last ones were, are asked about once more', () => {
    const talk = new Talk(viewOf());
    talk.say('孩子胳膊上有淤青');
    talk.say('没有危险');
    const asked = talk.say('小红不想活了');
    expect(asked.replies.map(({ key }) => key)).toEqual(['signals.ask']);
    expect(asked.commands).toEqual([]);
    expect(talk.say('没有危险').commands.find(({ type }) => type === 'open-concern')).toMatchObject({
      words: '孩子胳膊上有淤青；小红不想活了',
    });
  });

  it('are asked about before anything else, and the question that waited comes back', () => {
    const talk = new Talk(viewOf());
    talk.say('去不了 小明家');
    const [asked, ...more] = talk.say('里面在打孩子').replies;
    expect([asked?.key, more.length]).toEqual(['signals.ask', 0]);
    const back = talk.say('没有危险').replies;
    expect(back.map(({ key }) => key)).toEqual(['signals.looked-at', 'dialog.because']);
  });

  it('that are only about the road, told of a way that could not be made, raise no question', () => {
    const talk = new Talk(viewOf());
    talk.say('去不了 小明家');
    const { replies } = talk.say('路塌了，过不去');
    expect(replies.map(({ key }) => key)).not.toContain('signals.ask');
  });
});
