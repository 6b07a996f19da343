import { addDays, shanghaiInstant } from '../local-date.ts';
import type { Daypart, VisitTime } from './visit.ts';

/** When a part of the day is over, in minutes since midnight; without a part the day itself (our default). */
const OVER_AT: Readonly<Record<Daypart, number>> = { morning: 12 * 60, afternoon: 18 * 60, evening: 22 * 60 };

/** From this instant on a visit of that time is past: nobody waits for it any more. */
export function visitPast({ on, part }: VisitTime): Date {
  return part === null ? shanghaiInstant(addDays(on, 1), 0) : shanghaiInstant(on, OVER_AT[part]);
}

/** A change is worth telling until the time the family waits for is past, or the new one is. */
export function changeTellsUntil(now: VisitTime, before: VisitTime | null): Date {
  const past = visitPast(now);
  const pastBefore = before === null ? past : visitPast(before);
  return pastBefore < past ? pastBefore : past;
}
