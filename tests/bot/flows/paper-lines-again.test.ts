import { describe, expect, it } from 'vitest';
import { topFrame } from '../../../bot/dialog/session.ts';
import { Talk, viewOf } from '../stage.ts';

function line(talk: Talk, number: number): Record<string, unknown> | undefined {
  const lines = topFrame(talk.session)?.slots.lines as readonly Record<string, unknown>[] | undefined;
  return lines?.find((l) => l.number === number);
}

describe('a line of the paper form typed again', () => {
  it.each(['3 有担心', '3 见到 不确定', '3 见到 未发现异常', '3见到，作业没写'])(
    'never loses words that may speak of danger: %s',
    (again) => {
      const talk = new Talk(viewOf());
      talk.say('1 见到 未发现异常 2 见到 未发现异常 3见到，他爸喝酒打他');
      expect(line(talk, 3)).toMatchObject({ note: '他爸喝酒打他' });
      const quoted = line(talk, 3)?.signal;
      expect(quoted).toBeTypeOf('string');
      talk.say(again);
      expect(line(talk, 3)?.note).toContain('他爸喝酒打他');
      expect(line(talk, 3)?.signal).toBe(quoted);
      expect(line(talk, 3)?.outcome).not.toBe('none');
    },
  );

  it('keeps the blow and not only the drink, and shows neither', () => {
    const talk = new Talk(viewOf());
    const { replies } = talk.say('1 见到 未发现异常 2 见到 未发现异常 3见到，他爸喝酒打他');
    expect(line(talk, 3)?.signal).toContain('打他');
    expect(JSON.stringify(replies)).not.toMatch(/打他|喝酒/u);
  });

  it('is replaced where nothing of the kind was said', () => {
    const talk = new Talk(viewOf());
    talk.say('1 见到 未发现异常 2 见到 未发现异常 3见到，作业没写');
    talk.say('3 没见到 去外婆家');
    expect(line(talk, 3)).toMatchObject({ seen: false, note: '去外婆家', signal: null });
  });
});
