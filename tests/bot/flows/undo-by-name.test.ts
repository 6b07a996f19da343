import { describe, expect, it } from 'vitest';
import { childId } from '../../support/small-county.ts';
import { Talk, viewOf } from '../stage.ts';

function twoStored(): Talk {
  const talk = new Talk(viewOf());
  talk.say('联系了吴俊辉 电话 一切都好');
  talk.say('联系了小红 电话 一切都好');
  return talk;
}

describe('撤回 with a name', () => {
  it.each(['撤回吴俊辉', '撤回 吴俊辉', '撤回俊辉的'])('%s takes back the record of that child', (text) => {
    const talk = twoStored();
    const stored = talk.session.earlierSaved.find((s) => s.childId === childId('吴俊辉'))?.contactId;
    expect(stored).toBeDefined();
    expect(talk.say(text).commands).toMatchObject([{ type: 'withdraw-contact', targetId: stored }]);
  });

  it('after five minutes says what to do instead', () => {
    const talk = twoStored();
    talk.pass(6 * 60_000);
    const { replies, commands } = talk.say('撤回吴俊辉');
    expect([replies.map(({ key }) => key), commands]).toEqual([['undo.too-late'], []]);
  });

  it('of a child without a fresh record takes back nothing else', () => {
    const { replies, commands } = twoStored().say('撤回许嘉怡');
    expect([replies.map(({ key }) => key), commands]).toEqual([['undo.too-late'], []]);
  });
});
