import type { LocalDate } from '../../server/domain/local-date.ts';
import { awayWords, companionIn, tellsLeft } from './away-words.ts';
import { ADULT } from './person-words.ts';

const CLAUSE = /[^,，。;；!！?？\s]+/gu;
const GROWN_UP = new RegExp(ADULT, 'u');
const ALREADY = '(?:都|全|也|已经|早就?|又|刚|就|上?个?[周月]|[昨前]天|今[天早]|前[几两]天|一起|全部)*';
/** 他们走了, 一家人都搬走了, 人走了; 我看完就走了 and 奶奶走了 are not. */
const ALL_GONE = new RegExp(
  `^(?:说是?|听说|邻居说|隔壁说|好像)?(?:他|她)?(?:们|家|一家)?(?:一家(?:人|子)?|全家(?:人)?|家里(?:人)?|娘俩|母子|母女|父子|父女|大人小孩|人|孩子|小孩|娃)?(?:他|她)?(?:们)?${ALREADY}(?:走|搬走|搬家|搬(?:去|到)[^,。]{1,8}|离开(?:村里?)?|出远门|去打工|出去打工|去外地)(?:了|啦)$`,
  'u',
);
const NOT_THE_WORKER = /^(?:我|就|又|刚|都|也|已经|早)/u;

/**
 * Whether these words say that the child of these names has left the village: 跟他爸去外地了, 他们走了, 辉辉转学了. 爸爸去外地了
 * says it of a grown-up.
 */
export function tellsGone(text: string, names: readonly string[], today: LocalDate): boolean {
  return (text.match(CLAUSE) ?? []).some(
    (clause) => isAway(clause, today) || isAllGone(clause) || hasLeft(clause, names),
  );
}

function isAway(clause: string, today: LocalDate): boolean {
  const isOfChild = companionIn(clause) !== null || !GROWN_UP.test(clause);
  return isOfChild && awayWords(clause, today) !== null;
}

function isAllGone(clause: string): boolean {
  return ALL_GONE.test(clause) && !NOT_THE_WORKER.test(clause);
}

function hasLeft(clause: string, names: readonly string[]): boolean {
  return names.some((name) => {
    const at = clause.indexOf(name);
    return at >= 0 && tellsLeft(clause.slice(at + name.length));
  });
}
