import type { BreakKind } from '../../server/domain/education/school-break.ts';
import { STAGES, type Stage } from '../../server/domain/education/stage.ts';
import { addDays, localDate, partsOf, type LocalDate } from '../../server/domain/local-date.ts';
import { normalise } from './normalise.ts';
import { NUMBER, readNumber } from './numerals.ts';

/** What words say of a break; null where they say nothing of it. */
export interface BreakWords {
  readonly kind: BreakKind | null;
  readonly stages: readonly Stage[];
  /** The first and the last free day; `until` is null where only one day is named. */
  readonly days: { readonly from: LocalDate; readonly until: LocalDate | null } | null;
  readonly source: string | null;
}

const SOURCE = /(?:来源|出处|根据|依据|source)(?:是|为|于)?[\s:：,，]*(.+)$/iu;
const WINTER = /寒假|winter/iu;
const SUMMER = /暑假|summer/iu;
const STAGE_WORDS: readonly (readonly [RegExp, readonly Stage[]])[] = [
  [/都一样|全部|所有|各学段|全都|\ball\b/iu, STAGES],
  [/中小学/u, ['primary', 'junior', 'senior']],
  [/义务教育|义务/u, ['primary', 'junior']],
  [/幼儿|学前|kindergarten/iu, ['kindergarten']],
  [/(?<!中)小学|primary/iu, ['primary']],
  [/初中|初高中|junior/iu, ['junior']],
  [/高中|普高|senior/iu, ['senior']],
  [/中职|职高|中专|职校|职业|技校|技工|vocational/iu, ['vocational']],
];
const DAY = new RegExp(
  [
    '(?<![0-9])(?<isoYear>20[0-9]{2})[-/.](?<isoMonth>[0-9]{1,2})[-/.](?<isoDay>[0-9]{1,2})(?![0-9])',
    `(?:(?<year>20[0-9]{2})年)?(?<![0-9])(?<month>${NUMBER})月(?<day>${NUMBER})[日号]?`,
    '(?<![0-9.])(?<dotMonth>[0-9]{1,2})[./](?<dotDay>[0-9]{1,2})(?![0-9.])',
    `(?<=[到至~-] ?)(?<only>${NUMBER})[日号]`,
  ].join('|'),
  'gu',
);
/** The day on which school begins again is not free any more. */
const BEGINS_AGAIN = /开学|上课|返校|报到|报名注册/u;

/** 寒假 小学初中 1月30日到2月26日 来源 市教育局通知, in any order; a day without a year is of the break that comes. */
export function breakWords(text: string, today: LocalDate): BreakWords {
  const words = normalise(text);
  const source = SOURCE.exec(words)?.[1]?.trim() ?? null;
  const rest = words.replace(SOURCE, ' ');
  const named = STAGE_WORDS.flatMap(([said, stages]) => (said.test(rest) ? stages : []));
  return {
    kind: kindIn(rest),
    stages: STAGES.filter((stage) => named.includes(stage)),
    days: daysIn(rest, today),
    source: source === '' ? null : source,
  };
}

/** Both named, or none: nobody can tell which. */
function kindIn(words: string): BreakKind | null {
  const [isWinter, isSummer] = [WINTER.test(words), SUMMER.test(words)];
  if (isWinter === isSummer) return null;
  return isWinter ? 'winter' : 'summer';
}

interface Written {
  readonly year: number | null;
  /** Null: that of the day before it. */
  readonly month: number | null;
  readonly day: number;
}

function daysIn(words: string, today: LocalDate): BreakWords['days'] {
  const found = [...words.matchAll(DAY)];
  const [first, second] = found;
  const from = first ? writtenIn(first) : null;
  if (!first || typeof from?.month !== 'number') return null;
  const until = second ? writtenIn(second) : null;
  const years = from.year === null ? yearsAround(today) : [from.year];
  for (const year of years) {
    const start = localDate(year, from.month, from.day);
    if (start === null) continue;
    const end = until === null ? null : dayAfter(start, until);
    if (until !== null && end === null) return null;
    const isOver = (end ?? start) < today;
    if (isOver && year !== years.at(-1)) continue;
    const isAgain = BEGINS_AGAIN.test(words.slice(first.index + first[0].length));
    return { from: start, until: end !== null && isAgain ? addDays(end, -1) : end };
  }
  return null;
}

function yearsAround(today: LocalDate): readonly number[] {
  const { year } = partsOf(today);
  return [year - 1, year, year + 1];
}

function writtenIn({ groups = {} }: RegExpMatchArray): Written {
  const number = (text: string | undefined): number | null => (text === undefined ? null : readNumber(text));
  return {
    year: number(groups.isoYear ?? groups.year),
    month: number(groups.isoMonth ?? groups.month ?? groups.dotMonth),
    day: number(groups.isoDay ?? groups.day ?? groups.dotDay ?? groups.only) ?? 0,
  };
}

/** The day as it was written; without a year the first such day from the start on. */
function dayAfter(start: LocalDate, { year, month, day }: Written): LocalDate | null {
  const of = partsOf(start);
  if (year !== null) return localDate(year, month ?? of.month, day);
  const sameYear = localDate(of.year, month ?? of.month, day);
  return sameYear !== null && sameYear < start && month !== null
    ? localDate(of.year + 1, month, day)
    : sameYear;
}
