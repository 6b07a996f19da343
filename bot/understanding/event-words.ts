import {
  EVENT_TOPICS,
  PLAN_TOPICS,
  type EventKind,
  type EventTopic,
} from '../../server/domain/education/safety-event.ts';
import type { LocalDate } from '../../server/domain/local-date.ts';
import { dayWords } from './day-words.ts';
import { normalise } from './normalise.ts';

/** What words say of an event; null where they say nothing of it. */
export interface EventWords {
  readonly kind: EventKind | null;
  readonly on: LocalDate | null;
  readonly areaCode: string | null;
  readonly school: string | null;
  readonly topics: readonly EventTopic[];
  readonly audience: number | null;
}

interface Area {
  readonly code: string;
  readonly name: string;
}

const SCHOOL = /([\p{Script=Han}]{1,14}?(?:中心小学|小学|中学|幼儿园|职校|职业学校|中心校|学校))/u;
/** What stands before the name of a school in a sentence. */
const BEFORE_SCHOOL = /^(?:.*(?:在|到|去|给|为)|[号日天]|讲座|(?:今|昨|前)天)/u;
const TOPIC_WORDS: Readonly<Record<EventTopic, RegExp>> = {
  drowning: /溺水|游泳|drowning/iu,
  bullying: /欺凌|霸凌|bullying/iu,
  'sexual-abuse': /性侵|猥亵|sexual/iu,
  traffic: /交通|traffic/iu,
  internet: /网络|上网|沉迷|internet/iu,
  fraud: /诈骗|反诈|fraud/iu,
  trafficking: /拐卖|防拐|trafficking/iu,
  fire: /消防|防火|用火|fire/iu,
};
const AUDIENCE = /(?:约|大概)?(\d{1,5})(?:多|来)?(?:个|名|位)?(?:人|学生|孩子|小朋友|家长|儿童|群众|people)/u;
const WHOLE = /全[县镇乡区]|whole/iu;

/** 11月20日 东岭村 防溺水 防欺凌 80人, in any order. */
export function eventWords(text: string, today: LocalDate, areas: readonly Area[], own: Area): EventWords {
  const words = normalise(text);
  const school = schoolIn(words);
  const areaCode = WHOLE.test(words) ? own.code : areaIn(words, areas);
  return {
    kind: kindIn(words, school, areaCode),
    on: dayIn(words, today),
    areaCode,
    school,
    topics: topicsIn(words),
    audience: audienceIn(words),
  };
}

/** A lecture stands in a school; an event in a village. */
function kindIn(words: string, school: string | null, areaCode: string | null): EventKind | null {
  if (school !== null || /讲座|班会|lecture/iu.test(words)) return 'school-lecture';
  return areaCode !== null || /进村|宣传|宣讲|event/iu.test(words) ? 'county-event' : null;
}

/** The last day that is meant by these words and is not to come. */
function dayIn(words: string, today: LocalDate): LocalDate | null {
  const past = dayWords(words, today).flatMap(({ may }) => may.filter((day) => day <= today));
  return past.toSorted().at(-1) ?? null;
}

/** The longest name of an area that stands in these words; 东岭 is said for 东岭村. */
function areaIn(words: string, areas: readonly Area[]): string | null {
  const found = areas
    .map(({ code, name }) => ({
      code,
      said: [name, shortName(name)].find((one) => words.includes(one)) ?? '',
    }))
    .filter(({ said }) => said !== '')
    .toSorted((a, b) => b.said.length - a.said.length);
  return found[0]?.code ?? null;
}

function shortName(name: string): string {
  const short = name.replace(/(?:社区|街道|村|镇|乡|县)$/u, '');
  return short.length < 2 ? name : short;
}

function schoolIn(words: string): string | null {
  const found = SCHOOL.exec(words)?.[1]?.replace(BEFORE_SCHOOL, '') ?? '';
  return /^(?:小学|中学|幼儿园|学校|)$/u.test(found) ? null : found;
}

function topicsIn(words: string): readonly EventTopic[] {
  if (/四样|四项|都讲/u.test(words)) return PLAN_TOPICS;
  return EVENT_TOPICS.filter((topic) => TOPIC_WORDS[topic].test(words));
}

function audienceIn(words: string): number | null {
  const count = AUDIENCE.exec(words)?.[1];
  return count === undefined ? null : Number(count);
}
