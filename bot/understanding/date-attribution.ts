import { clauseAt, clausesOf } from './clauses.ts';
import type { DateWord } from './date-words.ts';
import { NAME_MARK } from './normalise.ts';
import { ADULT, CHILD, NOT_SO, PLAN, PROMISE, SIBLING } from './person-words.ts';

/** The worker's own doing; no relative of the child would be the one who does it. */
const WORKER_DOING =
  /走访|家访|入户|上门|看望|探望|探访|回访|慰问|去看[了过望]?|去看|联系[了过上]|[去到]过|补录|补记|打了?个?电话给|给.{0,8}打了?个?(?:电话|视频)|[去到][^,。]{1,10}家|到校(?:见|看|找)/;
const ANY_DOING = /去|到|访|联系|电话|视频|微信|见|看|聊|通话|谈|陪|送|入户|上门|来|找/;
const NOTHING_MUCH =
  /^[ ]*(?:我们?|俺|咱们?|本人|补录|补|记录|记一下|记|登记|报告|汇报|日期|时间|于|在|是|就|也|又|还|才|我跟村医|[::]|(?:早|晚)上|[上中下]午|晚|的时候|一早|傍晚|[0-9一二三四五六七八九十]{1,2}点半?(?:多|左右)?|(?:我和|我跟|和|跟)[^,。]{1,4}){0,10}[ ]*$/;
const BY_WORKER =
  /^[ ]*(?:的)?(?:(?:早|晚)上|[上中下]午|傍晚|一早|晚|[0-9一二三四五六七八九十]{1,2}点半?(?:多|左右)?|我们?|咱们?|又|也|就|才|刚|还|专门|特意|顺路|抽空|再次|第.次|在|已经?|都|给|跟|和|同|一起|陪|带|村医|社工|督导员?|(?:放学|上学|回家|赶集)?(?:路上|半路上?|路口|村口|桥头|街上|集市上?|集上|圩上|小卖部)| )*(?:去|到|走访|家访|入户|上门|联系|打|视频|微信|下村|来(?:到|看)|看|见|碰[到见]|遇[到见]|探|回访|慰问|电话|通|跑|把|完成|做|送|(?<=跟|和|同|给|与|陪)[^,。]{1,12}(?:聊|谈|打了|通了|视频|交流|沟通|联系|去|到|见))/;
const PERSON_FIRST = new RegExp(`^[ ]*(?:听|据)?(?:${CHILD}|${ADULT}|${SIBLING})(?!家)`);
const PLACE_ONLY = new RegExp(`^[ ]*(?:${NAME_MARK}+|[\\u4e00-\\u9fff]{2,4})(?:家|家里)?[ ]*$`);
const PERSON = new RegExp(`(?:${CHILD}|${ADULT}|${SIBLING})`);

const TOPIC = new RegExp(`^[ ]*${NAME_MARK}+(?:家|那里|那边)?(?:是)?[ ]*$`);
/** 辉辉是昨天去的 */
const DONE_ON = /^[ ]*(?:我)?(?:去|看|走访|家访|见|打|联系)(?:过|电话)?的/;
const OWN_DOING =
  /^[ ]*(?:[上中下]午|早上|晚上)?(?:我们?|咱)(?:就|已经?|刚|又)?(?:去|到|看|见|打|联系|走访|家访|上门)/;

/** Whether a clause tells of the worker's visit or contact. */
export function tellsEncounter(clause: string): boolean {
  return WORKER_DOING.test(clause);
}

/**
 * Whether a day other than today is plainly the day of the worker's visit or contact, and not the day on which
 * somebody in the story did something (妈妈昨天打电话来, 昨天摔了一跤).
 */
export function belongsToEncounter(word: DateWord, text: string): boolean {
  const clause = clauseAt(clausesOf(text), word.start);
  const before = text.slice(clause.start, word.start);
  const after = text.slice(word.end, clause.end);
  const opensSentence = NOTHING_MUCH.test(text.slice(0, word.start));
  if (NOTHING_MUCH.test(before))
    return isBare(after) || BY_WORKER.test(after) ? !inbound(after) : opensSentence && opensRecord(after);
  // 晓峰昨天我去的: the child is what it is about, and the worker is who went.
  if (TOPIC.test(before) && (OWN_DOING.test(after) || DONE_ON.test(after) || /^[ ]*$/.test(after)))
    return true;
  if (before.endsWith(' ') && (isBare(after) || after.startsWith(' '))) return true;
  return WORKER_DOING.test(after) && !/[说讲听]/.test(before)
    ? !inbound(before + after)
    : endsInDay(before, after);
}

/** 去看医生, 去看病: somebody else's errand, told with the verb of a visit. */
const ERRAND = /去看(?:了|过)?(?:医生|病|牙|眼|中医|急诊|电影|戏|病人)/;

/**
 * "昨天去的", "上周五去看过他": the words say of the visit itself when it was, alone or in so many words. A story of
 * that day, or what is still to come, does not.
 */
export function tellsDayOfVisit(word: DateWord, text: string): boolean {
  const clause = clauseAt(clausesOf(text), word.start);
  const [before, after] = [text.slice(clause.start, word.start), text.slice(word.end, clause.end)];
  if (
    word.means === 'future' ||
    word.means === 'background' ||
    PLAN.test(clause.text) ||
    NOT_SO.test(clause.text)
  )
    return false;
  if (inbound(clause.text) || ERRAND.test(clause.text) || PERSON_FIRST.test(before + after)) return false;
  if (NOTHING_MUCH.test(before) && (isBare(after) || CALLED.test(after))) return true;
  return WORKER_DOING.test(after) || endsInDay(before, after);
}

/** 前天打的电话, 昨天联系的 */
const CALLED = /^我?(?:打|通|联系|聊|看|见)的(?:电话|视频|微信|面)?[了吧]?$/;

/** Whether a day stands behind a promise, in its clause or in the next where the promise breaks off: 答应他,周五带来. */
export function isPromised(word: DateWord, text: string): boolean {
  const clauses = clausesOf(text);
  const clause = clauseAt(clauses, word.start);
  if (PROMISE.test(text.slice(clause.start, word.start))) return true;
  const previous = clauses[clauses.findIndex((one) => one.start === clause.start) - 1];
  return previous !== undefined && ENDS_IN_PROMISE.test(previous.text);
}

const ENDS_IN_PROMISE = new RegExp(`(?:${PROMISE.source})[了过]?(?:${CHILD}|${ADULT}|的是)?$`, 'u');

/** 他说明天不去上学: what somebody else speaks of. */
export function isHearsay(word: DateWord, text: string): boolean {
  const clause = clauseAt(clausesOf(text), word.start);
  return /(?:说|讲|告诉|通知|问)[^,。]{0,6}$/.test(text.slice(clause.start, word.start));
}

function isBare(after: string): boolean {
  return NOTHING_MUCH.test(after) || /^[ ]*(?:的|去的|去过了?|去了|的事|周.|星期.|[()]| )*$/.test(after);
}

/** 昨天小明家, 11月3号 小明 入户 奶奶在: the sentence opens with the day and goes on as a record. */
function opensRecord(after: string): boolean {
  if (PLACE_ONLY.test(after) && !ANY_DOING.test(after)) return true;
  if (/^[ ]/.test(after)) return true;
  return WORKER_DOING.test(after) && !PERSON_FIRST.test(after) && !inbound(after);
}

/** 去看小明是昨天 */
function endsInDay(before: string, after: string): boolean {
  return isBare(after) && WORKER_DOING.test(before) && !PERSON_FIRST.test(before);
}

/** Somebody called or came to the worker. */
function inbound(clause: string): boolean {
  return (
    /(?:打电话|联系|打|来电话?|视频|发微信|找|跟我说|告诉)(?:给|到|来)?(?:我|咱|村里|村委)|打(?:了个?)?电话来|来(?:过|了)电话|来电/.test(
      clause,
    ) && PERSON.test(clause)
  );
}
