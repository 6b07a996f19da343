import { addDays, shanghaiInstant } from '../local-date.ts';
import { nextAllowedAt } from '../reminding/quiet-hours.ts';
import { OUTSIDE_NIGHT } from './arrival.ts';
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

/** In the morning so much time must be left for somebody to go there, where an SMS does not arrive (our default). */
const LEFT_MS = 6 * 3_600_000;

/** When an SMS may go to a home: now, or in the morning; null where the morning is too late, and whoever goes is asked at once. */
export function outsideFrom(now: Date, until: Date): Date | null {
  const from = nextAllowedAt(now, OUTSIDE_NIGHT);
  return from > now && until.getTime() - from.getTime() < LEFT_MS ? null : from;
}
