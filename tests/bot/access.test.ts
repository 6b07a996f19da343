import { describe, expect, it } from 'vitest';
import type { Command } from '../../server/domain/commands.ts';
import { childId } from '../support/small-county.ts';
import { OPEN_REPORT, Talk, viewOf } from './stage.ts';

type NoteAccess = Command & { readonly type: 'note-access' };

const notes = (commands: readonly Command[]): readonly NoteAccess[] =>
  commands.filter((c) => c.type === 'note-access');

describe('every screen that shows children is on record, once', () => {
  it('a question that lists the caseload notes the children of the page it shows', () => {
    const talk = new Talk(viewOf());
    const all = talk.view.caseload.map((c) => c.id);
    expect(notes(talk.say('走访').commands)).toEqual([
      { type: 'note-access', screen: 'child-list', childIds: all.slice(0, 7) },
    ]);
    expect(notes(talk.say('8').commands)).toEqual([
      { type: 'note-access', screen: 'child-list', childIds: all.slice(7) },
    ]);
  });

  it('a choice between two of nearly the same name notes these two', () => {
    const [note, ...more] = notes(new Talk(viewOf()).say('今天去看了陈思羽，奶奶在').commands);
    expect([...(note?.childIds ?? [])].sort()).toEqual([childId('陈思雨'), childId('陈思宇')].sort());
    expect(more).toEqual([]);
  });

  it('the card of a record notes its child; a question about the day notes nobody', () => {
    const talk = new Talk(viewOf());
    expect(notes(talk.say('去看了小明，奶奶在，前几天').commands)).toEqual([]);
    expect(notes(talk.say('昨天').commands)).toEqual([]);
    expect(notes(talk.say('见到了').commands)).toEqual([
      { type: 'note-access', screen: 'record-card', childIds: [childId('李小明')] },
    ]);
  });

  it('查看 notes the report with its child', () => {
    const talk = new Talk(viewOf('supervisor', [OPEN_REPORT]));
    expect(talk.say('查看 R-2026-000001').commands).toEqual([
      { type: 'view-report', reportId: 'r1', childId: childId('李小明') },
    ]);
  });
});
