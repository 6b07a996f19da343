import { addDays, weekdayOf, type LocalDate } from '../../server/domain/local-date.ts';
import { VISIT_POLICY, type Daypart, type VisitTime } from '../../server/domain/family/visit.ts';
import { futureDay } from './future-day.ts';
import { NAME_MARK, normalise } from './normalise.ts';

/** Longer sentences tell a story. */
const LENGTH_LIMIT = 40;
const PARTS: readonly (readonly [RegExp, Daypart])[] = [
  [/明早|早上|早晨|一早|上午|上昼/u, 'morning'],
  [/中午|下午|晌午|下昼/u, 'afternoon'],
  [/明晚|傍晚|晚上|夜里/u, 'evening'],
];
const PART = /早上|早晨|一早|上午|上昼|中午|晌午|下午|下昼|傍晚|晚上|夜里/gu;
const CLOCK = /(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:点(?:半|钟|\d{1,2}分?)?|:\d{2})/gu;
/** Words that say of today that it is still to come. */
const STILL_TO_COME = /要|准备|打算|等下|等会儿?|一会儿?|待会儿?/u;
const TODAY = /今天|今日|等下|等会儿?|一会儿?|待会儿?/u;
/** These days cannot be past. */
const SURELY_AHEAD = /明|后|下/u;

const LEAD = '(?:我们?|准备|打算|计划|安排|预计|想|要|得|会|再|就|先|那|好的?|嗯|哦|争取|约好?|说好|[, ])*';
const GO = '(?:去|到|上门|入户|走访|家访|看望|探望|探访|拜访|看看|看|一趟|一下|走一趟|坐坐|见见)';
const HOME = '(?:他|她)?(?:们)?(?:家里头?|家|屋里头?|屋头|那里|那边|那儿)?';
const NAMES = `${NAME_MARK}+${HOME}(?:[,、和跟与]*${NAME_MARK}+${HOME})*`;
/** 明天下午去小明家: whoever speaks goes. */
const GOES = new RegExp(`^${LEAD}${GO}+${NAMES}${GO}*[吧啊哈]?$`, 'u');
/** 小明家我明天去: without 家 or 我 it may be the child who goes. */
const GOES_THERE = new RegExp(
  `^${LEAD}${NAME_MARK}+(?:家里?|那里|那边)${LEAD}${GO}+[吧啊哈]?$|^${NAME_MARK}+我们?${LEAD}${GO}+[吧啊哈]?$`,
  'u',
);

/**
 * "明天下午去小明家", "周三上午去看小红": when the worker means to go. Null for everything that may tell of something else:
 * a visit that was made, somebody else's way, a question. `quotes` are the names of children in it.
 */
export function visitPlanned(text: string, quotes: readonly string[], today: LocalDate): VisitTime | null {
  const words = withoutNames(text, quotes);
  if (words.length > LENGTH_LIMIT || !words.includes(NAME_MARK)) return null;
  const day = dayPlanned(words, today);
  if (day === null) return null;
  const rest = words.replace(day.quote, '').replaceAll(PART, '').replaceAll(CLOCK, '').replaceAll(' ', '');
  return GOES.test(rest) || GOES_THERE.test(rest) ? { on: day.on, part: partIn(words) } : null;
}

/** A day in words that answer “哪一天去”, or stand behind 预约; null where they name none. */
export function visitDay(text: string, today: LocalDate): VisitTime | null {
  const words = fromEnglish(normalise(text));
  const on = futureDay(words, today)?.on ?? (/今天|今日/u.test(words) ? today : null);
  return on === null || isTooFar(on, today) ? null : { on, part: partIn(words) };
}

/** “Saturday morning”, as the English question asks for it. */
const ENGLISH: readonly (readonly [RegExp, string])[] = [
  [/\bday after tomorrow\b/giu, '后天'],
  [/\btomorrow\b/giu, '明天'],
  [/\btoday\b/giu, '今天'],
  ...['mon', 'tues?', 'wed(?:nes)?', 'thu(?:rs)?', 'fri', 'sat(?:ur)?', 'sun'].flatMap(
    (day, index): (readonly [RegExp, string])[] => {
      const weekday = `周${'一二三四五六日'.charAt(index)}`;
      return [
        [new RegExp(`\\bnext ${day}(?:day)?\\b`, 'giu'), `下${weekday}`],
        [new RegExp(`\\b${day}(?:day)?\\b`, 'giu'), weekday],
      ];
    },
  ),
  [/\bmorning\b/giu, '上午'],
  [/\b(?:afternoon|noon)\b/giu, '下午'],
  [/\b(?:evening|night)\b/giu, '晚上'],
];

function fromEnglish(words: string): string {
  return /[a-z]/iu.test(words)
    ? ENGLISH.reduce((said, [one, other]) => said.replace(one, other), words)
    : words;
}

function dayPlanned(
  words: string,
  today: LocalDate,
): { readonly on: LocalDate; readonly quote: string } | null {
  const isMeant = STILL_TO_COME.test(words);
  const now = TODAY.exec(words);
  if (now) return isMeant ? { on: today, quote: now[0] } : null;
  const day = futureDay(words, today);
  const on = day?.on ?? null;
  if (day === null || on === null || isTooFar(on, today) || /月[底末]$/u.test(day.quote)) return null;
  const { quote } = day;
  // 周三 on a Friday, and 3号 late in a month, may be those that are past.
  const isOfThisWeek = on <= addDays(today, 7 - weekdayOf(today));
  const isNear =
    quote.includes('月') || isOfThisWeek || (/[日号]/u.test(quote) && on.slice(0, 7) === today.slice(0, 7));
  return isMeant || SURELY_AHEAD.test(quote) || isNear ? { on, quote } : null;
}

function isTooFar(on: LocalDate, today: LocalDate): boolean {
  return on > addDays(today, VISIT_POLICY.farthestDays);
}

function partIn(words: string): Daypart | null {
  return PARTS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

function withoutNames(text: string, quotes: readonly string[]): string {
  const words = normalise(text).replace(/[。,.!~ ]+$/u, '');
  return [...quotes]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, quote) => rest.replaceAll(normalise(quote), NAME_MARK), words);
}
