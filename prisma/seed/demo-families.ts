/** What a child's record looks like on the day the demo starts, whatever day that is. */
export type Story =
  /** Seen this month: nothing is owed now. */
  | 'done'
  /** Seen until last month: this month's visit or contact is still open. */
  | 'due'
  /** Nobody came last month: overdue. */
  | 'overdue';

export interface DemoChild {
  readonly name: string;
  readonly nickname: string;
  readonly sex: '男' | '女';
  readonly ageYears: number;
  readonly tier: '高' | '中' | '低';
  readonly story: Story;
  /** Lives with the child before it in the list: same address, same adults. */
  readonly sibling: boolean;
  readonly boarder: boolean;
  /** 不在村 since three weeks. */
  readonly away: boolean;
  /** The guardian's phone is already bound to the simulator. */
  readonly bound: boolean;
}

const STORIES: Readonly<Record<string, Story>> = { 好: 'done', 待: 'due', 逾: 'overdue' };

/**
 * Invented people, a line a village: name, nickname (or -), sex and age, tier and story (好 done, 待 due, 逾 overdue), and
 * 弟 sibling of the one before, 宿 boarder, 外 away, 绑 guardian bound. No name here means anybody.
 */
const VILLAGES: readonly (readonly string[])[] = [
  [
    '李小明 小明 男9 中逾 绑',
    '李晓红 小红 女7 中待 弟',
    '陈思雨 - 女10 低待 绑',
    '陈思宇 - 男12 低待',
    '林晓浩 阿浩 男14 高待 绑',
    '苏玉婷 婷婷 女5 低好 绑',
    '邱志强 - 男13 低逾',
  ],
  [
    '王家乐 乐乐 男6 低好 绑',
    '王家欣 欣欣 女4 低好 弟',
    '郑雅琪 - 女11 中待',
    '郑文杰 - 男8 中待 弟',
    '黄诗涵 - 女9 低待',
    '吴俊辉 辉辉 男10 低逾',
    '许嘉怡 - 女13 低待 宿',
    '蔡明轩 - 男7 低好',
    '杨若兰 兰兰 女12 中逾 绑',
    '谢子豪 - 男15 低待',
    '叶青青 青青 女3 低待',
    '江海涛 - 男11 低好',
  ],
  ['罗晨曦 - 女8 低好 绑', '罗晨阳 阳阳 男6 低待 弟', '洪建国 - 男12 中待', '赖雪梅 - 女10 低待'],
  ['周天佑 佑佑 男5 低待', '庄美玲 - 女9 低好 绑', '何志远 - 男13 高逾', '柯晓燕 燕燕 女7 低待'],
  ['廖文静 静静 女11 低待 绑', '卢家栋 - 男8 低好', '单春花 - 女6 中待', '仇一鸣 - 男14 低待 外'],
  ['曾宇航 航航 男7 低待', '曾雨桐 - 女10 低待 弟', '刘金宝 宝宝 男4 低好 绑', '张秋月 - 女12 中逾'],
  ['马晓峰 - 男9 低待 绑', '方圆圆 圆圆 女5 低好', '石磊 - 男13 中待', '白露 露露 女8 低待'],
  ['高志鹏 - 男10 低待', '高志慧 - 女6 低待 弟', '胡佳宁 宁宁 女11 低好 绑', '郭大海 - 男15 高待 宿'],
  ['孙晓雪 雪雪 女7 低待 绑', '朱青松 - 男12 中逾', '何秀英 - 女9 低待', '徐子轩 轩轩 男5 低好'],
  ['宋春燕 - 女10 低待', '唐文武 - 男8 低待 绑', '唐文秀 - 女6 低好 弟', '韩冬冬 冬冬 男13 中待'],
  ['冯玉洁 - 女11 低好', '董建军 - 男7 低待', '萧雅 雅雅 女4 低待 绑', '程远航 - 男14 低逾'],
  ['沈一诺 诺诺 女8 中待 绑', '彭少华 - 男10 低待', '潘小妹 妹妹 女6 低好', '田立春 - 男12 低待'],
];

/** The children of each of the twelve villages. */
export const DEMO_VILLAGES: readonly (readonly DemoChild[])[] = VILLAGES.map((lines) => lines.map(childOf));

function childOf(line: string): DemoChild {
  const [name = '', nickname = '-', person = '', state = '', ...marks] = line.split(' ');
  return {
    name,
    nickname: nickname === '-' ? '' : nickname,
    sex: person.startsWith('女') ? '女' : '男',
    ageYears: Number(person.slice(1)),
    tier: state.startsWith('高') ? '高' : state.startsWith('中') ? '中' : '低',
    story: STORIES[state.slice(1)] ?? 'due',
    sibling: marks.includes('弟'),
    boarder: marks.includes('宿'),
    away: marks.includes('外'),
    bound: marks.includes('绑'),
  };
}
