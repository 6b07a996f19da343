import type { Heard } from '../dialog/event.ts';
import { bareWord } from '../dialog/words.ts';

/**
 * Only what says so is a yes: 嗯 and 好 are said to whoever comes in. Whatever speaks of somebody near, of later or of a
 * call is a no; and a yes with anything else beside it is asked again.
 */
export function talkIn(text: string): 'now' | 'later' | undefined {
  const clauses = bareWord(text)
    .split(/[,，。;；、!！~\s]+/u)
    .filter((clause) => clause !== '' && !BEFORE.test(clause));
  const told = clauses.map(clauseIn);
  if (told.includes('later')) return 'later';
  return told.includes('now') && !told.includes('else') ? 'now' : undefined;
}

function clauseIn(clause: string): 'now' | 'later' | 'nothing' | 'else' {
  if (ALONE.test(clause)) return 'now';
  if (LEFT.test(clause)) return 'nothing';
  if (LATER.test(clause)) return 'later';
  if (NOW.test(clause)) return 'now';
  return FILLING.test(clause) ? 'nothing' : 'else';
}

/** "刚才不方便": how it was a moment ago says nothing of now. */
const BEFORE = /^(?:刚才|刚刚|之前|方才)/u;
/** "旁边没人了", "就我一个人". */
const ALONE =
  /^(?:现在|这会儿?|我?这[里边儿]|我?旁边|我?边上|我?身边|屋里)*(?:都|已经)?(?:没有?(?:别的?|旁|其他)?人|没有?别个)(?:了|在|听|在场|在旁边|在边上|在看|的|啦|呢)*$|^(?:现在|这会儿?)*(?:就|只有|只剩|就剩)?我(?:现在|这会儿?)?(?:就|是|自己)*(?:一个人|一人)(?:了|在外面|在路上|在|呢|的)*$|^就我自己$|^我(?:已经)?(?:走开|走远)了$/u;
/** Who left is not here, and somebody else may be: it neither says that it is safe nor that it is not. */
const LEFT =
  /^(?:他|她|他们|人|人家|他?(?:爸|妈|爷爷|奶奶|叔叔|伯伯))(?:爸|妈|们)?(?:都|已经|刚)*(?:走|走开|走远|出去|出门|离开|回去|下地|睡)了$/u;
const LATER =
  /(?:不|没)[^便]{0,3}方便|不(?:行|能|好|可以|便)|没(?:空|走)|还在|等|待会|过会|一会|回头|晚[点些上]|迟[点些]|下次|改天|明天|下午|中午|空了|有空|再(?:说|聊|讲)|有人|旁边|边上|在场|走开|听得?[见到]|(?:电话|手机|微信)[里上中]?(?:说|讲|聊|打)|打(?:我|给|过来|来|电话)|回(?:我|你|个)?电话|联系我|(?<![我不没])在(?:呢|的|这|这里|这儿|听|看|家)?$|^(?:不|没|later|no\b|not\b)/u;
const NOW =
  /^(?:嗯|好的?|行)?(?:我|你|您)?(?:现在|这会儿?|这时候?|刚好|正好|目前)?(?:我|很|挺|都)?(?:方便|(?:可以|能)(?:说|讲)话?)(?:的|了|啊|呀|吧|说|讲|呢|哦|嗯|得很)*(?:你?您?(?:说|讲|问)(?:吧)?)?$|^(?:你|您)(?:说|讲|问)吧?$|^(?:说|问)吧$|^(?:now\b|i can talk\b)/u;
const FILLING = /^(?:嗯+|哦+|对|好的?|行|是的?|喂|您好|你好|督导|老师|i|yes)$/u;

/** "不方便了", "他爸来了": somebody came in while danger stood on the screen. */
export const NOT_ALONE = 'later';
const CAME_IN =
  /不(?:太|大)?方便|走开|走远|有人(?:来|在|进|过来|了)|(?:来|回来|进来|过来)了$|^(?:等等?|等(?:一下|下|会儿?|一会儿?)|待会儿?|过会儿?|一会儿?|晚点)(?:再?说|再?讲|吧|啊)*$|\bnot alone|\blater\b|\bnot now/u;
const BESIDE = /旁边|边上|在场|一会|晚点|回头|待会|过会|不能说|不好说|不便/u;

/** The words say that it is no longer safe to talk. Danger told in them goes before, unless they say so themselves. */
export function isNotAlone(heard: Heard): boolean {
  const word = bareWord(heard.text);
  if (talkIn(word) === 'now') return false;
  if (/不(?:太|大)?方便|走开/u.test(word)) return true;
  return heard.signals.length === 0 && CAME_IN.test(word);
}

/** "没有" alone clears; anything longer may tell of a sign, and a person decides. */
export function signsIn(heard: Heard): 'yes' | 'none' | 'later' | undefined {
  const word = bareWord(heard.text);
  if (isNotAlone(heard)) return NOT_ALONE;
  if (/^(都不是|都?没有?|一样也没有|none|none of these|no)$/u.test(word)) return 'none';
  if (heard.signals.length > 0) return 'yes';
  if (BESIDE.test(word) && talkIn(word) !== 'now') return NOT_ALONE;
  return /^(有|是|说不准|不确定|不知道|可能|yes|not sure)/u.test(word) ? 'yes' : undefined;
}
