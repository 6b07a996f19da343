import type { LocalDate } from '../../server/domain/local-date.ts';
import type { VisitTime } from '../../server/domain/family/visit.ts';
import { normalise } from './normalise.ts';
import { visitDay } from './visit-plan.ts';

/** What a family answers to a visit it was told of, in its own words. */
export type VisitReply =
  | { readonly kind: 'home'; readonly asksWhen: boolean }
  /** Another day where one was said beside the words that the first does not suit. */
  | { readonly kind: 'away'; readonly instead: VisitTime | null };

/** Longer words tell more than an answer; a person has to read them. */
const LENGTH_LIMIT = 30;
const WE = '(?:那天|当天|到时候?|[那这]会儿?|我们?|俺们?|咱们?|奶奶|爷爷|家里?|一直|肯定|一定|都|会|就)*';
const HOME = new RegExp(
  `^1?(?:${WE}(?:在家[里的]?(?:的|呢|哈|哦)?(?:等(?:着)?(?:你们?|您|主任)?来?)?|在的|在呢)(?:回?1)?|(?:那|就)*(?:你们?|您)?来吧|等(?:着)?(?:你们?|您)(?:来|们)?|欢迎)$`,
  'u',
);
const HOME_IN_ENGLISH =
  /^(?:yes[, ]*)?(?:(?:i|we|grandma|grandpa)(?: am|'m| are|'re| will be|'ll be| is)? )?(?:at )?home[.!]*$/iu;
const POLITE =
  /^(?:(?:好[的嘞勒呀啊吧]?)+|嗯+|行|可以|是的?|晓得了?|知道了?|谢谢(?:你们?|您|主任)*|麻烦(?:你们?|您|主任)*了?)$/u;
const ASKS_WHEN =
  /^(?:请问|那)?(?:[\u4e00-\u9fff]?主任|你们?|您|督导员?)?(?:今天|明天|大概|到底)?(?:什么时候|啥时候?|几时|哪天|几点钟?)(?:再|能|会|要)*(?:来|到|过来)(?:呀|啊|呢|哦)?$/u;
/** 孩子不在家 is no answer to it: where the child is must be asked by a person. */
const OF_CHILD = /孩子|小孩|娃|孙|他|她|小[\u4e00-\u9fff]/u;
const AWAY =
  /没空|没得空|不得空|不得闲|没时间|走不开|(?<!没)不在(?!意|乎|校)|没在家|不方便|(?:要|得)(?:出门|出去|上街|赶集|下地|干活)|走亲戚|吃酒席?|换个?时间|改个?时间|改天|换一?天/u;

/** 那天没空，周六吧; 在家等你. Null for everything that may tell more than that. */
export function visitReplyIn(text: string, today: LocalDate): VisitReply | null {
  const words = normalise(text);
  if (words === '' || words.length > LENGTH_LIMIT) return null;
  if (HOME_IN_ENGLISH.test(words)) return { kind: 'home', asksWhen: false };
  const clauses = words.split(/[,。!?;~ 、]+/u).filter((clause) => clause !== '');
  const asksWhen = clauses.some((clause) => ASKS_WHEN.test(clause));
  const rest = clauses.filter((clause) => !POLITE.test(clause) && !ASKS_WHEN.test(clause));
  if (rest.length > 0 && rest.every((clause) => HOME.test(clause))) return { kind: 'home', asksWhen };
  if (/[?]|吗|怎么/u.test(words) || OF_CHILD.test(words) || !rest.some((clause) => AWAY.test(clause)))
    return null;
  const others = rest.filter((clause) => !AWAY.test(clause));
  const instead = others.map((clause) => visitDay(clause, today)).find((time) => time !== null) ?? null;
  return { kind: 'away', instead };
}

/** 你哪天来, 主任怎么还没来: when somebody comes. */
export function asksWhenVisited(text: string): boolean {
  const words = normalise(text).replace(/[\s,。!?~;:]+$/u, '');
  return (
    ASKS_WHEN.test(words) ||
    /^(?:[\u4e00-\u9fff]?主任|你们?|您|督导员?)(?:今天|明天)?(?:怎么还没(?:有)?(?:来|到)|还来不来|来不来|还来吗|来吗)$/u.test(
      words,
    )
  );
}
