import { ageOn, localDate, partsOf, type LocalDate } from '../local-date.ts';

/** 学段: what the breaks of schools differ by, besides the place. In the order in which a child passes through them. */
export const STAGES = ['kindergarten', 'primary', 'junior', 'senior', 'vocational'] as const;
export type Stage = (typeof STAGES)[number];

/** What the roster says of a child's schooling; the words of the grade stand as they were written. */
export interface SchoolFacts {
  readonly schooling: string | null;
  readonly grade: string | null;
  readonly bornOn: LocalDate;
}

const GRADES: readonly (readonly [Stage, RegExp])[] = [
  ['kindergarten', /托班|小班|中班|大班|学前|幼儿/u],
  ['vocational', /中职|职高|中专|技校|技工|职业|职专/u],
  ['junior', /[七八九789]年级|初[一二三123中]/u],
  ['senior', /高[一二三123中]|1[0-2]年级|十[一二]?年级/u],
  ['primary', /[一二三四五六1-6]年级|小[一二三四五六学]/u],
];

/** Whoever has left school has no break. Who is ill at home goes back, and the others are free meanwhile. */
const HAS_NO_STAGE: ReadonlySet<string | null> = new Set(['not-yet', 'dropped-out', 'finished']);

/** A school year begins with a month; who is six by then begins school (义务教育法 第11条). */
const SCHOOL_YEAR_MONTH = 9;
const FIRST_AGES: readonly (readonly [number, Stage])[] = [
  [15, 'senior'],
  [12, 'junior'],
  [6, 'primary'],
  [3, 'kindergarten'],
];

/**
 * The stage of a child by its grade; without one by its age at the beginning of the school year. Null where there is
 * none, and above fifteen where nobody wrote that the child goes to school.
 */
export function stageOf({ schooling, grade, bornOn }: SchoolFacts, today: LocalDate): Stage | null {
  if (HAS_NO_STAGE.has(schooling)) return null;
  if (schooling === 'kindergarten') return 'kindergarten';
  const written =
    grade === null ? undefined : GRADES.find(([, words]) => words.test(grade.normalize('NFKC')));
  if (written) return written[0];
  const byAge = FIRST_AGES.find(([from]) => ageOn(bornOn, schoolYearOf(today)) >= from)?.[1] ?? null;
  return byAge === 'senior' && schooling === null ? null : byAge;
}

/** The stages of these children, each once, in their order. */
export function stagesOf(children: readonly SchoolFacts[], today: LocalDate): readonly Stage[] {
  const found = new Set(children.map((child) => stageOf(child, today)));
  return STAGES.filter((stage) => found.has(stage));
}

function schoolYearOf(today: LocalDate): LocalDate {
  const { year, month } = partsOf(today);
  return localDate(month < SCHOOL_YEAR_MONTH ? year - 1 : year, SCHOOL_YEAR_MONTH, 1) ?? today;
}
