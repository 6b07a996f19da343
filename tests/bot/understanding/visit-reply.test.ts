import { describe, expect, it } from 'vitest';
import { asksWhenVisited, visitReplyIn } from '../../../bot/understanding/visit-reply.ts';
import { addDays, monthStart, shanghaiDate } from '../../../server/domain/local-date.ts';

const TODAY = addDays(monthStart(shanghaiDate(new Date('2026-11-20T00:00:00.000Z'))), 22);

describe('what a family answers to a visit it was told of', () => {
  it.each([
    '在家等你',
    '好的，我在家',
    '在的',
    '那天我们都在家',
    '来吧',
    'we are at home',
    "Yes, I'll be home",
    '在家回1',
    '1在家',
    '嗯，在家呢，谢谢主任',
  ])('“%s”: somebody is at home', (text) => {
    expect(visitReplyIn(text, TODAY)).toEqual({ kind: 'home', asksWhen: false });
  });

  it('hears the question beside it', () => {
    expect(visitReplyIn('我在家，你几点来', TODAY)).toEqual({ kind: 'home', asksWhen: true });
  });

  it.each(['没空', '那天要去走亲戚', '不得闲', '我周四不在家', '那天我要出门', '换个时间吧'])(
    '“%s”: the day does not suit',
    (text) => {
      expect(visitReplyIn(text, TODAY)).toEqual({ kind: 'away', instead: null });
    },
  );

  it.each([
    ['我周四不在家，周六上午吧', '2026-11-28', 'morning'],
    ['没空，后天来', '2026-11-25', null],
    ['明天走不开，下星期一', '2026-11-30', null],
  ])('“%s”: another day', (text, on, part) => {
    expect(visitReplyIn(text, TODAY)).toEqual({ kind: 'away', instead: { on, part } });
  });

  it.each([
    '我在家，孩子不在',
    '孩子不在家',
    '他不在家',
    '小明那天不在家',
    '在家里打孩子',
    '你在家吗',
    '家里没人',
    '我不在家怎么办',
    '谢谢',
    '好',
    '1',
    '周六',
    '他爸没空',
    '别来',
  ])('“%s” is none', (text) => {
    expect(visitReplyIn(text, TODAY)).toBeNull();
  });

  it.each(['你哪天来', '你几点来', '主任怎么还没来', '郑主任什么时候来？', '你们来不来'])(
    '“%s” asks when',
    (text) => {
      expect(asksWhenVisited(text)).toBe(true);
    },
  );

  it.each(['爸爸什么时候回来', '他妈妈什么时候来', '台风什么时候来', '我哪天来'])('“%s” does not', (text) => {
    expect(asksWhenVisited(text)).toBe(false);
  });
});
