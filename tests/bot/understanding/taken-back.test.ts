import { describe, expect, it } from 'vitest';
import { deniesRefusal, obstacleWords } from '../../../bot/understanding/away-words.ts';
import { takenBackIn } from '../../../bot/understanding/taken-back.ts';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

describe('what is taken back by name', () => {
  it.each([
    ['乐乐那条撤回，辉辉的留着', ['乐乐'], ['辉辉']],
    ['撤回，辉辉的留着', [], ['辉辉']],
    ['辉辉的留着，乐乐的撤掉', ['乐乐'], ['辉辉']],
    ['乐乐，辉辉，这两条撤回', ['乐乐', '辉辉'], []],
    ['辉辉的别撤，乐乐撤回', ['乐乐'], ['辉辉']],
  ])('%s', (text, back, kept) => {
    expect(takenBackIn(text, ['乐乐', '辉辉'])).toEqual({ back, kept });
  });

  it.each(['乐乐的留着', '今天去了乐乐家'])('is nothing in %s', (text) => {
    expect(takenBackIn(text, ['乐乐'])).toBeNull();
  });
});

describe('a refusal that was none', () => {
  it.each(['刚才说不让进是说错了', '小红家不是不让进，是没人', '不让进是我点错了', '家人没有不让进'])(
    'is denied: %s',
    (text) => {
      expect([obstacleWords(text), deniesRefusal(text)]).not.toContain('refused');
      expect(deniesRefusal(text)).toBe(true);
    },
  );

  it.each(['小红家人不让进', '奶奶说别来了，不让进门', '去了没有人，后来他爸不让进'])(
    'stands: %s',
    (text) => {
      expect([obstacleWords(text), deniesRefusal(text)]).toEqual(['refused', false]);
    },
  );

  it('belongs to the family named last before it', () => {
    const caseload = ['王家乐/乐乐', '王家欣/欣欣'].map((line) => {
      const [name = '', nickname = ''] = line.split('/');
      return { id: nickname, name, nickname, aliases: [] };
    });
    const by = (text: string) => understand(text, { today: fromDayNumber(20_780), caseload }).refusedBy;
    expect(by('乐乐奶奶说欣欣妈妈不让进')).toEqual(['欣欣']);
    expect(by('乐乐妈妈不让进，欣欣见到了')).toEqual(['乐乐']);
    expect(by('他妈妈不让进')).toEqual([]);
  });
});
