import { ageOn, partsOf, type LocalDate } from '../local-date.ts';

/** What a tip is chosen by, of one child of whoever reads it. */
export interface TipChild {
  readonly ageYears: number;
  /** What whoever reads is to this child: a grandparent, a parent who works far away, or anybody else. */
  readonly reader: 'grandparent' | 'away' | 'other';
  readonly disability: boolean;
  /** A school has begun, or the child has come to a new one. */
  readonly newSchool: boolean;
}

/** The rows of the roster that say so. */
export interface TipChildFacts {
  readonly bornOn: LocalDate;
  /** The kinds of difficulty as the roster keeps them. */
  readonly difficulty: string | null;
  readonly grade: string | null;
  readonly relation: string;
  readonly awaySince: LocalDate | null;
}

const GRANDPARENT = /祖父|祖母|爷|奶|外公|外婆|姥|阿公|阿嬷/u;
/** The first grade of a primary, a middle and a high school. */
const FIRST_GRADE = /^(小学)?一年级|七年级|初一|高一|^小一/u;
/** Our default: school begins in September, and whoever came to a new one is new there until the end of November. */
const TERM_STARTS = 9;
const NEW_UNTIL = 11;
const SCHOOL_FROM_YEARS = 3;

/** One child as the choice of a tip sees it. */
export function tipChildOf(facts: TipChildFacts, today: LocalDate): TipChild {
  const { bornOn, difficulty, grade, relation, awaySince } = facts;
  const ageYears = ageOn(bornOn, today);
  const { month } = partsOf(today);
  const isFirst = FIRST_GRADE.test(grade ?? '') && month > TERM_STARTS && month <= NEW_UNTIL;
  const away = awaySince !== null && awaySince <= today;
  return {
    ageYears,
    reader: GRANDPARENT.test(relation) ? 'grandparent' : away ? 'away' : 'other',
    disability: (difficulty ?? '').includes('disability'),
    newSchool: ageYears >= SCHOOL_FROM_YEARS && (month === TERM_STARTS || isFirst),
  };
}
