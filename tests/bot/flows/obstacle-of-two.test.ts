import { describe, expect, it } from 'vitest';
import { childId } from '../../support/small-county.ts';
import { Talk, viewOf } from '../stage.ts';

function filed(...said: readonly string[]) {
  const talk = new Talk(viewOf());
  return said.flatMap((text) => talk.say(text).commands).filter(({ type }) => type === 'record-obstacle');
}

describe('two homes that could not be reached, in one sentence', () => {
  it.each([
    ['我感冒了，这两天去不了小红和燕燕家，周四再补', 'other'],
    ['路塌了，小红燕燕家都去不了，周四再去', 'road'],
    ['今天没去成小红家和燕燕家，村里开会，周四再去', 'other'],
  ])('are both on record, one card after the other: %s', (words, kind) => {
    expect(filed(words, '对', '对')).toMatchObject(
      ['林小红', '邱海燕'].map((name) => ({ type: 'record-obstacle', kind, childId: childId(name) })),
    );
  });

  it('leaves the second one to be told where the first was a slip', () => {
    expect(filed('路塌了，小红燕燕家都去不了，周四再去', '不记了', '对')).toMatchObject([
      { childId: childId('邱海燕') },
    ]);
  });
});
