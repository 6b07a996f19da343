import {
  addDays,
  daysBetween,
  shanghaiDate,
  shanghaiInstant,
  weekdayOf,
  type LocalDate,
} from '../local-date.ts';

/** When parents who work away are reminded to ring their child. Dated and versioned like every setting. */
interface NudgePolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** 7 is a Sunday. */
  readonly weekday: number;
  readonly atMinutes: number;
  /** Later on that day nobody is reminded any more: what was missed is missed. */
  readonly untilMinutes: number;
  /** Who rings every day is left alone for so long. */
  readonly quietDays: number;
  /** So many that arrived one after the other without an answer are shown to the director. */
  readonly unansweredLimit: number;
}

export const NUDGE_POLICY: NudgePolicy = {
  id: 'nudge',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: '未成年人保护法 第23条: at least weekly; the day, the hour and the rest are our default',
  weekday: 7,
  atMinutes: 10 * 60 + 30,
  untilMinutes: 19 * 60,
  quietDays: 30,
  unansweredLimit: 4,
};

/** What somebody last said to the reminders; null where they were not asked or said nothing. */
export interface NudgeStanding {
  /** A guardian of a child in the system who works away. */
  readonly away: boolean;
  /** The newest answer to tips and weekly reminders. */
  readonly consent: { readonly given: boolean; readonly at: string } | null;
  /** 不用提醒, or 提醒我. */
  readonly wish: { readonly wish: 'quiet' | 'again'; readonly at: string } | null;
}

/** Whether somebody is reminded on a day: who works away and agreed, and whoever asked for it; not who wants to be left alone. */
export function wantsNudge({ away, consent, wish }: NudgeStanding, today: LocalDate): boolean {
  const said = wish === null ? null : shanghaiDate(new Date(wish.at));
  if (wish?.wish === 'quiet' && said !== null && daysBetween(said, today) < NUDGE_POLICY.quietDays)
    return false;
  const isRefused = consent?.given === false;
  if (wish?.wish === 'again' && (!isRefused || wish.at > consent.at)) return true;
  return away && consent?.given === true;
}

/** The Monday of the week whose reminder is due at this moment; null outside its hours. */
export function nudgeWeek(now: Date): LocalDate | null {
  const today = shanghaiDate(now);
  if (weekdayOf(today) !== NUDGE_POLICY.weekday) return null;
  const from = shanghaiInstant(today, NUDGE_POLICY.atMinutes);
  const until = shanghaiInstant(today, NUDGE_POLICY.untilMinutes);
  return now >= from && now < until ? addDays(today, 1 - NUDGE_POLICY.weekday) : null;
}

/** When the next reminder is due after this moment. */
export function nextNudgeAt(now: Date): Date {
  const today = shanghaiDate(now);
  const ahead = (NUDGE_POLICY.weekday - weekdayOf(today) + 7) % 7;
  const at = shanghaiInstant(addDays(today, ahead), NUDGE_POLICY.atMinutes);
  return at > now ? at : shanghaiInstant(addDays(today, ahead + 7), NUDGE_POLICY.atMinutes);
}

/** One week's reminder, as far as it counts. */
export interface NudgeSent {
  readonly weekOn: LocalDate;
  /** The channel took it; only then is a silence an answer. */
  readonly arrived: boolean;
  readonly answered: boolean;
}

/** How many arrived one after the other without an answer, up to the newest. */
export function unansweredInARow(sent: readonly NudgeSent[]): number {
  const arrived = sent.filter((one) => one.arrived).sort((a, b) => (a.weekOn < b.weekOn ? 1 : -1));
  const first = arrived.findIndex(({ answered }) => answered);
  return first < 0 ? arrived.length : first;
}

/** 打过了; 不用提醒; 提醒我. Said for everybody behind the phone. */
export interface AnswerNudge {
  readonly type: 'answer-nudge';
  readonly answer: 'called' | 'quiet' | 'again';
  /** The newest reminders of theirs that wait for an answer. */
  readonly keys: readonly string[];
  readonly personIds: readonly string[];
}

/** A parent who really got the reminders and did not answer, as whoever answers for the child reads of it. */
export interface SilentParent {
  readonly childId: string;
  readonly relation: string;
  readonly weeks: number;
}
