import {
  addDays,
  daysBetween,
  shanghaiDate,
  shanghaiInstant,
  shanghaiMinutes,
  weekdayOf,
} from '../local-date.ts';
import type { LocalDate } from '../local-date.ts';
import type { LoadPolicy } from '../reminding/digest-budget.ts';
import { familyBudgetAllows } from './budget.ts';
import type { TipPolicy } from './tip-policy.ts';

type Hour = Pick<TipPolicy, 'weekday' | 'atMinutes' | 'untilMinutes'>;

/** The day whose tips go out now; null at every other hour. What was missed is not made up for: a tip is no duty. */
export function tipDayNow(now: Date, { weekday, atMinutes, untilMinutes }: Hour): LocalDate | null {
  const today = shanghaiDate(now);
  const minutes = shanghaiMinutes(now);
  return weekdayOf(today) === weekday && minutes >= atMinutes && minutes < untilMinutes ? today : null;
}

/** When tips next go out, after an instant. */
export function nextTipHour(after: Date, { weekday, atMinutes }: Hour): Date {
  const today = shanghaiDate(after);
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  const next = shanghaiInstant(addDays(today, ahead), atMinutes);
  return next > after ? next : shanghaiInstant(addDays(today, ahead + 7), atMinutes);
}

/** How a phone stands on the day of the tips. */
export interface TipMoment {
  /** Everybody behind it who was asked wants tips, and somebody was asked. */
  readonly wanted: boolean;
  /** One of them is reminded every week to ring the child: that is this week's message, and a tip comes when it is asked for. */
  readonly isAway: boolean;
  readonly lastTipOn: LocalDate | null;
  /** Anything that came by itself, a tip or another thing. */
  readonly lastMessageOn: LocalDate | null;
  readonly sentThisMonth: number;
}

/** Whether a tip comes by itself: wanted, at most one a week, alone in its days, and while the month has room. */
export function tipComes(
  { wanted, isAway, lastTipOn, lastMessageOn, sentThisMonth }: TipMoment,
  today: LocalDate,
  { restDays }: Pick<TipPolicy, 'restDays'>,
  load: Pick<LoadPolicy, 'guardianMessagesPerMonth'>,
): boolean {
  if (!wanted || isAway) return false;
  if (lastTipOn !== null && daysBetween(lastTipOn, today) < 7) return false;
  if (lastMessageOn !== null && daysBetween(lastMessageOn, today) <= restDays) return false;
  return familyBudgetAllows('tip', sentThisMonth, load);
}
