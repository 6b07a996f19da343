import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { futureDay } from '../../../bot/understanding/future-day.ts';
import { addDays, type LocalDate } from '../../../server/domain/local-date.ts';

/** A Monday. */
const TODAY = '2026-11-23' as LocalDate;

describe('a day to come', () => {
  it.each([
    ['明天带作业本来', '2026-11-24'],
    ['答应后天来', '2026-11-25'],
    ['下周三再来', '2026-12-02'],
    ['周五去学校', '2026-11-27'],
    ['约好月底陪去医院', '2026-11-30'],
    ['下个月底再看', '2026-12-31'],
    ['12月5日去', '2026-12-05'],
    ['十二月五号去', '2026-12-05'],
    ['3号来', '2026-12-03'],
    ['1月8号开学', '2027-01-08'],
    ['周末来', '2026-11-28'],
    ['下周末来', '2026-12-05'],
    ['3天后', '2026-11-26'],
    ['三天以后再去', '2026-11-26'],
    ['两周后', '2026-12-07'],
  ])('%s → %s', (words, on) => {
    expect(futureDay(words, TODAY)?.on).toBe(on);
  });

  it.each(['过两天来', '下周带作业本来', '改天再说', '下次带书', '下个月再去', '年底结账'])(
    '%s names no one day: it is asked',
    (words) => {
      const day = futureDay(words, TODAY);
      expect(day).not.toBeNull();
      expect(day?.on).toBeNull();
    },
  );

  it.each(['今天去看了小明', '孩子很好', '昨天来过', ''])('%s names no day to come', (words) => {
    expect(futureDay(words, TODAY)).toBeNull();
  });

  it('never lies behind today', () => {
    const word = fc.constantFrom(
      '明天',
      '下',
      '周',
      '三',
      '月',
      '底',
      '12',
      '5',
      '日',
      '号',
      '过两天',
      '周末',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.nat(800), (words, days) => {
        const today = addDays(TODAY, days);
        const on = futureDay(words.join(''), today)?.on ?? null;
        expect(on === null || on >= today).toBe(true);
      }),
    );
  });
});
