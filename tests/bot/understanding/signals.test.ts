import { describe, expect, it, test } from 'vitest';
import { normalise } from '../../../bot/understanding/normalise.ts';
import { readSignals } from '../../../bot/understanding/signals.ts';
import { DANGER, ORDINARY } from './danger-sentences.ts';
import type { DangerKind } from '../../../bot/understanding/signal-words.ts';

const RAISED: readonly (readonly [string, DangerKind])[] = [
  ['胳膊上有淤青', 'injury'],
  ['宇航昨天没回家', 'missing'],
  ['在学校被几个大的堵厕所', 'violence'],
  ['钱也被拿走了', 'violence'],
  ['奶奶说周五没回来,找了一晚上', 'missing'],
  ['找了两天两夜', 'missing'],
  ['孩子背着书包不见了', 'missing'],
  ['再来就打断我的腿', 'violence'],
  ['他爸说见一次打一次', 'violence'],
  ['他爸说要弄死我', 'violence'],
  ['伊毋食饭', 'malnutrition'],
  ['食毋饱瘦甲', 'malnutrition'],
  ['他后爸老是喜欢抱她她躲', 'sexual-harm'],
  ['邻居大爷抱她,她推开', 'sexual-harm'],
  ['打他奶奶', 'violence'],
  ['他伯伯昨晚又打小明了', 'violence'],
  ['他叔叔喝了酒就打阿强', 'violence'],
  ['有点怕他爸', 'other'],
  ['说想死', 'self-harm'],
  ['手臂青一块紫一块的', 'injury'],
  ['脸上有巴掌印', 'injury'],
  ['背上一道道红印', 'injury'],
  ['眼眶乌青', 'injury'],
  ['腿上有烟头烫的疤', 'injury'],
  ['额头肿了', 'injury'],
  ['身上有伤,不肯说怎么来的', 'injury'],
  ['走路一瘸一拐', 'injury'],
  ['手断了没去医院', 'injury'],
  ['从楼上摔下来了', 'injury'],
  ['掉到河里被救起来', 'injury'],
  ['他爸爸喝醉了就动手', 'violence'],
  ['被爸爸打了', 'violence'],
  ['爸爸经常打他', 'violence'],
  ['后妈拿衣架打孩子', 'violence'],
  ['奶奶说他爸用皮带抽', 'violence'],
  ['罚跪到半夜', 'violence'],
  ['在学校被同学欺负', 'violence'],
  ['被高年级的勒索', 'violence'],
  ['妈妈掐她', 'violence'],
  ['被绑在树上', 'violence'],
  ['没上学被打了', 'violence'],
  ['家暴', 'violence'],
  ['爷爷动不动就打骂孩子', 'violence'],
  ['隔壁叔叔摸她下面', 'sexual-harm'],
  ['说被人摸了', 'sexual-harm'],
  ['有个爷爷叫她陪睡', 'sexual-harm'],
  ['下面疼', 'sexual-harm'],
  ['内裤上有血', 'sexual-harm'],
  ['肚子大了起来', 'sexual-harm'],
  ['小红怀孕了', 'sexual-harm'],
  ['不让她告诉家里', 'sexual-harm'],
  ['脱她裤子', 'sexual-harm'],
  ['说不想活了', 'self-harm'],
  ['用小刀划手腕', 'self-harm'],
  ['割手腕', 'self-harm'],
  ['觉得活着没意思', 'self-harm'],
  ['吃了一瓶药', 'self-harm'],
  ['说要跳楼', 'self-harm'],
  ['写了遗书', 'self-harm'],
  ['她说死了算了', 'self-harm'],
  ['老是打自己', 'self-harm'],
  ['离家出走两天了', 'missing'],
  ['孩子不见了', 'missing'],
  ['昨晚没回家', 'missing'],
  ['三天没回来', 'missing'],
  ['不知道去哪了', 'missing'],
  ['找不到孩子', 'missing'],
  ['一个人在家好几天', 'unattended'],
  ['没人管', 'unattended'],
  ['联系不上爸爸妈妈', 'unattended'],
  ['妈妈跑了', 'unattended'],
  ['家里没有大人', 'unattended'],
  ['被锁在家里', 'unattended'],
  ['奶奶去世了', 'unattended'],
  ['姐弟俩自己做饭', 'unattended'],
  ['爸爸不管他', 'unattended'],
  ['奶奶中风下不了床', 'unattended'],
  ['三天没吃饭', 'malnutrition'],
  ['瘦得皮包骨', 'malnutrition'],
  ['经常吃不饱', 'malnutrition'],
  ['天天吃泡面', 'malnutrition'],
  ['饿得头晕', 'malnutrition'],
  ['面黄肌瘦', 'malnutrition'],
  ['翻垃圾吃', 'malnutrition'],
  ['在街上要饭', 'trafficking'],
  ['被陌生人带走', 'trafficking'],
  ['说要把孩子送人', 'trafficking'],
  ['逼他去打工赚钱', 'trafficking'],
  ['差点被拐', 'trafficking'],
  ['要她嫁人', 'trafficking'],
  ['躲床底', 'other'],
  ['不敢回家', 'other'],
  ['一直发抖', 'other'],
  ['爸爸天天酗酒', 'other'],
  ['去水库玩', 'other'],
  ['好几天没上学', 'other'],
  ['爸爸吸毒', 'other'],
  ['一句话也不说', 'other'],
];

const QUIET: readonly string[] = [
  '他打小就跟着奶奶',
  '这孩子打小跟着我',
  '打小没妈',
  '孩子打小身体不好',
  '打小在我身边长大',
  '天天看打小红书',
  '打小明的电话没人接',
  '给小明打预防针',
  '讲了防溺水知识',
  '做了防性侵教育',
  '宣传防拐卖',
  '开展反家暴宣传',
  '预防欺凌讲座',
  '严防溺水',
  '讲了不能下河游泳',
  '叮嘱不要玩火',
  '提醒不要跟陌生人走',
  '发了防溺水手册',
  '禁止私自下水游泳',
  '没有受伤',
  '身上没有伤',
  '没有伤痕、淤青',
  '未发现被打的情况',
  '没有被欺负',
  '没被打',
  '没有自残',
  '没有发现虐待',
  '没有不想活的念头',
  '问有没有人欺负他,说没有',
  '打电话给小明',
  '给他打电话',
  '打了他的电话',
  '妈妈在外打工',
  '在院子里打球',
  '爷爷在打牌',
  '奶奶在打扫',
  '打算下周去',
  '电话打不通',
  '打针了',
  '打疫苗',
  '打招呼',
  '打了个喷嚏',
  '打游戏',
  '奶奶摔断了腿',
  '爷爷受伤了',
  '妈妈怀孕了',
  '妈妈自杀了',
  '爸爸在工地受伤',
  '妈妈流产了',
  '爸妈过年没回家',
  '奶奶一个人在家',
  '想死你了',
  '他说想死妈妈了',
  '孩子很伤心',
  '作业没写完',
  '奶奶在,作业没写完',
  '一切都好',
  '今天去看了小明',
  '爸爸在家做饭',
  '成绩进步了',
  '手机摔坏了',
  '买了要饭卡',
  '去食堂打饭',
  '没带书包',
  '动手能力强',
  '他打乒乓球',
  '作业本不见了',
  '不要他太辛苦',
  '感冒吃药了',
  '都在上学',
];

function raised(text: string): readonly { kind: DangerKind; quote: string }[] {
  const plain = normalise(text);
  return readSignals(plain, plain);
}

describe('phrases that raise the question of a report', () => {
  it.each(RAISED)('%s may mean %s', (text, kind) => {
    expect(raised(text).map((signal) => signal.kind)).toContain(kind);
  });
  it.each(QUIET)('%s raises nothing', (text) => {
    expect(raised(text)).toEqual([]);
  });
  it.each(DANGER)('%s is asked about', (text) => {
    expect(raised(text).length).toBeGreaterThan(0);
  });
  it.each(ORDINARY)('%s is an ordinary day', (text) => {
    expect(raised(text)).toEqual([]);
  });
  it.each([
    '小明家没人在家,孩子自己煮面',
    '晚上没人在家',
    '孩子说没人在家',
    '孩子骑摩托去镇上',
    '他骑电动车带着弟弟',
    '十三岁就开摩托',
    '骑摩托上学',
    '孩子掉水沟里了',
    '拿着作业本掉进水塘里,是孩子掉的',
  ])('%s keeps its question beside the ordinary one', (text) => {
    expect(raised(text).length).toBeGreaterThan(0);
  });
  test('every quote is a phrase of the sentence, in its order', () => {
    expect(raised('今天去看,胳膊上有淤青,躲床底')).toEqual([
      { kind: 'injury', quote: '胳膊上有淤青' },
      { kind: 'other', quote: '躲床底' },
    ]);
  });
  test('a denial of one thing does not silence the next', () => {
    expect(raised('没有受伤,但是不敢回家').map(({ kind }) => kind)).toEqual(['other']);
  });
});

describe('what a family that chose English writes of danger', () => {
  it.each([
    'someone is beating my son',
    'my child is missing',
    'she wants to die',
    'I cannot find my daughter',
    'the boy is bleeding',
  ])('“%s” is asked about', (text) => {
    expect(raised(text)).not.toEqual([]);
  });

  it.each([
    'visit 小明 tomorrow',
    'he hit the ball',
    'the child is doing well',
    'I miss my son',
    'He beat his own record at school',
  ])('“%s” is an ordinary day', (text) => {
    expect(raised(text)).toEqual([]);
  });
});
