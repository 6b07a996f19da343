import { clausesOf } from './clauses.ts';
import { NAME_MARK } from './normalise.ts';
import { isOneSided } from './one-sided.ts';
import { ADULT, NOT_SO, PLAN } from './person-words.ts';

/** What the sentence records: an encounter in one place, one over the wire, or (null) no encounter that is plainly past. */
export type Intent = 'visit' | 'contact' | null;

const NOT_DONE =
  /没(?:有)?(?:能)?(?:再)?(?:去(?!上学|学校|打工|外|医院|幼儿园)|来得及|走访|家访|入户|上门|联系(?!上?.{0,4}(?:爸|妈|父|母))|打(?!他|她|孩子|人|架|骂|招呼)|打通|去成|顾上|安排|时间去|走到|跑到|轮到)|未(?:走访|入户|家访|能|去|联系)|还没(?!有?(?:[^,。去访见看联]{0,2})(?:写|做完|做作业|吃|睡|起床|起来|好|退|放学|回|到家|洗|交|买|断|办|满|长|读|学|背|醒|消|领|发|修))|没去|不通|没通|没人接|没接|不接|无人接|无法接通|关机|空号|停机|打不进|没打通|没回(?:我|微信|信息|消息)|取消了|(?:不用|不必|不要|别|甭|不)(?:再)?去(?!上学|学校|读书|上课|打工|外)|去不成|去不了|没空/;
const QUESTION =
  /[?吗]$|有没有(?:去|走访|联系|家访)|去过没|了没有?$|是不是|要不要|该不该|什么时候|怎么(?:填|记|办|写)|几号/;
const VISIT =
  /走访|家访|入户|上门|登门|看望|探望|探访|慰问|去看(?!病|牙|医|大夫|中医|急诊|门诊|眼科|电影|戏|电视)|去了?[^,。]{0,10}家|到了?[^,。]{0,10}家|[去到]过|到校|去了?学校(?:看|找|见|走访|里看|看望)|到了?学校|在学校(?:见|看)|看了|去的|去过|见了|见到|(?<![没不])去了\uE000|来(?:到|看)[^,。]{0,8}家|下村|(?:走|跑|转|看)(?:了|过)?一?(?:遍|圈)|走遍|跑遍|(?:都|全)(?:走|跑|转)(?:了|过|完)/;
const CONTACT =
  /联系|打(?:了|过|通了?)?(?:个|一?个|两个|几个)?(?:微信)?(?:电话|视频|语音)|通(?:了|过)?(?:个)?(?:电话|话|视频)|电话|视频|微信|语音|聊了|聊天|聊过/;
const BY_RELATIVE = new RegExp(
  `(?<![跟和给与同向到])(?:${ADULT}|他|她|孩子|${NAME_MARK}+)(?<!(?:[跟和给与同向]|联系了?|打给)[^,。]{0,8})(?:们|都|也|就|又|常|经常|每天|每周|天天|昨天|今天|前天|已经|最近|上周|上个?月|过年)*(?:去(?:了)?[^,。]{0,4}(?:家|学校|医院|广东)|联系(?:了)?(?:我|他|她|孩子)|打(?:了)?(?:个)?电话(?:来|回来|回家|给)|打过(?:个|几个)?(?:电话|视频)|(?:跟|和)(?:他|她|孩子|爸|妈)[^,。]{0,6}(?:视频|电话|通话|聊)|看了|见了|回来看|视频|微信)`,
);
const POSSESSION =
  /(?:电话|手机|微信)(?:号码?|卡|手表|打给|换了|坏了|号)|没有?(?:电话|手机|微信)|(?:看|刷|玩|拍|录|短)(?:了|着|个)?(?:会儿|一会)?(?:短)?视频|视频号|玩(?:手机|微信)|加了?微信|微信群|电话手表|聊天记录/g;

/** Reads the intent; plans, questions, missed calls and visits not made are none. */
export function readIntent(text: string): Intent {
  const told = toldClauses(text);
  if (told.length === 0 || tellsNothingDone(text)) return null;
  if (foundLocked(text)) return 'visit';
  if (told.some((clause) => VISIT.test(clause) && !/电话里|视频里|视频(?:上|中)?[看见]/.test(clause)))
    return visitOrContact(told);
  return told.some((clause) => CONTACT.test(clause)) ? 'contact' : null;
}

/** 小组长说今天见到小红了: what somebody else saw is no visit of the worker. */
const HEARSAY =
  /^(?!.{0,6}(?:我|去|到))[^,。]{1,8}(?:说|讲|告诉我?|反映)[^,。我]*(?:见到|看到|碰到|遇到|见过|看见|碰见)/;
/** 我让村医去看了燕燕: somebody else went. */
const BY_SOMEBODY = /(?:让|叫|请|麻烦|托)(?!我|孩子|他|她|\uE000)[^,。]{2,6}(?:去|帮我?)(?:看|走|跑|送|联系)/;

/** A question, a plan and nothing else, or a visit or call that did not come about. */
export function tellsNothingDone(text: string): boolean {
  const clauses = clausesOf(text).map((clause) => clause.text);
  const onlyPlans = clauses.length > 0 && clauses.every(isPlan);
  const missed = clauses.findIndex(isNotDone);
  const isMissed = missed >= 0 && !clauses.slice(missed).some(cameAbout) && !foundLocked(text);
  return onlyPlans || QUESTION.test(text.trim()) || isMissed || (isOneSided(text) && !tellsVisit(text));
}

/** 今天去了小红家,给妈妈发了微信没回: the visit stands. */
function tellsVisit(text: string): boolean {
  return toldClauses(text).some((clause) => VISIT.test(clause));
}

/** 门锁着,打电话没人接: whoever found the door locked was there, and a call from before it is no contact. */
export function foundLocked(text: string): boolean {
  return clausesOf(text).some(({ text: clause }) => LOCKED.test(clause) && !SAID_OF_DOOR.test(clause));
}
const LOCKED =
  /门(?:都|是|也|还)?(?:锁|关|闩)(?:着|了|上了)|锁(?:着|了)门|铁将军|^(?:我)?敲了?(?:半天|好久|几下)?门/;
const SAID_OF_DOOR =
  /(?:说|讲|告诉我?|每次|经常|常|总是|老是|反锁)[^,。]*门|门[^,。]*(?:反锁|出来|不让|不给)/;

/** 没接,再打,接了: what did not come about at first did in the end. */
export function cameAbout(clause: string): boolean {
  return /(?:再|又|后来|晚上|今天)[^,。没不]{0,8}(?:才|就|终于)?(?:接了|接的|打通了?|通了|联系上了|聊了|视频了|打过来|回过来|回了)|^(?:才|就|终于)?(?:接了|打通了|通了)/.test(
    clause,
  );
}

/** 乐乐奶奶打电话来说…: the family rang the worker. 爸爸经常打电话来 and 他妈打电话给他 are among themselves. */
const RANG_WORKER = new RegExp(
  `^(?!.*(?:常|每|天天|平时|总是|老是))[^,。]{0,8}?(${ADULT})[^,。没不]{0,4}(?:(?:打|来)(?:了)?(?:个|一?个)?电话(?:过?来|给我|到村|找我)?|打来(?:了)?(?:个)?电话|打过来)[^,。]{0,2}(?:说|讲|问|告诉|反映|求|要)`,
);

/** Who rang the worker, where the words tell of nothing else that was done; null for any other words. */
export function whoRang(text: string): string | null {
  const rang = clausesOf(text).flatMap(({ text: clause }) => RANG_WORKER.exec(clause)?.[1] ?? []);
  const [who] = rang;
  const isAlone = clausesOf(text).every(({ text: c }) => RANG_WORKER.test(c) || !VISIT.test(c));
  return who === undefined || !isAlone ? null : who;
}

/** Clauses that tell what the worker has done: no plan, and not what relatives do among themselves. */
export function toldClauses(text: string): readonly string[] {
  return clausesOf(text)
    .filter(
      ({ text: clause }) =>
        !isPlan(clause) && !HEARSAY.test(clause) && !BY_SOMEBODY.test(clause) && !RANG_WORKER.test(clause),
    )
    .map(({ text: clause }) => clause.replace(POSSESSION, ' ').replace(BY_RELATIVE, ' '))
    .filter((clause) => clause.trim() !== '');
}

/** Whether these words pass on what somebody else saw. */
export function isHearsay(text: string): boolean {
  return clausesOf(text).some(({ text: clause }) => HEARSAY.test(clause));
}

/** Whether a clause speaks of something that is still to come. */
export function isPlan(clause: string): boolean {
  return (
    PLAN.test(clause) ||
    NOT_SO.test(clause) ||
    (/^(?:我?要|我想|我得|本周要|这周要)/.test(clause) && !clause.includes('了'))
  );
}

/** Whether a clause says that the visit or call did not come about. */
export function isNotDone(clause: string): boolean {
  return (
    NOT_DONE.test(clause) && !cameAbout(clause) && (CALLED_BY_WORKER.test(clause) || !isOfOthers(clause))
  );
}

/** 打了三次妈妈电话都关机: the worker called, and nobody answered. */
const CALLED_BY_WORKER =
  /(?:^|我|刚|刚才|今天|昨天)打(?:了|过)?(?:好?几|[一二两三四五六七八九十0-9]+)?(?:次|遍|个|回)?[^,。说讲]{0,10}(?:不接|没接|没人接|没回|关机|停机|不通|没通)/;

/** 他妈妈没联系他: what others left undone among themselves. */
function isOfOthers(clause: string): boolean {
  return /没去(?:上学|学校|读书|上课|打工)|(?:爸|妈|父母|他|她|孩子)[^,。]{0,4}(?:没有?联系|没打|没去|还没|不接|没接|没回|关机|没空)/.test(
    clause,
  );
}

/** 看了/见了 alone may be seen on a screen: with a call beside it, only a place or a way there makes a visit. */
function visitOrContact(told: readonly string[]): Intent {
  const text = told.join(',');
  const wentThere = /走访|家访|入户|上门|登门|看望|探望|探访|慰问|[去到]|来看/.test(text);
  return wentThere || !CONTACT.test(text) ? 'visit' : 'contact';
}
