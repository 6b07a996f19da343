import { allMatches } from './all-matches.ts';
import { clausesOf } from './clauses.ts';
import { normalise } from './normalise.ts';
import { ADULT } from './person-words.ts';
import { DANGER_LEXICON } from './signal-lexicon.ts';
import type { DangerKind, DangerWords } from './signal-words.ts';

/** A phrase that may point to danger. It only raises a question and never files or clears anything. */
export interface Signal {
  readonly kind: DangerKind;
  /** The phrase, as it stands in the normalised text. */
  readonly quote: string;
  /** The child it was told of by somebody, where that is none of those whom the sentence is about. */
  readonly of?: string;
}

const MOST_SIGNALS = 12;
const PREVENTED =
  /(?:防止?|预防|严防|谨防|防范|反对?|避免|杜绝|禁止|严禁|制止|远离|识别|提醒|宣讲|讲解|讲了|教育|宣传|叮嘱|告诫|嘱咐)[^,。;!?]{0,8}$/;
const FORBIDDEN =
  /(?:不能|不要|别|不准|不可以?|不许|不得|不让|不会|不去|切勿|勿|莫)(?:再|去|到|私自|一个人|独自|随便|乱)*$/;
const LESSON =
  /^[^,。;!?]{0,4}(?:教育|宣传|知识|讲座|课程?|演练|海报|手册|主题|安全(?:提醒|常识|须知)|条例|法(?:律|规)?(?:宣|知)|电影|小说|游戏|新闻|动画)/;
const DENIED =
  /(?:没有?|未|无|未见|没见|未发现|没发现|没有发现|没看到|没有看到|看不出|不存在|不是|没说|从不|从没|从来没有?|并未|不曾|并没有?|不)(?:有|任何|明显|什么|出现|再|被|遭|受到?|过|人|谁|同学|身上|哪里|的|地方|啥|家人)*(?:[、和或及跟]*(?:[^,。;!?没不、和或及跟]{1,6}[、和或及跟]+)+)?$/;
const NOT_A_DENIAL =
  /(?:有没有?|不能说没有?|不是没有?|难说没有?|说不定|忍不住|差点没|不知道?|不但|不仅|不光|不只)(?:有|被|受|人|过)*$/;
const ADULT_DOES = new RegExp(
  `(?:${ADULT}|邻居家?老人|村民|老乡)(?:自己|的(?=[^,。]{0,3}$)|也|又|上周|前天|昨天|去年|今年|前年|最近|曾经?|之前|以前|以前曾|不小心|干活|在工地|上个?月|年轻时|早年|走路|下地|们|都|就|有点|身体|还|正在?|已经?|一个人|独自|[0-9一二三两几]个?[天月年])*$`,
);
const ASKED_AND_DENIED = /有没有[^。]*(?:[说答讲]|回答|表示|都|,)\s*(?:没有?|都没|没)(?![吃人管])/;

/** 作业本掉水沟里: a thing fell, was torn or broke; who carries it may have fallen with it. */
const THING_BEFORE =
  /(?<![着背抱骑穿戴拿提带])(?:作业本?|本子|课本|书包|书|手机|鞋子?|雨?伞|球|钥匙|帽子|卡|资料|表格?|笔|碗|杯子|眼镜|水管)[^,。他她\uE000]{0,4}$/;
const MISHAP = /^(?:掉|落|摔|撞|砸|磕|划|碰|擦|破|冻|泡)/;
/** 书包不见了 is a thing lost; 背着书包不见了 is not. */
const THING_LOST =
  /(?<![着背抱骑穿戴拿提带])(?:作业本?|本子|课本|书包|书|手机|鞋子?|雨?伞|球|钥匙|帽子|卡|笔|碗|杯子|眼镜|狗|猫|鸡|鸭|牛|羊)(?:也|都|又)?(?:不见了|找不(?:到|着)|丢了)$/;
/** 没人在家: the house was empty when the worker came. With a child in the sentence it may mean a child alone. */
const EMPTY_HOUSE = /^没(?:有)?(?:个)?人在家$/;
const SOMEBODY_LEFT =
  /孩子|小孩|囝|娃|他|她|\uE000|弟|妹|哥|姐|兄|自己|一个人|岁|晚上|夜|常|天天|总是|平时|一直|几天|老是/;

/**
 * Danger signals of a sentence, each quoting its phrase. `text` is normalised; `masked` is the same text with names
 * masked, so that no name reads as a danger word. Guards: prevention and lessons, denials, grown-ups as the ones hurt.
 */
export function readSignals(text: string, masked: string): readonly Signal[] {
  const found: { start: number; end: number; kind: DangerKind }[] = [];
  for (const clause of clausesOf(masked)) {
    // Each by itself: V8 leaves an expression of more than 20 KB as slow as it is written, and all of them together are more.
    for (const words of DANGER_LEXICON) {
      for (const hit of allMatches(words.pattern, clause.text)) {
        const [start, end] = [clause.start + hit.index, clause.start + hit.index + hit[0].length];
        const known = found.some((one) => one.start < end && one.end > start);
        if (!known && !isGuarded(masked, clause.start, start, end, words))
          found.push({ start, end, kind: words.kind });
      }
    }
  }
  found.sort((a, b) => a.start - b.start);
  return found
    .slice(0, MOST_SIGNALS)
    .map(({ start, end, kind }) => ({ kind, quote: text.slice(start, end) }));
}

/** Whether a sentence that stands by itself may speak of danger. */
export function mayTellOfDanger(sentence: string): boolean {
  return signalsIn(sentence).length > 0;
}

/** The danger signals of a sentence that stands by itself. */
export function signalsIn(sentence: string): readonly Signal[] {
  const text = normalise(sentence);
  return readSignals(text, text);
}

function isGuarded(
  masked: string,
  clauseStart: number,
  start: number,
  end: number,
  words: DangerWords,
): boolean {
  const before = masked.slice(clauseStart, start);
  const after = masked.slice(end, end + 12);
  if (PREVENTED.test(before) || FORBIDDEN.test(before) || LESSON.test(after)) return true;
  if (ASKED_AND_DENIED.test(masked) && before.includes('有没有')) return true;
  if (DENIED.test(listed(masked, start)) && !NOT_A_DENIAL.test(before)) return true;
  const hit = masked.slice(start, end);
  if (MISHAP.test(hit) && THING_BEFORE.test(before)) return true;
  if (THING_LOST.test(hit)) return true;
  if (EMPTY_HOUSE.test(hit) && !SOMEBODY_LEFT.test(masked.replace(/\uE000+(?=家)/g, ''))) return true;
  return !words.adultsToo && ADULT_DOES.test(before);
}

/** The text before a phrase back to the last full clause; 、 joins a list whose first word is denied: 没有伤痕、淤青. */
function listed(masked: string, start: number): string {
  return masked.slice(Math.max(0, start - 24), start).replace(/^.*[,。;!?:…]/, '');
}
