import { describe, expect, it } from 'vitest';
import { tellsAbsent } from '../../../bot/understanding/absent.ts';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const caseload = ['李小明', '林小红', '许嘉怡'].map((name) => ({ id: name, name, nickname: null }));

/** Who is left out of the visit these words tell of. */
function leftOut(text: string): readonly string[] {
  return understand(text, { today: fromDayNumber(0), caseload }).notReached.map(({ childId }) => childId);
}

describe('a child that was not where it was looked for', () => {
  it.each(['嘉怡请假没来', '嘉怡今天没来上学', '嘉怡没到校', '嘉怡请病假了', '嘉怡不在学校', '嘉怡旷课了'])(
    '%s',
    (text) => {
      expect(tellsAbsent(text)).toBe(true);
    },
  );

  it.each(['嘉怡没来得及吃饭', '嘉怡没来电话', '嘉怡请假在家', '嘉怡来了', '嘉怡不在家'])(
    '%s tells something else',
    (text) => {
      expect(tellsAbsent(text)).toBe(false);
    },
  );

  it.each([
    '今天到学校看了小明小红，嘉怡请假没来',
    '今天去学校，小明和小红都见到了，嘉怡没来上学',
    '今天去了小明小红家，都见到了，嘉怡没到校',
  ])('is no part of the visit: %s', (text) => {
    expect(leftOut(text)).toEqual(['许嘉怡']);
  });

  it.each([
    '今天去了小明嘉怡家，嘉怡请假了',
    '今天去了小明小红嘉怡家，嘉怡请假了，见到了',
    '今天去看了小明小红，都见到了，嘉怡不在家',
  ])('stays where it was visited: %s', (text) => {
    expect(leftOut(text)).toEqual([]);
  });
});
