import { ADULT } from './person-words.ts';
import { remembered } from './remembered.ts';

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });
/** A word of the text as a dictionary sees it. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

const AFTER_VERB =
  /(?:看了看?|看望了?|探望了?|走访了?|走访的是|家访了?|访问了?|入户|联系了|联系上了?|联系|慰问了?|探访了?|回访了?|去看|看过|[去看]的(?:是)?|(?:碰|遇)[到见](?:了|的是)?|见了|见到了?|看到了?|去了|叫|找了?|找到了?)[:： ]?$/;
const AFTER_SMALL_WORD =
  /(?:^|[,。;!?:、 ("“]|[和跟与同给到去在把对从]|(?:今|昨|前)天|[上下中]午|早上|晚上|家)$/;
const BEFORE_RELATION = new RegExp(
  `^(?:家(?![长庭教务])|的?${ADULT}|同学|小朋友|本人|这孩子|那孩子|在(?:家|屋|院|门口|写|看|玩|做|睡|吃|帮)|不在|没在|(?:也|都)在|(?:也|都|又)?回来了|跟(?:着)?(?:他|她)?(?:${ADULT}))`,
);
const BEFORE_END = /^(?:$|[,。;!?:、 )"”]|[和跟与]|还有|以及|(?:今|昨|前)天|入户|电话|视频)/;

/** 和文杰: the dictionary reads 和文. Words like 和平 stay whole. */
const JOINING = /^[和跟与](?!平|气|睦|谐|好|善|美|尚|前|着|随|上|进|否|会)/;

/** How much the place of a word in the sentence speaks for a name. */
export interface Position {
  /** 看了X, 联系了X, 去X家, X奶奶, or X standing alone. */
  readonly nameLike: boolean;
  /** The word is a piece of a longer dictionary word, or cuts one in two. */
  readonly embedded: boolean;
  /** The word opens a clause or follows a small word such as 和, 去, 今天. */
  readonly opens: boolean;
  /** X家, X奶奶, X在家 … follows. */
  readonly related: boolean;
}

/** For every character of a text the dictionary word that holds it. */
export function segmentsOf(text: string): readonly Segment[] {
  return [...SEGMENTER.segment(text)].flatMap(({ segment, index }) => {
    const one = { start: index, end: index + segment.length };
    return Array.from({ length: segment.length }, () => one);
  });
}

/** Whether a word stands in the dictionary as one word (高兴, 一心, 明天), so that it need not be a name. */
export const isOrdinaryWord = remembered((word) => [...SEGMENTER.segment(word)].length === 1);

/** 小明 in 小|明晚|上 is cut by the dictionary alone; it stays a name where it opens a clause. */
function cuts(one: Segment, start: number, end: number, opens: boolean): boolean {
  return one.start < start || (one.end > end && (one.start === start || !opens));
}

/** Judges the place of `text.slice(start, end)`. */
export function positionOf(text: string, start: number, end: number, segments: readonly Segment[]): Position {
  const before = text.slice(Math.max(0, start - 6), start);
  const after = text.slice(end, end + 6);
  const related = BEFORE_RELATION.test(after);
  const alone = AFTER_SMALL_WORD.test(before) && BEFORE_END.test(after);
  const nameLike = AFTER_VERB.test(before) || (AFTER_SMALL_WORD.test(before) && related) || alone;
  const opens = AFTER_SMALL_WORD.test(before);
  // 在家豪: the dictionary reads 在家 and cuts the name in two.
  const isAtHome = opens && /[在到去]家$/.test(text.slice(Math.max(0, start - 1), start + 1));
  const joins =
    opens && segments[start]?.start === start - 1 && JOINING.test(text.slice(start - 1, start + 1));
  const embedded =
    !isAtHome &&
    !joins &&
    [segments[start], segments[end - 1]].some((one) => one && cuts(one, start, end, opens));
  return { nameLike, embedded, related, opens };
}
