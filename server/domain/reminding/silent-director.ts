import { daysBetween, type LocalDate, shanghaiDate } from '../local-date.ts';

/** What is known of a director's answering. */
export interface DirectorWords {
  readonly today: LocalDate;
  /** The day the director's first account was linked; null while there is none. */
  readonly linkedOn: LocalDate | null;
  /** Since when the longest overdue of the director's duties is overdue; null when nothing is. */
  readonly dutyOverdueSince: LocalDate | null;
  /** When the oldest direct question without an answer was delivered; null when there is none. */
  readonly unansweredQuestionAskedAt: Date | null;
  /** The last word or button of any kind from the director. */
  readonly lastWordAt: Date | null;
}

/**
 * A silent director: a duty has passed and a direct question, delivered on an earlier day and after the first linking, was
 * followed by no word (our default). Somebody who was never linked is a finding of reachability, not silent.
 */
export function isSilent(words: DirectorWords): boolean {
  const { today, linkedOn, dutyOverdueSince, unansweredQuestionAskedAt: askedAt, lastWordAt } = words;
  if (linkedOn === null || dutyOverdueSince === null || askedAt === null) return false;
  const askedOn = shanghaiDate(askedAt);
  const askedInVain = askedOn >= linkedOn && askedOn < today;
  const wordSince = lastWordAt !== null && lastWordAt.getTime() > askedAt.getTime();
  return dutyOverdueSince <= today && askedInVain && !wordSince;
}

/** While it lasts, a silence is told again after so many days (our default). */
const TOLD_AGAIN_DAYS = 7;

/**
 * Whether a silence is told (again): when it begins, which is also after a word in between, and then weekly. Said every
 * day, nobody would read it any more.
 */
export function isToldAgain(told: {
  readonly today: LocalDate;
  /** When this reader was last told of it; null where never. */
  readonly toldAt: Date | null;
  readonly lastWordAt: Date | null;
}): boolean {
  const { today, toldAt, lastWordAt } = told;
  if (toldAt === null) return true;
  const spoke = lastWordAt !== null && lastWordAt.getTime() > toldAt.getTime();
  return spoke || daysBetween(shanghaiDate(toldAt), today) >= TOLD_AGAIN_DAYS;
}
