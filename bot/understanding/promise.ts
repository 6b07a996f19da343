import type { LocalDate } from '../../server/domain/local-date.ts';
import { futureDay } from './future-day.ts';
import { PROMISE } from './person-words.ts';

/** What was promised to the family, as the deed alone; `on` is null where the day is vague and has to be asked. */
interface Promised {
  readonly text: string;
  readonly on: LocalDate | null;
}

const CLAUSE = /[^,，。;；!！?？\n]+/gu;
const REFUSED = /(?:没有?|不|未|别)(?:能|敢|肯|再|有)?$/u;
/** Somebody else promises where a person stands before the verb without 跟, 和 or 我. */
const SOMEBODY =
  /爸爸?|妈妈?|父|母|爷爷?|奶奶?|外婆|外公|阿公|阿嬷|家长|监护人|叔|舅|姑|姨|伯|哥|姐|老师|校长|医生|书记|学校|孩子|他|她/u;
const WITH = /跟|和|与|同|给|对|我|咱/u;
/** Before the day: the one it was promised to, and no deed of its own. */
const WHOM = /^[^给帮带送去来陪买到接看一再都]{1,4}$/u;
const SHORTEST = 2;
/** Longer than this it is a story, and its beginning is the promise. */
const TEXT_LIMIT = 60;

/** 上次答应的书包送去了: a promise and its deed, which is done. */
const KEPT =
  /(?:答应|说好|承诺|约好|讲好)(?!了)[^,，。;；]{1,24}?(?:送|带|给|买|拿|办|做|交|寄|修|补)[^,，。;；没不]{0,6}(?:了|过)(?=$|[,，。;；])/u;
const NOT_YET =
  /(?:还|也|都)?(?:没|未|忘)(?:有|能|来得及|顾上)?(?:送|带|给|买|拿|办|做|交|寄|修|补|了)|下(?:周|个?月|次)|明天|后天|[要会想](?:送|带|给|买|拿|办|做)/u;

/** Whether these words say that something promised was done. */
export function tellsPromiseKept(words: string): boolean {
  return KEPT.test(words) && !NOT_YET.test(words);
}

/** 上次答应的书包还没送去, 答应小明的本子忘了带: a promise, and the deed still to come. */
const NOT_KEPT =
  /(?:答应|说好|承诺|约好|讲好)(?!了)[^,，。;；]{1,24}?(?:(?:没|未)(?:有|能|来得及|顾上|时间|空|机会|去)*(?:送|带|给|买|拿|办|做|交|寄|修|补|兑现)|忘(?:了|记))/u;
const STILL_NOT =
  /(?:还|也|都)(?:没|未)(?:有|能|来得及|顾上|去)*(?:送|带|给|买|拿|办|做|交|寄|修|补)|忘(?:了|记)(?:送|带|给|买|拿|办|做|交|寄)/u;
/** Said alone, of something that was to be done: 带了, 送去了, 已经办好了. */
const DONE =
  /^(?:已经?|都|也|刚|今天|昨天|早)*(?:送|带|给|买|拿|办|做|交|寄|修|补)(?:好|到|去|来|过|完|给)*(?:他|她|他们|奶奶|爷爷|孩子)?(?:家)?(?:去|来)?了(?:的|呢|呀)?$/u;

/** Whether these words say that what the worker promised is not done yet. */
export function tellsPromiseNotKept(words: string): boolean {
  const hit = NOT_KEPT.exec(words);
  return hit !== null && !isAnothers(words.slice(0, hit.index).replace(/^.*[,，。;；]/u, ''));
}

/** 书包还没送去: something is not done yet; whether it was promised the list of promises says. */
export function tellsStillNotDone(words: string): boolean {
  return STILL_NOT.test(words);
}

/** 带了, 送去了: done, and nothing besides. */
export function tellsDone(words: string): boolean {
  return DONE.test(words.trim().replace(/[。，,!！~]+$/u, ''));
}

/** "答应下周三带作业本来": the first promise of a note that names a day to come; null where there is none. */
export function promiseIn(note: string, today: LocalDate): Promised | null {
  for (const [clause] of note.matchAll(CLAUSE)) {
    const verb = PROMISE.exec(clause);
    if (!verb || REFUSED.test(clause.slice(0, verb.index)) || isAnothers(clause.slice(0, verb.index)))
      continue;
    const day = futureDay(clause, today);
    if (day !== null) return { text: deedIn(clause, verb, day.quote).slice(0, TEXT_LIMIT), on: day.on };
  }
  return null;
}

/**
 * "跟奶奶说好12月5日送药" is 送药: that it was promised, to whom and by when is said beside it, and 下周三 would name
 * another day a week later. Words that are nothing without the verb are kept whole.
 */
function deedIn(clause: string, verb: RegExpExecArray, day: string): string {
  const whole = clause.trim();
  if (verb[0].startsWith('下')) return whole;
  const told = clause.slice(verb.index + verb[0].length).replace(/^(?:了|过(?![几两一]))?[：:\s]*/u, '');
  const at = told.indexOf(day);
  const before = at < 0 ? '' : told.slice(0, at).trim();
  const after = at < 0 ? told : told.slice(at + day.length);
  const deed = `${WHOM.test(before) ? '' : before}${after}`.replace(/^[,，之前以内的\s]+/u, '').trim();
  return Array.from(deed).length < SHORTEST ? whole : deed;
}

function isAnothers(before: string): boolean {
  return SOMEBODY.test(before) && !WITH.test(before);
}
