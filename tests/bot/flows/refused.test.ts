import { describe, expect, it } from 'vitest';
import { topFrame } from '../../../bot/dialog/session.ts';
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

  it.each(['今天去燕燕家，她奶奶不让进门', '燕燕奶奶不准进屋', '燕燕家里不让进门，我就回来了'])(
    'is told once, and the refusal itself is no danger that is asked about besides: %s',
    (words) => {
      const talk = new Talk(viewOf());
      const { commands, replies } = talk.say(words);
      expect(commands.filter(({ type }) => type === 'record-obstacle')).toHaveLength(1);
      expect(replies.map(({ key }) => key)).toEqual(['obstacle.saved-refused']);
    },
  );

  it.each(['奶奶不让燕燕进门', '燕燕奶奶不让她进门，站在外面哭'])(
    'of the child is danger, and no refusal of the director: %s',
    (words) => {
      const talk = new Talk(viewOf());
      expect(talk.say(words).commands.map(({ type }) => type)).not.toContain('record-obstacle');
      expect(topFrame(talk.session)?.flow).toBe('ask-danger');
    },
  );

  it.each(['乐乐家不让进', '乐乐奶奶不开门', '乐乐爸爸把我赶出来了', '乐乐妈妈叫我以后别来了'])(
    'is of the brothers and sisters as well: %s',
    (words) => {
      const told = new Talk(viewOf()).say(words).commands;
      expect(told).toMatchObject([
        { type: 'record-obstacle', kind: 'refused', childId: childId('王家乐') },
        { type: 'record-obstacle', kind: 'refused', childId: childId('王家欣'), beside: true },
      ]);
    },
  );

  it.each(['奶奶不让我见乐乐', '今天见到欣欣了，乐乐他爸不让见'])(
    'is of the one child alone where the words say so: %s',
    (words) => {
      const told = new Talk(viewOf()).say(words).commands.filter(({ type }) => type === 'record-obstacle');
      expect(told.map((command) => ('childId' in command ? command.childId : null))).not.toContain(
        childId('王家欣'),
      );
    },
  );
  it('is told once, and danger in the same words is asked about all the same', () => {
    const talk = new Talk(viewOf());
    const { commands, replies } = talk.say('今天去燕燕家，她奶奶不让进门，身上有伤');
    expect(commands.filter(({ type }) => type === 'record-obstacle')).toHaveLength(1);
    expect(replies.map(({ key }) => key)).toEqual(['obstacle.saved-refused', 'signals.ask']);
  });

  it.each(['今天去燕燕家，她奶奶不让进', '今天去燕燕家，她奶奶不让进门', '燕燕爷爷不给进屋'])(
    '%s asks nothing more: it is the director who was not let in',
    (words) => {
      const { replies } = new Talk(viewOf()).say(words);
      expect(replies.map(({ key }) => key)).toEqual(['obstacle.saved-refused']);
    },
  );
});

/** A refusal told with words that may speak of danger, by every way it can be told. */
const WITH_DANGER: readonly (readonly [string, readonly string[]])[] = [
  ['a visit', ['今天去燕燕家，家人不让进，燕燕身上有伤']],
  ['a visit where the child was heard', ['今天去燕燕家，家里人不让进，孩子在屋里哭，身上有伤']],
  ['a visit that is being told', ['走访 燕燕', '家人不让进，孩子身上有伤']],
  ['a card', ['今天去燕燕家，奶奶在，没见到孩子', '其实家人不让进，孩子身上有伤']],
  ['a call', ['今天打电话给燕燕，家里人不让进，说孩子身上有伤']],
  ['a line of a trip', ['今天去了小明燕燕家，小明见到了，燕燕家不让进，燕燕身上有伤']],
  ['the answers of a trip', ['今天去了小明燕燕家', '燕燕家不让进，孩子身上有伤']],
  ['an obstacle', ['去不了 燕燕 家人不让进，孩子身上有伤']],
  ['the answer to an obstacle', ['去不了 燕燕', '家人不让进，孩子身上有伤']],
  ['补录', ['补录 昨天去燕燕家，家人不让进，孩子身上有伤']],
  ['补录 with a day before', ['补录', '昨天去燕燕家，家人不让进，孩子身上有伤']],
];

describe('家人不让进 and danger in the same words', () => {
  it.each(WITH_DANGER)('both are taken up, told by %s', (_way, said) => {
    const talk = new Talk(viewOf());
    const commands = said.flatMap((text) => talk.say(text).commands);
    const refused = { type: 'record-obstacle', kind: 'refused', childId: childId('邱海燕') };
    expect(commands.filter(({ type }) => type === 'record-obstacle')).toMatchObject([refused]);
    expect(topFrame(talk.session)).toMatchObject({
      flow: 'ask-danger',
      slots: { child: childId('邱海燕'), signal: '身上有伤' },
    });
  });

  it('is asked about although a draft of another day holds the same phrase', () => {
    const talk = new Talk(viewOf());
    for (const text of ['今天去看了燕燕，奶奶在，孩子见到了，身上有伤', '取消']) talk.say(text);
    talk.say('去不了 燕燕 家人不让进，孩子身上有伤');
    expect(topFrame(talk.session)?.flow).toBe('ask-danger');
  });
});
