import { describe, expect, it } from 'vitest';
import { childId } from '../../support/small-county.ts';
import { Talk, viewOf } from '../stage.ts';

const AT_THE_DOOR: readonly (readonly string[])[] = [
  ['今天去燕燕家，她奶奶不让进门'],
  ['去不了 燕燕家', '家人不让进'],
  ['走访', '燕燕', '没去成', '家人不让进'],
  ['去不了', '家人不让进', '燕燕'],
];

describe('家人不让进', () => {
  it.each(AT_THE_DOOR)(
    'is on record with the word itself, and no card has to be confirmed: %s',
    (...said) => {
      const talk = new Talk(viewOf());
      const commands = said.flatMap((text) => talk.say(text).commands);
      expect(commands).toContainEqual(
        expect.objectContaining({
          type: 'record-obstacle',
          kind: 'refused',
          childId: childId('邱海燕'),
          tryOn: null,
        }),
      );
      const after = ['取消', '取消', '没有危险'].flatMap((text) => talk.say(text).commands);
      expect(after.map(({ type }) => type)).not.toContain('record-obstacle');
    },
  );

  it('is told once, and danger in the same words is asked about all the same', () => {
    const talk = new Talk(viewOf());
    const { commands, replies } = talk.say('今天去燕燕家，她奶奶不让进门');
    expect(commands.filter(({ type }) => type === 'record-obstacle')).toHaveLength(1);
    expect(replies.map(({ key }) => key)).toEqual(['obstacle.saved-refused', 'signals.ask']);
  });
});
