import { describe, expect, it } from 'vitest';
import { topFrame, EMPTY_SESSION } from '../../../bot/dialog/session.ts';
import type { OwnReport, Role, View } from '../../../bot/dialog/view.ts';
import { beginAskDanger } from '../../../bot/flows/ask-danger.ts';
import { START, Talk, viewOf } from '../stage.ts';

const WORDS = '他伯伯昨晚又打他了';
const MINUTE_MS = 60_000;

/** What ten minutes of silence do. */
function afterSilence(talk: Talk) {
  talk.pass(10 * MINUTE_MS);
  return talk.take({ kind: 'wake' });
}

function reported(openedAt: string, view: View): View {
  const report: OwnReport = {
    id: 'r9',
    number: 'R-2026-000009',
    openedAt,
    childId: null,
    excludedIds: [],
  };
  return { ...view, ownReports: [report] };
}

describe('words of danger that a family wrote, and no answer to the question', () => {
  it.each<Role>(['guardian', 'carer', 'stranger'])('of a %s are a report after ten minutes', (role) => {
    const talk = new Talk(viewOf(role));
    expect(talk.say(WORDS).commands).toEqual([]);
    talk.pass(9 * MINUTE_MS);
    expect(talk.take({ kind: 'wake' }).commands).toEqual([]);
    talk.pass(MINUTE_MS);
    expect(talk.take({ kind: 'wake' }).commands).toMatchObject([
      { type: 'open-report', words: WORDS, drill: false },
      { type: 'answer-report', answer: 'kind', value: 'violence' },
    ]);
    expect(topFrame(talk.session)?.flow).toBe('open-report');
  });

  it('go to the report that 紧急 opened meanwhile', () => {
    const view = viewOf('guardian');
    const talk = new Talk(reported(new Date(START.getTime() + MINUTE_MS).toISOString(), view));
    talk.say(WORDS);
    expect(afterSilence(talk).commands).toEqual([{ type: 'add-report-words', reportId: 'r9', text: WORDS }]);
  });

  it('are a report of their own beside one of an earlier day', () => {
    const talk = new Talk(reported('2026-11-20T01:00:00.000Z', viewOf('guardian')));
    talk.say(WORDS);
    expect(afterSilence(talk).commands).toMatchObject([
      { type: 'open-report', words: WORDS },
      { type: 'answer-report' },
    ]);
  });

  it('are denied by 没有危险, and no report is made of them', () => {
    const talk = new Talk(viewOf('guardian'));
    talk.say(WORDS);
    talk.say('没有危险');
    expect(afterSilence(talk).commands).toEqual([]);
  });

  it('are not waited for where nobody cares for a child: that is with the director already', () => {
    const asked = {
      ...beginAskDanger('', '孩子没人带', null),
      asking: 'danger',
      waitsUntil: START.toISOString(),
    };
    const talk = new Talk(viewOf('guardian'), { ...EMPTY_SESSION, frames: [asked] });
    expect(afterSilence(talk).commands).toEqual([]);
  });

  it('are with the report that 求助 opens, as the answer to the question', () => {
    const talk = new Talk(viewOf('guardian'));
    talk.say(WORDS);
    const { commands } = talk.say('求助');
    expect(commands[0]).toMatchObject({ type: 'open-report', words: WORDS });
    expect(afterSilence(talk).commands.filter(({ type }) => type === 'open-report')).toEqual([]);
  });

  it('of a worker wait an hour, and nothing is reported in their name', () => {
    const talk = new Talk(viewOf('director'));
    talk.say('小明胳膊上有淤青，是他爸打的');
    expect(afterSilence(talk).commands).toEqual([]);
    talk.pass(50 * MINUTE_MS);
    expect(talk.take({ kind: 'wake' }).commands.map(({ type }) => type)).not.toContain('open-report');
  });
});
