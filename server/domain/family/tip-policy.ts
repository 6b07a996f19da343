import type { LocalDate } from '../local-date.ts';
import type { Tip } from './tips.ts';

/** When a tip goes out by itself, and of what it speaks more often. Dated and versioned like every setting. */
export interface TipPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly atMinutes: number;
  /** From this minute on it is too late in the evening: the week goes without one. */
  readonly untilMinutes: number;
  /** After anything else that came by itself no tip comes for so many days. */
  readonly restDays: number;
  /** How often a situation is chosen against the others, where it is one of the reader's. */
  readonly weights: Readonly<Record<Tip['situation'], number>>;
  /** So many times its weight has `school` where a school is new. */
  readonly newSchoolTimes: number;
  /** An answer 有用 or 没用 changes the weight of its situation by so much, within these ends. */
  readonly usefulTimes: number;
  readonly uselessTimes: number;
  readonly leastTimes: number;
  readonly mostTimes: number;
}

/** All of it our default: no source says when a family reads best. */
export const TIP_POLICY: TipPolicy = {
  id: 'tips',
  version: 1,
  validFrom: '2026-11-01' as LocalDate,
  source: 'our default',
  weekday: 3,
  atMinutes: 19 * 60 + 30,
  untilMinutes: 21 * 60,
  restDays: 3,
  weights: { grandparents: 3, away: 4, disability: 3, school: 1, screen: 1, feelings: 2, daily: 2 },
  newSchoolTimes: 4,
  usefulTimes: 1.5,
  uselessTimes: 0.5,
  leastTimes: 0.25,
  mostTimes: 3,
};
