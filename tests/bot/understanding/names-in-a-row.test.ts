import { describe, expect, it } from 'vitest';
import { understand } from '../../../bot/understanding/understand.ts';
import { fromDayNumber } from '../../../server/domain/local-date.ts';

const today = fromDayNumber(20_780);
const caseload = [
  ['李小明', '小明'],
  ['林小红', '小红'],
  ['王家乐', '乐乐'],
  ['王家欣', '欣欣'],
  ['吴俊辉', '辉辉'],
  ['邱海燕', '燕燕'],
].map(([name = '', nickname = '']) => ({ id: name, name, nickname, aliases: [] }));

function said(text: string) {
  return understand(text, { today, caseload });
}

/** The children the words certainly name, in their order. */
function named(text: string): readonly string[] {
  return [
    ...new Set(
      said(text).mentions.flatMap((m) => (m.certain ? m.candidates.map(({ childId }) => childId) : [])),
    ),
  ];
}

describe('nicknames of two like characters, one behind the other', () => {
  it.each([
    ['欣欣乐乐两个都在家，奶奶煮饭', ['王家欣', '王家乐']],
    ['今天去了乐乐欣欣家，都见到了', ['王家乐', '王家欣']],
    ['今天去看了燕燕辉辉乐乐，都好', ['邱海燕', '吴俊辉', '王家乐']],
    ['小明小红乐乐欣欣燕燕都见着了', ['李小明', '林小红', '王家乐', '王家欣', '邱海燕']],
    ['今天去家乐加欣家，家乐发烧', ['王家乐', '王家欣']],
  ])('%s', (text, who) => {
    expect(named(text)).toEqual(who);
  });

  it.each(['小明高高兴兴地在家写作业', '小红家里干干净净', '小明开开心心的'])(
    '%s names one child',
    (text) => {
      expect(named(text)).toHaveLength(1);
    },
  );
});

describe('words that tell of no visit', () => {
  it.each(['小明跟他妈到泉州去了，讲是去看病', '小明去看牙了', '小红阿公带她去看医生'])('%s', (text) => {
    expect(said(text).intent).toBeNull();
  });

  it.each(['燕燕的阿嬷住院了，这几天是她婶婶在带', '小明最近都是他姑姑在照顾', '小红现在由外婆在管'])(
    '%s: whoever looks after a child was not met by that',
    (text) => {
      expect(said(text).met).toEqual([]);
    },
  );
});
