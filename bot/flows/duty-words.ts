import {
  fillersOn,
  type DutyDesk,
  type DutyLine,
  type DutyPerson,
} from '../../server/domain/escalation/duty-roster.ts';
import { addDays, type LocalDate } from '../../server/domain/local-date.ts';
import { plain, say, type Say } from '../../server/domain/say.ts';
import { comingDay } from '../understanding/coming-day.ts';
import { normalise } from '../understanding/normalise.ts';

/** Nobody fills the roster further ahead, and no line is longer (our default): a day beyond is a slip. */
const FARTHEST_DAYS = 92;
const LONGEST_DAYS = 31;
/** So many lines in one message (our default). */
const MOST_LINES = 31;

const DAY =
  '(?:今[天晚]|明[天晚]|大?后天|下?(?:个)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\\d{1,2}月)?\\d{1,2}[日号])';
const SPAN = new RegExp(`(${DAY})(?:\\s*(?:到|至|~|-|—)+\\s*(${DAY}))?`, 'u');
const BEGINNING = /^\s*(?:值班表?|排班|换班)[\s:,，：]*/u;
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/副督导员?/u, 'deputy'],
  [/(?<!副)督导员?/u, 'supervisor'],
  [/县级民政/u, 'county-desk'],
  [/县里领导/u, 'county-leader'],
];
const LEVEL: Readonly<Record<string, string>> = {
  supervisor: 'township',
  deputy: 'township',
  'county-desk': 'county',
  'county-leader': 'county',
};
const STAND_IN = /(?:来|去)?(?:替|代|帮|顶)(?:替|一下)?/u;

/** Lines as they were read, or the first sentence that says why they cannot be. */
export type ReadDuty = { readonly lines: readonly DutyLine[] } | { readonly wrong: Say };

/** Whoever asks: their own shift is theirs to swap, the desk's word holds for everybody. */
export interface DutyAsker {
  readonly personId: string | null;
  readonly role: string;
}

/** 值班 12月1日 江少芬, one line a day or span; nothing is filed unless every line can be read. */
export function rosterLines(text: string, desk: DutyDesk, today: LocalDate): ReadDuty {
  const typed = text
    .split(/[\n；;]+/u)
    .map((line) => normalise(line).replace(BEGINNING, '').trim())
    .filter((line) => line !== '');
  if (typed.length > MOST_LINES) return { wrong: say('duty-change.too-many', { count: MOST_LINES }) };
  const read = typed.map((line) => rosterLine(line, desk, today));
  const wrong = read.find((one) => 'wrong' in one);
  return wrong ?? { lines: read.flatMap((one) => ('lines' in one ? one.lines : [])) };
}

function rosterLine(line: string, desk: DutyDesk, today: LocalDate): ReadDuty {
  const day = daysIn(line, today);
  if ('wrong' in day) return day;
  const found = peopleIn(day.rest, desk.people);
  if ('wrong' in found) return found;
  const role = ROLES.find(([words]) => words.test(day.rest))?.[1];
  const lines = found.people.map(({ person }): DutyLine => ({
    ...personOf(person),
    role: role ?? person.role,
    fromOn: day.fromOn,
    untilOn: day.untilOn,
    replacesId: null,
    replaces: null,
  }));
  const misplaced = found.people.find(
    ({ person }) => role !== undefined && LEVEL[role] !== LEVEL[person.role],
  );
  if (misplaced && role !== undefined)
    return {
      wrong: say('duty-change.other-level', { name: misplaced.person.name, role: say(`role.${role}`) }),
    };
  return lines.length > 0 ? { lines } : { wrong: say('duty-change.no-name', { line: plain(line) }) };
}

/** 换班 12月1日 周明远 江少芬; 明天江少芬替我值班; 12月1日我换江少芬. */
export function swapLines(text: string, desk: DutyDesk, today: LocalDate, asker: DutyAsker): ReadDuty {
  const words = normalise(text).replace(BEGINNING, '');
  const day = daysIn(words, today);
  if ('wrong' in day) return day;
  const me = desk.people.find(({ workerId }) => workerId === asker.personId);
  const found = peopleIn(day.rest, desk.people, me);
  if ('wrong' in found) return found;
  if (found.people.some(({ person }) => day.rest.split(person.name).length > 2))
    return { wrong: say('duty-change.same-person') };
  const pair = pairIn(day.rest, found.people, me);
  if (pair === null) return { wrong: say('duty-change.who') };
  const { replaced, standIn } = pair;
  if (LEVEL[standIn.role] !== LEVEL[replaced.role])
    return {
      wrong: say('duty-change.other-level', { name: standIn.name, role: say(`role.${replaced.role}`) }),
    };
  if (asker.role !== 'county-desk' && replaced.workerId !== asker.personId)
    return { wrong: say('duty-change.only-own') };
  const places = fillersOn(desk.facts, day.fromOn).filter(({ workerId }) => workerId === replaced.workerId);
  if (places.length === 0)
    return { wrong: say('duty-change.not-on-duty', { name: replaced.name, from: day.fromOn }) };
  return {
    lines: places.map(({ areaCode, role }) => ({
      workerId: standIn.workerId,
      name: standIn.name,
      areaCode,
      role,
      fromOn: day.fromOn,
      untilOn: day.untilOn,
      replacesId: replaced.workerId,
      replaces: replaced.name,
    })),
  };
}

/** Whether free words speak of a swap: 明天江少芬替我值班, 我想换个班. */
export function saysSwap(text: string): boolean {
  return /(?:替|代|帮|顶|换)[^，。,.]{0,8}(?:值[^，。]{0,2}班|顶班|的班)|换[个一次]{0,2}班(?!级|上|里|车|主任)/u.test(
    text,
  );
}

type Days =
  | { readonly fromOn: LocalDate; readonly untilOn: LocalDate; readonly rest: string }
  | { readonly wrong: Say };

function daysIn(line: string, today: LocalDate): Days {
  const found = SPAN.exec(line);
  const first = found?.[1];
  if (!found || first === undefined) return { wrong: say('duty-change.no-day', { line: plain(line) }) };
  const from = dayOf(first, today);
  const until = found[2] === undefined ? from : dayOf(found[2], today);
  if (from === null || until === null || until < from || from > addDays(today, FARTHEST_DAYS))
    return { wrong: say('duty-change.wrong-day', { day: plain(found[0]) }) };
  if (until >= addDays(from, LONGEST_DAYS))
    return { wrong: say('duty-change.too-long', { days: LONGEST_DAYS }) };
  return { fromOn: from, untilOn: until, rest: line.replace(found[0], ' ') };
}

function dayOf(words: string, today: LocalDate): LocalDate | null {
  return comingDay(words.replace(/晚$/u, '天').replace('个', ''), today)?.on ?? null;
}

interface Named {
  readonly person: DutyPerson;
  readonly at: number;
}

type People = { readonly people: readonly Named[] } | { readonly wrong: Say };

/** Who is named, in the order of the words; words that are neither a name nor part of the sentence are asked about. */
function peopleIn(words: string, known: readonly DutyPerson[], me?: DutyPerson): People {
  const named = known.filter(({ name }) => words.includes(name));
  const twice = named.find((one) => named.some((other) => other !== one && other.name === one.name));
  if (twice) return { wrong: say('duty-change.two-of-name', { name: twice.name }) };
  const left = named
    .reduce((rest, { name }) => rest.replaceAll(name, ' '), words)
    .replace(
      /副?督导员?|县级民政|县里领导|我想|我要|我自己|我|想|要|请|让|由|和|跟|与|同|把|的|值一?[天次]?班|顶班|换[个一次]{0,2}班|换成?|来|去|替|代|帮|顶|一下|上班|负责|班|[、,，。.!！:：\s]/gu,
      '',
    );
  if (left !== '') return { wrong: say('duty-change.unknown-name', { name: plain(left) }) };
  const at = named.map((person): Named => ({ person, at: words.indexOf(person.name) }));
  const self =
    me && !named.includes(me) && words.includes('我') ? [{ person: me, at: words.indexOf('我') }] : [];
  return { people: [...at, ...self].toSorted((a, b) => a.at - b.at) };
}

/** 甲替乙值班; 换班 乙 甲; 我换甲. One name alone stands in for whoever asks. */
function pairIn(
  words: string,
  people: readonly Named[],
  me: DutyPerson | undefined,
): { readonly replaced: DutyPerson; readonly standIn: DutyPerson } | null {
  const [first, second, third] = people;
  if (first === undefined || third !== undefined) return null;
  if (second === undefined)
    return me === undefined || first.person === me ? null : { replaced: me, standIn: first.person };
  const between = words.slice(first.at, second.at);
  return STAND_IN.test(between)
    ? { standIn: first.person, replaced: second.person }
    : { replaced: first.person, standIn: second.person };
}

function personOf({
  workerId,
  name,
  areaCode,
}: DutyPerson): Pick<DutyLine, 'workerId' | 'name' | 'areaCode'> {
  return { workerId, name, areaCode };
}
