import type { Heard } from '../dialog/event.ts';
import { bareWord } from '../dialog/words.ts';

/** Only what says so is a yes: 嗯 and 好 are said to whoever comes in. Whatever speaks of somebody near is a no. */
export function talkIn(text: string): 'now' | 'later' | undefined {
  const word = bareWord(text);
  if (LATER.test(word)) return 'later';
  return NOW.test(word) ? 'now' : undefined;
}

const LATER =
  /不(?:太|大)?方便|不(?:行|能|好|可以|便)|没空|等|待会|过会|一会|回头|晚点|有人|旁边|边上|在场|走开|^(?:不|没|later|no\b|not\b)/u;
const NOW =
  /^(?:嗯|好的?|行)?[,，]?(?:我?现在|我)?(?:方便|(?:可以|能)(?:说|讲)话?)(?:的|了|啊|呀|吧|说|讲|呢|哦|嗯)*(?:[,，]?你?您?(?:说|讲|问)(?:吧)?)?$|^(?:now|i can talk)\b/u;

/** "不方便了", "他爸来了": somebody came in while danger stood on the screen. */
export const NOT_ALONE = 'later';
const CAME_IN =
  /不(?:太|大)?方便|走开|走远|有人(?:来|在|进|过来|了)|(?:来|回来|进来|过来)了$|^(?:等等?|等(?:一下|下|会儿?|一会儿?)|待会儿?|过会儿?|一会儿?|晚点)(?:再?说|再?讲|吧|啊)*$|\bnot alone|\blater\b|\bnot now/u;
const BESIDE = /旁边|边上|在场|一会|晚点|回头|待会|过会|不能说|不好说|不便/u;

/** The words say that it is no longer safe to talk. Danger told in them goes before, unless they say so themselves. */
export function isNotAlone(heard: Heard): boolean {
  const word = bareWord(heard.text);
  if (/不(?:太|大)?方便|走开/u.test(word)) return true;
  return heard.signals.length === 0 && CAME_IN.test(word);
}

/** "没有" alone clears; anything longer may tell of a sign, and a person decides. */
export function signsIn(heard: Heard): 'yes' | 'none' | 'later' | undefined {
  const word = bareWord(heard.text);
  if (isNotAlone(heard)) return NOT_ALONE;
  if (/^(都不是|都?没有?|一样也没有|none|none of these|no)$/u.test(word)) return 'none';
  if (heard.signals.length > 0) return 'yes';
  if (BESIDE.test(word)) return NOT_ALONE;
  return /^(有|是|说不准|不确定|不知道|可能|yes|not sure)/u.test(word) ? 'yes' : undefined;
}
