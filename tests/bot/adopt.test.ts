import { describe, expect, it } from 'vitest';
import { adopt } from '../../bot/dialog/adopt.ts';
import { begin } from '../../bot/dialog/flow.ts';
import { EMPTY_SESSION, readSession, type Frame, type Session } from '../../bot/dialog/session.ts';
import { recordVisit } from '../../bot/flows/record-visit.ts';
import { repertoire } from '../../bot/flows/repertoire.ts';
import { childId } from '../support/small-county.ts';
import { Talk, viewOf } from './stage.ts';

const SAID = { child: childId('李小明'), on: '2026-11-23', mode: 'home', note: '作业没写完' };

function holding(...frames: Frame[]): Session {
  return { ...EMPTY_SESSION, frames };
}

describe('a conversation begun under an earlier version of the program', () => {
  it('keeps every line that still means something and asks only the others again', () => {
    const old: Frame = {
      ...begin(recordVisit, { ...SAID, mode: 'by-boat', seen: 'perhaps' }),
      version: 0,
      asking: 'mood',
      asked: ['mood'],
    };
    const talk = new Talk(viewOf(), adopt(repertoire, holding(old)));
    const { replies } = talk.say('嗯');
    expect(talk.session.frames).toHaveLength(1);
    expect(talk.session.frames[0]?.slots).toMatchObject({ child: SAID.child, on: SAID.on, note: SAID.note });
    expect(talk.session.frames[0]?.asking).toBe('mode');
    expect(replies.length).toBeGreaterThan(0);
  });

  it('is asked again where its question no longer exists', () => {
    const old = { ...begin(recordVisit, SAID), version: 0, asking: 'mood' };
    const talk = new Talk(viewOf(), adopt(repertoire, holding(old)));
    const { replies } = talk.say('见到了');
    expect(replies.at(-1)?.options?.length).toBeGreaterThan(0);
  });

  it('keeps its drafts as it keeps its questions', () => {
    const draft = { ...begin(recordVisit, SAID), version: 0 };
    const adopted = adopt(repertoire, { ...EMPTY_SESSION, drafts: [draft] });
    expect(adopted.drafts[0]?.slots).toEqual(SAID);
    const talk = new Talk(viewOf(), adopted);
    talk.say('继续');
    expect(talk.session.frames[0]?.slots).toMatchObject(SAID);
  });

  it('gives its place back when its flow is gone, and the others stay', () => {
    const gone = { ...begin(recordVisit, {}), flow: 'no-such-flow' };
    const kept = { ...begin(recordVisit, SAID), asking: 'met' };
    expect(adopt(repertoire, holding(kept, gone)).frames).toEqual([kept]);
  });

  it('of this very version is not touched', () => {
    const now = { ...begin(recordVisit, SAID), asking: 'met', asked: ['child'], misses: 1 };
    expect(adopt(repertoire, holding(now))).toEqual(holding(now));
  });
});

describe('a stored session', () => {
  it.each(['', '{', 'null', '[]', '{"v":2}', '{"v":1}', '{"v":1,"frames":"many"}'])(
    'that reads %s is damaged, and says so instead of beginning anew',
    (text) => expect(readSession(text)).toBeNull(),
  );

  it('of the first version, without what came later, is read', () => {
    const { earlierSaved: _later, ...first } = EMPTY_SESSION;
    expect(readSession(JSON.stringify(first))).toMatchObject({ v: 1, earlierSaved: [] });
  });
});
