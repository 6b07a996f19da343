import { clausesOf } from './clauses.ts';
import { NAME_MARK } from './normalise.ts';
import { ADULT, CHILD_WORD, SIBLING } from './person-words.ts';

/** 他在做饭 at the head of a clause, unlike 他也在 or 他在写作业, may be the grown-up's as well. A pronoun somebody was met or spoken with under, and not the start of 他奶奶, 她家. */
const MET_PRONOUN = new RegExp(
  `(?<![一-龥])(?:他|她|伊)(?=(?:正|正好|刚好|一个人|当时)*在(?!写|读|背|画|玩|上学|学校))|(?<=跟|和|与|同|陪|给|向|(?:见|看|碰|遇)(?:到|着)(?:了|过)?|见了|问了?|找)(?:他们|她们|他俩|她俩|他|她|伊)(?!们|俩|的|家|屋|那|(?:${ADULT})|(?:${SIBLING}))`,
  'g',
);
const CHILD_NAMED = new RegExp(`(?:${NAME_MARK}+(?!${NAME_MARK})|${CHILD_WORD})(?!的?(?:${ADULT})|家)`);
const GROWN_UP = new RegExp(ADULT);
/** What a grown-up said of the child, or that it was away, leaves it behind in the story. */
const NOT_THERE = /[说讲没未不]|上学|出去|走了|赶集|接走/;
const CAME_HOME = /回来|回家了|等到|放学/;
/** 没见到她: the words before the pronoun are themselves no news of an absence. */
const MISSED = /(?:没|未)(?:有)?(?:能)?(?:见|看|碰|遇)(?:到|着|上)(?:了|过)?$/;
/** Nobody a sentence speaks of. */
const SOMEBODY = '\uE002';

/**
 * "她没在,爷爷说赶集去了,跟他说了会话": after a grown-up was named, or the child was away, such a pronoun is
 * nobody's for certain and is blanked; 小明自己开的门,跟他聊了会 stays the child's.
 */
export function withoutDoubtfulPronouns(text: string, wasAway: (before: string) => boolean): string {
  return text.replace(MET_PRONOUN, (word, ...rest: unknown[]) => {
    const before = text.slice(0, Number(rest.find((one) => typeof one === 'number'))).replace(MISSED, '');
    return isDoubtful(before, wasAway) ? SOMEBODY.repeat(word.length) : word;
  });
}

/** The child was away, and no word says that it came home meanwhile. */
export function stayedAway(text: string, wasAway: (before: string) => boolean): boolean {
  return wasAway(text) && !CAME_HOME.test(text);
}

function isDoubtful(before: string, wasAway: (before: string) => boolean): boolean {
  const clauses = clausesOf(before, true).map((clause) => clause.text);
  const last = clauses.findLast((clause) => CHILD_NAMED.test(clause) || GROWN_UP.test(clause));
  if (last === undefined) return stayedAway(before, wasAway);
  const isChildLast = CHILD_NAMED.test(last) && !GROWN_UP.test(last) && !NOT_THERE.test(last);
  return !isChildLast && (GROWN_UP.test(before) || wasAway(before));
}
