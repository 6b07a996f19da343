import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../../server/domain/local-date.ts';
import { understand } from '../../../bot/understanding/understand.ts';

const TODAY = parseLocalDate('2026-11-25'); // a Wednesday
const CASELOAD = '林小明 林小红 陈思雨 陈思宇 张梓涵 黄志强 吴家豪 郑美玲 李子轩 王雅婷 罗文杰'
  .split(' ')
  .map((name) => ({ id: name, name, nickname: null }));

/** What a sentence certainly says; fields that are left out may be asked. */
interface Reading {
  readonly on?: string;
  readonly mode?: 'home' | 'school' | 'phone' | 'video' | 'elsewhere';
  readonly met?: readonly string[];
  readonly who?: readonly string[];
  /** By child; '' is what the whole sentence says. */
  readonly seen?: Readonly<Record<string, boolean | null>>;
  /** A question, a plan, or what did not come about: nothing is taken as done. */
  readonly nothingDone?: true;
}

/**
 * As people dictate them on the road: no commas, southern words, several houses, calls nobody answered. They were written
 * before anybody looked at the rules; only readings beyond doubt are expected here.
 */
const SAID: readonly (readonly [string, Reading])[] = [
  [
    '今天早上骑摩托去了志强家他阿嬷在孩子也在就是有点流鼻涕',
    { on: '2026-11-25', mode: 'home', who: ['黄志强'] },
  ],
  ['刚给子轩他妈打了个电话说孩子最近都乖', { mode: 'phone', met: ['妈妈'], who: ['李子轩'] }],
  ['刚才打给家豪爸爸没人接晚点再打', { nothingDone: true }],
  ['打了三次梓涵妈妈电话都是关机', { nothingDone: true }],
  ['昨天打电话给小明妈妈，没接，今天再打，接了', { who: ['林小明'] }],
  ['明天打算去上坪看雅婷', { nothingDone: true }],
  ['小明的走访我这个月报了没有', { nothingDone: true }],
  ['本来今天要去小明家结果下大雨没去', { nothingDone: true }],
  ['上周五去学校看了梓涵班主任也在', { on: '2026-11-20', mode: 'school', met: ['老师'], who: ['张梓涵'] }],
  ['十一月二十号上门看了雅婷爷爷奶奶都在', { on: '2026-11-20', mode: 'home', met: ['爷爷', '奶奶'] }],
  ['11.23 梓涵 入户 外婆 作业没做', { on: '2026-11-23', mode: 'home', met: ['外婆'], who: ['张梓涵'] }],
  ['上个月28号去看过梓涵忘记报了', { on: '2026-10-28', who: ['张梓涵'] }],
  ['上上周三去了文杰家当时只有他叔叔在', { on: '2026-11-11', mode: 'home', met: ['叔叔'], who: ['罗文杰'] }],
  ['这礼拜二跟小红打了个视频 看到人了', { on: '2026-11-24', mode: 'video', who: ['林小红'] }],
  ['电话打通了但是是家豪他爷爷接的耳朵不好讲不清楚', { mode: 'phone', met: ['爷爷'], who: ['吴家豪'] }],
  ['大前天去的志强家', { on: '2026-11-22', mode: 'home', who: ['黄志强'] }],
  ['紫涵今天没上学我打电话问了外婆', { on: '2026-11-25', mode: 'phone', met: ['外婆'], who: ['张梓涵'] }],
  [
    '今天去了小明小红家两个都见到了奶奶说小红夜里咳嗽',
    { on: '2026-11-25', mode: 'home', seen: { 林小明: true, 林小红: true } },
  ],
  ['今天去志强家豪两家志强见到了家豪不在去外公家了', { on: '2026-11-25', who: ['黄志强', '吴家豪'] }],
  ['除了小红没在 今天小明跟志强都见到了', { seen: { 林小红: false, 林小明: true, 黄志强: true } }],
  ['小明没去小红去了', { who: ['林小红'] }],
  ['今天去了小明家,没去小红家', { on: '2026-11-25', mode: 'home', who: ['林小明'] }],
  ['给家豪打了两个电话都没人接', { nothingDone: true }],
  ['下周三约了去看小明', { nothingDone: true }],
  ['11月18号入户 王雅婷 爷爷在 孩子上学', { on: '2026-11-18', mode: 'home', met: ['爷爷'], who: ['王雅婷'] }],
  ['今天三家都跑了志强在家豪在美玲去外婆家了', { who: ['黄志强', '吴家豪', '郑美玲'] }],
  ['上午跟美玲聊了聊 她说不想读书了', { who: ['郑美玲'] }],
  // A third place is no house of the family; two places leave the way open.
  ['志强今天住院了，没法入户，去医院看的，见到了', { mode: 'elsewhere', who: ['黄志强'] }],
  ['雅婷奶奶打电话来说孩子下周考试', { mode: 'phone', met: ['奶奶'], who: ['王雅婷'] }],
  ['今天没见到思雨，见到的是思宇', { seen: { 陈思雨: false, 陈思宇: true } }],
  // A grown-up was named, or the child was away: 跟他说了会话 is no word of the child.
  ['今天去雅婷家，她没在，她爷爷说赶集去了，跟他说了会话', { met: ['爷爷'], seen: { '': false } }],
  ['今天去雅婷家，孩子没在，奶奶说去上学了，跟她说了会话', { met: ['奶奶'], seen: { '': false } }],
  ['今天去雅婷家，爷爷奶奶在，孩子没在，跟他们聊了会', { met: ['爷爷', '奶奶'], seen: { '': false } }],
  ['今天去雅婷家，没见到她，爷爷在', { met: ['爷爷'], seen: { '': false } }],
  ['今天去雅婷家，她没在，跟她聊了会', { met: [], seen: { '': false } }],
  ['今天去雅婷家，只看到奶奶，孩子本人不在', { seen: { '': false } }],
  ['今天去雅婷家，只有奶奶在家，陪她坐了坐', { met: ['奶奶'], seen: { '': null } }],
  ['给雅婷妈妈打了电话，跟她说了孩子的事', { mode: 'phone', met: ['妈妈'] }],
  ['今天去雅婷家，奶奶开的门，雅婷在看书，跟她聊了会', { met: ['奶奶', '孩子本人'], seen: { '': true } }],
  ['今天去雅婷家，她没在，后来回来了，跟她聊了', { met: ['孩子本人'], seen: { '': null } }],
  ['今天去雅婷家，孩子去外婆家了，打电话跟孩子聊了几句', { met: [], seen: { '': false } }],
  ['今天去雅婷家，她爷爷开的门，他在看电视', { met: ['爷爷'], seen: { '': null } }],
  ['今天去雅婷家，她爷爷在，她也在家', { met: ['爷爷', '孩子本人'], seen: { '': true } }],
  ['今天去雅婷家，奶奶在，她在写作业', { met: ['奶奶', '孩子本人'], seen: { '': true } }],
  // A promise, homework or a busy father in a child's clause leaves the visit to the child standing.
  [
    '今天去了雅婷家和文杰家，两个都好，雅婷的奶奶腿摔了，我答应下周带药过去，文杰要买冬衣',
    { who: ['王雅婷', '罗文杰'], mode: 'home' },
  ],
  ['今天去了雅婷家，又去了文杰家，雅婷想要个书包，我下周给她送去，文杰感冒了', { who: ['王雅婷', '罗文杰'] }],
  ['今天去了雅婷家和文杰家，雅婷作业还没写完，文杰感冒了', { who: ['王雅婷', '罗文杰'] }],
  ['今天去了雅婷家，作业还没写完', { mode: 'home', who: ['王雅婷'] }],
  ['今天去了雅婷家和文杰家，雅婷她爸没空管她，文杰没去成', { who: ['王雅婷'] }],
  ['今天去了雅婷家，文杰下周再去看', { who: ['王雅婷'] }],
  ['今天联系了雅婷和志强，雅婷没接电话', { who: ['黄志强'] }],
  ['今天看了雅婷跟志强和文杰', { who: ['王雅婷', '黄志强', '罗文杰'] }],
  ['雅婷家还没去', { nothingDone: true }],
  // Written side by side, two names that sound alike are two children; one of them alone is asked about.
  ['今天去了小明家和思雨思宇家，都见到了', { who: ['林小明', '陈思雨', '陈思宇'] }],
  ['今天去了思雨家和思宇家，思雨没在', { who: ['陈思雨', '陈思宇'] }],
  ['今天去了思雨家', { who: [] }],
  ['今天去了思宇家，思雨没在', { who: [] }],
  ['今天去了雅婷、志枪还有文杰三家', { who: ['王雅婷', '黄志强', '罗文杰'] }],
  ['志枪在屋头耍手机', { who: ['黄志强'] }],
  ['今天看了志强，不对，是文杰', { on: '2026-11-25', who: ['罗文杰'] }],
  ['昨天去了志强家，说错了，是文杰家，奶奶在', { on: '2026-11-24', who: ['罗文杰'], met: ['奶奶'] }],
  ['今天去了志强家和文杰家，志强脸色不对，是感冒', { who: ['黄志强', '罗文杰'] }],
  ['雅婷昨天我去的，奶奶在', { on: '2026-11-24', who: ['王雅婷'], met: ['奶奶'] }],
  // Whoever found the door locked was there; what somebody else says of a door is no visit.
  ['文杰家门锁着，打电话没人接', { mode: 'home', who: ['罗文杰'] }],
  ['敲了半天门没人应，打他爸电话也不接，子轩家', { mode: 'home', who: ['李子轩'] }],
  ['雅婷家铁将军把门，奶奶电话打不通', { mode: 'home', who: ['王雅婷'] }],
  ['雅婷奶奶电话不通', { nothingDone: true }],
  ['邻居说志强家门锁着，他爷爷电话也没人接', { nothingDone: true }],
  // Who rang the worker was not called.
  ['小明今天没去学校，老师打电话问我', { mode: 'phone', met: ['老师'], who: ['林小明'] }],
  ['志强的班主任打电话来问怎么没到校', { mode: 'phone', met: ['老师'], who: ['黄志强'] }],
  ['外婆打电话来讲梓涵发烧了', { mode: 'phone', met: ['外婆'], who: ['张梓涵'] }],
  // They came to the worker: nobody went to their house.
  ['下午小红来我家玩了半天，跟她奶奶也说了话', { mode: 'elsewhere', met: ['奶奶'], who: ['林小红'] }],
  ['文杰跟他爷爷来村部找我盖章', { mode: 'elsewhere', who: ['罗文杰'] }],
  ['美玲今天跑到我这里哭', { mode: 'elsewhere', who: ['郑美玲'] }],
  ['今天下乡先到小明家再到文杰家两个孩子都见着了', { mode: 'home', seen: { 林小明: true, 罗文杰: true } }],
];

describe('what directors dictate on the road', () => {
  it.each(SAID)('%s', (text, { on, mode, met, who, seen, nothingDone }) => {
    if (TODAY === null) throw new Error('no such day');
    const said = understand(text, { today: TODAY, caseload: CASELOAD });
    const certain = said.mentions.flatMap((m) => (m.certain ? m.candidates.map((c) => c.childId) : []));
    expect(said.nothingDone).toBe(nothingDone === true);
    if (on !== undefined) expect(said.date).toMatchObject({ on, ask: false });
    if (mode !== undefined) expect(said.mode).toBe(mode);
    if (met !== undefined) expect(said.met).toEqual(met);
    if (who !== undefined) expect([...new Set(certain)]).toEqual(who);
    for (const [child, was] of Object.entries(seen ?? {}))
      expect([child, (child === '' ? said : said.parts.find((p) => p.childId === child))?.seen]).toEqual([
        child,
        was,
      ]);
  });
});
