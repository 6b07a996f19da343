import { describe, expect, it } from 'vitest';
import { kindIn } from '../../../bot/flows/report-kind-words.ts';
import { signalsIn } from '../../../bot/understanding/signals.ts';

const read = (words: string) => kindIn(signalsIn(words))?.kind ?? null;

describe('the kind of report that plain words speak of', () => {
  it.each([
    ['1 injury of private parts', '她下面流血了', 'sexual'],
    ['2 under 14, pregnancy', '有个女孩13岁，怀孕了', 'sexual'],
    ['3 14 or over, abortion', '一个15岁女孩偷偷去打胎了，说是被人强迫的', 'sexual'],
    ['4 many injuries', '他身上好几处伤，瘦得皮包骨', 'violence'],
    ['4 malnutrition alone', '孩子瘦得皮包骨', 'violence'],
    ['4 unconscious, with marks', '孩子昏迷了，叫不醒，身上有伤', 'violence'],
    ['5 suicide', '孩子说不想活了，手上划了很多口子', 'self-harm'],
    ['5 poison', '孩子喝农药了', 'self-harm'],
    ['5 work injury', '14岁男孩在厂里打工，手被机器压断了', 'exploited'],
    ['6 long unattended', '孩子被扔在家里，一个多月没人管', 'unattended'],
    ['7 unknown origin', '村口来了个孩子，来历不明，像是被拐的', 'missing'],
    ['7 missing', '孩子不见了', 'missing'],
    ['8 begging', '有人带着几个孩子在街上乞讨', 'exploited'],
    ['9 imminent harm', '有个陌生人天天在学校门口跟着她', 'other'],
    ['the plan: living alone', '孩子一个人住，爸妈都不在', 'unattended'],
    ['the plan: lost capacity', '奶奶中风了，下不了床，管不了孩子', 'no-guardian'],
    ['the plan: does not perform', '他爸天天赌博，什么都不管', 'no-guardian'],
    ['the plan: domestic violence', '他爸又在打他和他妈', 'violence'],
    ['the plan: accident', '孩子掉到水里了', 'accident'],
    ['the plan: accident by car', '孩子被车撞了', 'accident'],
  ])('%s: %s', (_situation, words, kind) => {
    expect(read(words)).toBe(kind);
  });

  it('takes the gravest of several, so that 110 is never lost beside neglect', () => {
    expect(read('孩子三天没人管，被他叔打了')).toBe('violence');
  });

  it.each(['孩子受伤了', '孩子昏迷了', '快来', '他爸没打他'])('leaves it open, and asks: %s', (words) => {
    expect(read(words)).toBeNull();
  });
});
