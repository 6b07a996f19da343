import { addDays, monthEnd, type LocalDate } from '../../server/domain/local-date.ts';
import { comingDay } from './coming-day.ts';
import { normalise } from './normalise.ts';
import { tellsRefusal } from './refusal-words.ts';

/** What keeps a director from a child. */
export type ObstacleKind = 'ill' | 'road' | 'refused' | 'other';

/** 不在村, as one sentence tells it. */
export interface AwayWords {
  readonly companion: string | null;
  readonly until: LocalDate | null;
}

const KIN =
  '(?:爸爸妈妈|爷爷奶奶|外公外婆|妈妈|爸爸|爸妈|父母|奶奶|爷爷|外公|外婆|姑姑|姨妈|阿姨|舅舅|叔叔|伯伯|哥哥|姐姐|亲戚|妈|爸)';
const COMPANION = new RegExp(`[跟和随被](?:着|他|她)?(${KIN})`, 'u');
const GONE = new RegExp(
  `[跟和随](?:着|他|她)?${KIN}[^,。]{0,3}(?:去|到|回)(?!医院|学校|上学|看病)[^,。]{1,8}|被${KIN}[^,。]{0,3}接(?:走|去|到)|不在村|(?:去|到)(?:了)?外地`,
  'u',
);
const BACK = /(?:回来|回村|回家|到家)了/u;
const COMES_BACK = /^[^,。]{0,4}(?:回|返)/u;

/** "小明跟妈妈去厦门了，月底回来": with whom, and until when where a day is said; null for words that tell no absence. */
export function awayWords(text: string, today: LocalDate): AwayWords | null {
  const words = normalise(text);
  if (!GONE.test(words)) return null;
  return { companion: COMPANION.exec(words)?.[1] ?? null, until: returnDay(words, today) };
}

/** "小明回来了". */
export function tellsReturn(text: string): boolean {
  return BACK.test(text) && !/没回来|还没回|[吗?？]/u.test(text);
}

/** The day of return that these words name; null where they name none. */
export function returnDay(words: string, today: LocalDate): LocalDate | null {
  if (/下个?月底/u.test(words)) return monthEnd(addDays(monthEnd(today), 1));
  if (words.includes('月底')) return monthEnd(today);
  for (let at = 0; at < words.length; at += 1) {
    const day = comingDay(words.slice(at), today);
    if (day !== null && (at === 0 || COMES_BACK.test(day.rest))) return day.on;
  }
  return null;
}

/** A day to come, anywhere in these words. */
export function dayAhead(text: string, today: LocalDate): LocalDate | null {
  const words = normalise(text);
  for (let at = 0; at < words.length; at += 1) {
    const day = comingDay(words.slice(at), today);
    if (day !== null && day.on > today) return day.on;
  }
  return null;
}

const REFUSED =
  /不(?:让|给|许|准)(?:我|我们|人)?(?:进|见|看|入)|不(?:肯)?开门|(?:赶|撵|骂|轰)(?:我|我们)?(?:了)?(?:出来|走|出门)/u;
const ROAD =
  /路(?:不通|塌|断|封|淹|冲|坏|都?被)|塌方|滑坡|山洪|桥(?:断|塌|冲)|封路|封山|(?:过|上)不去|进不了山/u;
const ILL = /发烧|生病|病了|住院|感冒|水痘|流感|肺炎|传染/u;
const NOT_MADE = /改天|去不了|没去成|去不成|没法去|下次再|再去|不能去|先不去|没去/u;

/** The words without what they say of the road. */
export function withoutRoad(text: string): string {
  return normalise(text).replace(ROAD, '');
}

/** What kept a director from the child, where these words tell that a visit did not come about. */
export function obstacleWords(text: string): ObstacleKind | null {
  const words = normalise(text);
  if (REFUSED.test(words) || tellsRefusal(words)) return 'refused';
  if (ROAD.test(words)) return 'road';
  if (!NOT_MADE.test(words)) return null;
  return ILL.test(words) ? 'ill' : /没去成|去不了|去不成/u.test(words) ? 'other' : null;
}
