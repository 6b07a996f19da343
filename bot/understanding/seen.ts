import { isCall } from '../../server/domain/cadence/child-facts.ts';
import { clausesOf } from './clauses.ts';
import { isPlan } from './intent.ts';
import type { Mode } from './modes.ts';
import { ADULT, CHILD, SIBLING } from './person-words.ts';
import { withoutDoubtfulPronouns } from './pronouns.ts';

const WHO = `(?:${CHILD}|人|本人)`;
const NOT_SEEN = new RegExp(
  [
    `(?:没|未)(?:有)?(?:能)?(?:见|看|碰|遇)(?:到|着|上)?(?:过)?(?:的?(?:孩子)?是)?(?:${WHO}|面|$|了$|$)`,
    `${WHO}(?:们)?(?:都|也|今天|还|又|刚好|正好)*(?:没|未)(?:有)?(?:能)?(?:见|看|碰|遇)(?:到|着|上)`,
    `${CHILD}(?:们)?(?:本人|自己)?(?:都|也|今天|还|又|刚好|正好|当时)*(?:不在|没在|没来(?!得及|电|信)|请假|没到校|没回|还没回|未在|出去了|出去玩|外出|上学去|去上学|去学校|上课去|去外婆|去奶奶|去外公|去姑|去亲戚|去同学|去爸|去妈|被[^,。]{0,6}接走|跟[^,。]{0,6}(?:走|出去)了)`,
    // 他跟他爸去外地了, told of today; 碰到小明跟奶奶去医院了 is no such word.
    `^${CHILD}(?:们)?(?:都|也|又|已经|早就?|刚才?|今[天早]|上午|下午|一早|早上)*(?:跟|和|随|被)(?:着|他|她)*(?:${ADULT})[^,。]{0,3}(?:去|到|回|接)[^,。]{0,8}(?:了|啦)$`,
    `^(?:去|已经?去|都去|又)?上学(?:去)?了|没在家$|^人不在|^(?:家里|屋里)没人|没人(?:应|开门|在家)|(?:都|也|还是)没人$|敲门没|门(?:是)?(?:锁|关)着|铁将军把门|^没人在家|去学校了$`,
  ].join('|'),
);
const SEEN = new RegExp(
  [
    `(?:见|看|碰|遇)(?:到|着)(?:了|过)?(?:的?(?:孩子)?是|[^,。没不]{0,6}(?:和|跟|与))?${WHO}`,
    `见了(?:[^,。没不]{0,6}(?:和|跟|与))?(?:${CHILD})(?!的?${ADULT})`,
    `${WHO}(?:们)?(?:都|也|我)*(?:见|看)(?:到|着|过)?了`,
    `${CHILD}(?:们)?(?:都|也|正好|刚好|一起)*(?:碰|遇)(?:到|着|上)了?$`,
    `^(?:都|全|也|当面|亲眼)?(?:见到|看到|见着)(?:了|过)?$|都见到了|(?:见|看)到本人`,
    `${CHILD}(?:们|俩)?(?:(?:和|跟)(?:他|她)?${SIBLING})?(?:都|也|正|刚好|正好|当时|一个人|自己)*(?:在(?:家(?!长|庭)|屋|院|门口|场|旁|做作业|写作业|写字|看电视|看书|玩|睡觉|吃饭|画画|洗|帮|做|读书|背书|家里)|睡着了?)`,
    `${CHILD}(?:们|俩)?(?:都|也|正好|刚好|今天)*在(?:的|呢)?$|^(?:都|全|也都)在(?:家)?(?:的|呢)?$`,
    // 小明和奶奶都在: without 都 it may be said of where the child lives.
    `${CHILD}(?:们|俩)?(?:和|跟|与)(?:他|她)?(?:的)?${ADULT}(?:们)?(?:也)?(?:都|正好|刚好)+在(?:家(?!长|庭)|的|呢|$)`,
    `^人(?:都|也)*在(?:家|的|呢)?$|^(?:在家|在)?(?:写|做)作业$|睡着了?[^。]{0,4}(?:看|瞧)了|(?:跟|和|陪)${CHILD}(?:本人)?(?:聊|谈|说了|玩|坐)`,
  ].join('|'),
);
const UNSURE =
  /好像|可能|应该|据说|听|说(?!了)|讲|告诉|反映|吗|[?]|下次|如果|要是|平时|经常|有时|照片|监控|视频/;
const SEEN_BY_OTHER = new RegExp(`(?:${ADULT})(?:[^,。我]{0,4})(?:见|看)(?:到|着|了)`);

/** 打电话跟他聊了: spoken with from the house, and not seen. */
const BY_WIRE = /(?:打|通|用)[^,。]{0,4}(?:电话|语音|微信)|电话里/;

/** Whether the child was seen in person, only where the words of a visit say so; null otherwise and over the wire. */
export function readSeen(text: string, mode: Mode | null, isContact: boolean): boolean | null {
  if (isCall(mode) || (mode === null && isContact)) return null;
  let [seen, notSeen] = [false, false];
  for (const { text: clause } of clausesOf(withoutDoubtfulPronouns(text, wasAway))) {
    if (isPlan(clause) || UNSURE.test(clause)) continue;
    const missed = NOT_SEEN.test(clause) && !adultMissed(clause);
    notSeen ||= missed;
    seen ||=
      !missed &&
      SEEN.test(clause) &&
      !BY_WIRE.test(clause) &&
      !SEEN_BY_OTHER.test(clause) &&
      !seesThing(clause);
  }
  if (seen === notSeen) return null;
  return seen;
}

/** 孩子没在, and no word that it came home: by whoever it is told. */
export function wasAway(before: string): boolean {
  return clausesOf(before).some(({ text }) => NOT_SEEN.test(text) && !adultMissed(text));
}

const ADULT_MISSED = new RegExp(
  `(?:没|未)(?:有)?(?:见|看|碰|遇)(?:到|着)?(?:他|她|孩子)?的?(?:${ADULT})|^(?:${ADULT})[^,。]{0,3}(?:不在|没在|没见到)|(?:${ADULT})(?:也|都)?(?:不在|没在)`,
);
const THING = new RegExp(
  `(?:见|看|碰|遇)(?:到|了)(?:了)?${CHILD}(?:的(?!$)|(?:他|她)?家?(?:${ADULT})|家|房间|作业)`,
);

/** 没见到奶奶 says nothing of the child. */
function adultMissed(clause: string): boolean {
  return ADULT_MISSED.test(clause);
}

/** 看到他的作业, 见到小明的奶奶: not the child. */
function seesThing(clause: string): boolean {
  return THING.test(clause) && !/(?:见|看)到[^,。]*(?:和|跟)(?:孩子|\uE000)/.test(clause);
}
