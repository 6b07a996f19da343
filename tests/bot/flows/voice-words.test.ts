import { describe, expect, it } from 'vitest';
import { topFrame } from '../../../bot/dialog/session.ts';
import { childId } from '../../support/small-county.ts';
import { Talk, viewOf } from '../stage.ts';

const VOICE = { kind: 'voice', file: { id: 'f1', kind: 'voice', mime: 'audio/amr', seconds: 9 } } as const;
const BURNT = '文字 他奶奶说他手被烟头烫了好几个疤';

function storedBefore(): Talk {
  const talk = new Talk(viewOf());
  talk.say('联系了小红 电话 一切都好');
  expect(talk.session.lastSaved?.childId).toBe(childId('林小红'));
  return talk;
}

describe('文字', () => {
  it('goes with the voice message that waits for its child, and never into another record', () => {
    const talk = storedBefore();
    talk.take(VOICE);
    expect(talk.say(BURNT).commands.map((c) => c.type)).not.toContain('add-voice-words');
    expect(topFrame(talk.session)?.flow).toBe('ask-danger');
    talk.say('没有危险');
    expect(topFrame(talk.session)).toMatchObject({ flow: 'voice-note', asking: 'child' });
    talk.say('小明');
    const slots = topFrame(talk.session)?.slots;
    expect(slots).toMatchObject({ child: childId('李小明'), note: BURNT.slice(3) });
    expect(slots?.signal).toBeDefined();
  });

  it('goes with the record whose card is open', () => {
    const talk = storedBefore();
    talk.take(VOICE);
    talk.say('小明');
    const { commands } = talk.say('文字 作业写完了');
    expect(commands.map((c) => c.type)).not.toContain('add-voice-words');
    expect(topFrame(talk.session)?.slots).toMatchObject({ child: childId('李小明'), note: '作业写完了' });
  });

  it('without any voice is added to nothing', () => {
    const { replies, commands } = storedBefore().say('文字 作业写完了');
    expect([replies.map(({ key }) => key), commands]).toEqual([['voice.no-record'], []]);
  });

  it('after a stored voice record belongs to it, whatever was stored since', () => {
    const talk = new Talk(viewOf());
    talk.take(VOICE);
    talk.say('小明');
    talk.say('未发现异常');
    const voice = talk.session.lastSaved?.contactId;
    talk.say('联系了小红 电话 一切都好');
    expect(talk.say('文字 作业写完了').commands).toMatchObject([
      { type: 'add-voice-words', targetId: voice },
    ]);
  });
});
