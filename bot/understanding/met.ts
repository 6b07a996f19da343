import { isCall, isVisit } from '../../server/domain/cadence/child-facts.ts';
import { clausesOf } from './clauses.ts';
import { isPlan } from './intent.ts';
import type { Mode } from './modes.ts';
import { NAME_MARK, normalise } from './normalise.ts';
import { CHILD_WORD } from './person-words.ts';
import { stayedAway, withoutDoubtfulPronouns } from './pronouns.ts';
import { wasAway } from './seen.ts';

/** The closed words for whom a worker can meet, each with the ways people say it. */
const SAID: readonly (readonly [readonly string[], string])[] = [
  [['爷爷', '奶奶'], '爷爷奶奶'],
  [['外公', '外婆'], '外公外婆|姥姥姥爷'],
  [['爸爸', '妈妈'], '爸爸妈妈|爸妈|父母亲|父母|双亲'],
  [['太奶奶'], '太奶奶|曾祖母'],
  [['太爷爷'], '太爷爷|曾祖父'],
  [['奶奶'], '奶奶|阿嬷|阿嫲|依嬷|祖母|嬷嬷'],
  [['爷爷'], '爷爷|阿公|依公|祖父'],
  [['外公'], '外公|姥爷|外祖父'],
  [['外婆'], '外婆|姥姥|外祖母'],
  [['继父'], '继父|后爸'],
  [['继母'], '继母|后妈'],
  [['姑姑'], '姑姑|姑妈|大姑|小姑'],
  [['姨妈'], '姨妈|大姨|小姨'],
  [['舅妈'], '舅妈'],
  [['舅舅'], '舅舅|大舅|小舅'],
  [['伯母'], '伯母|大妈'],
  [['伯伯'], '伯父|大伯|伯伯'],
  [['婶婶'], '婶婶|大婶'],
  [['叔叔'], '叔叔|二叔|三叔|小叔'],
  [['爸爸'], '爸爸|老爸|父亲|爹|爸'],
  [['妈妈'], '妈妈|老妈|母亲|妈'],
  [['哥哥'], '哥哥'],
  [['姐姐'], '姐姐'],
  [['弟弟'], '弟弟'],
  [['妹妹'], '妹妹'],
  [['老师'], '班主任|校长|老师'],
  [['邻居'], '邻居|隔壁(?:大妈|大爷|邻居)?'],
  [['村干部'], '村支书|村主任|书记|村干部|小组长'],
  [['监护人'], '监护人'],
  [['照护人'], '照护人'],
  [['家长'], '家长|家里大人|大人'],
];

const ANYONE = SAID.map(([, said]) => said).join('|');
const ONE = new RegExp(ANYONE, 'g');
const HERE =
  /^(?:们)?(?:也|都|正好|刚好|正|一直|今天|一个人|俩)*(?:正(?:在)?(?:做饭|烧饭|煮|喂|洗|收|晒|带)|在(?:家(?!庭)|场|旁|边上|屋|院|门口|做饭|烧饭|煮|喂|带|照顾|陪|洗|收|剥|择|晒|缝|的|呢|$|(?=孩子|小孩|娃|就是|也|还|\uE000))|开的门|开了门|招呼|招待|陪着?|接待|接的|接了?电话|接听|(?:跟我|和我|对我|给我|告诉我?|跟我们)?(?:说|讲|反映|反馈|表示|介绍|告诉)|叹气|哭着)/;
const MET_BEFORE =
  /(?:见到?了?|碰到了?|遇到了?|拜访了?|访问了?|询问了?|问了?|找到?了?|看望了?)(?:[^,。没不]{0,4}的|他|她|\uE000+)?$/;
const TALK_BEFORE = /(?:和|跟|与|同|给|向|找|联系了?|陪)(?:[^,。没不说]{0,5}的?)$/;
/** 奶奶和孩子都在: the child who is named in the same breath as somebody who is there. */
const WITH_CHILD = new RegExp(
  `^(?:和|跟|与|同|、|还有|带着)(?:他|她|这|那)?(?:[两几]个)?(?:${NAME_MARK}+|${CHILD_WORD})(?:们|俩|本人|自己)?(?=(?:都|也|正好|刚好|正|今天)*在(?:家(?!庭)|场|旁|屋|院|门口|的|呢|$))`,
);
const TALK_AFTER =
  /^(?:们)?(?:都|也|又|再)?(?:聊|谈|说|讲|交流|沟通|了解|通|打|视频|坐|叙|询问|拉家常|微信|见面|电话|联系|$)/;
const NOT_MET = /没(?:有)?(?:见到?|碰到|遇到|找到|看到)$|不$|没$|听$|除了?$/;
const HEARSAY = /(?:说|讲|听|据)[^,。]{0,4}$/;
const SPOKE_WITH_CHILD = new RegExp(
  `(?:和|跟|与|同)(?:${NAME_MARK}+|${CHILD_WORD}|他|她)(?:本人)?(?:也)?(?:聊|谈|说|通|视频|交流|沟通|讲)|(?<!不让|不给|没让|不许|不准)(?:${NAME_MARK}+|${CHILD_WORD})(?:本人|自己)?(?:接的|接了?电话|接听)|孩子本人|本人接`,
);

/** Whom the worker met or spoke with, in closed words and in the order said. `seen`: whether the child was seen. */
export function readMet(text: string, mode: Mode | null, seen: boolean | null): readonly string[] {
  const found = new Set<string>();
  for (const { text: clause } of clausesOf(text, true)) {
    if (isPlan(clause) || callBesideVisit(clause, mode) || LOOKED_AFTER.test(clause)) continue;
    for (const word of metInClause(clause)) found.add(word);
  }
  const isChildMet = (): boolean =>
    (isCall(mode) || !stayedAway(text, wasAway)) &&
    SPOKE_WITH_CHILD.test(withoutDoubtfulPronouns(text, wasAway));
  if (seen === true || (seen === null && isChildMet())) found.add('孩子本人');
  return [...found];
}

/** 这几天是她婶婶在带: who looks after the child, and nobody who was met. */
const LOOKED_AFTER =
  /(?:这几天|这些天|这阵子|这段时间|这个月|现在|平时|暂时|一直|目前|最近)[^,。]{0,3}(?:是|由|都是|归)[^,。]{1,6}(?:在)?(?:带|照顾|管|看)/;

/** On a visit, whoever was on the phone was not met. */
function callBesideVisit(clause: string, mode: Mode | null): boolean {
  return isVisit(mode) && /电话|视频|微信/.test(clause);
}

function metInClause(clause: string): readonly string[] {
  const people = [...clause.matchAll(ONE)].filter(
    ({ index, 0: word }) => !isPlaceOrOther(clause, index + word.length),
  );
  return people.flatMap((person, i) => {
    const word = person[0];
    return isMet(clause, person.index, word, people.slice(i + 1)) ? closedMet(word) : [];
  });
}

/** 奶奶家 is a place, 妈妈的电话 a thing, 奶奶的腿 a leg. */
function isPlaceOrOther(clause: string, end: number): boolean {
  return /^(?:家(?!里?[说讲人])|的(?!话|家)|那|节)/.test(clause.slice(end));
}

function isMet(clause: string, start: number, word: string, later: readonly RegExpMatchArray[]): boolean {
  const before = clause.slice(0, start);
  const after = skipJoined(clause.slice(start + word.length), later);
  if (NOT_MET.test(before) || /^[也都]?(?:没|不|未)/.test(after)) return false;
  if (HEARSAY.test(before)) return /^[^,。]{0,2}听$/.test(before) && /^[说讲]/.test(after);
  if (after.startsWith('在') && /[吗?]$/.test(clause)) return false;
  const alone = before.trim() === '' && after.trim() === '';
  return (
    alone ||
    HERE.test(after) ||
    MET_BEFORE.test(before) ||
    (TALK_BEFORE.test(before) && TALK_AFTER.test(after))
  );
}

/** 爷爷和奶奶在, 奶奶和孩子在: what is said of the last of a row is said of all. */
function skipJoined(after: string, later: readonly RegExpMatchArray[]): string {
  const joined = new RegExp(`^(?:(?:和|跟|与|、|还有)?(?:他|她)?(?:${ANYONE}))+`).exec(after);
  const rest = joined && later.length > 0 ? after.slice(joined[0].length) : after;
  return rest.replace(WITH_CHILD, '');
}

const WHOSE = '(?:他|她|伊|孩子)?(?:的)?';
const RATHER = new RegExp(
  `(?:不是|哪是)${WHOSE}(${ANYONE})[,。; ]*(?:而)?(?:[，、])?(?:应该|其实)?是${WHOSE}(${ANYONE})(?:在)?(?:的|啦|了|吧|呢)*(?=$|[,。; ])`,
);

/** "不是奶奶,是她姑姑": who was not met after all, and who was instead; null for any other words. */
export function metInstead(
  text: string,
): { readonly not: readonly string[]; readonly but: readonly string[] } | null {
  const [, not, but] = RATHER.exec(normalise(text)) ?? [];
  return not === undefined || but === undefined ? null : { not: closedMet(not), but: closedMet(but) };
}

/** The closed words for a grown-up as somebody says it: 阿嬷 is 奶奶. */
export function closedMet(word: string): readonly string[] {
  return SAID.find(([, said]) => new RegExp(`^(?:${said})$`).test(word))?.[0] ?? [];
}
