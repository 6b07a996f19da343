import { addDays, shanghaiDate, shanghaiInstant, type LocalDate } from '../local-date.ts';
import { commandOption, say, type Option, type Say } from '../say.ts';

export const DAYPARTS = ['morning', 'afternoon', 'evening'] as const;
export type Daypart = (typeof DAYPARTS)[number];

/** A day, and the part of it where somebody named one. */
export interface VisitTime {
  readonly on: LocalDate;
  readonly part: Daypart | null;
}

/** 预约: the day on which somebody goes to see a child. */
export interface Appointment extends VisitTime {
  readonly id: string;
  readonly childId: string;
  /** Those of one sentence share it. */
  readonly tripId: string | null;
  readonly directorId: string;
  readonly state: 'planned' | 'told' | 'missed';
  readonly told: boolean;
  /** The family says that somebody will be at home. */
  readonly atHome: boolean;
  /** When the family would rather have it. */
  readonly wish: VisitTime | null;
  readonly rev: number;
}

/** Whether and how the home of a child may be told of a visit. */
export interface VisitReach {
  readonly childId: string;
  /** Visits to this child are not announced (domain rules: HIGH by default). */
  readonly high: boolean;
  /** Nothing automatic goes to this family now; whoever asks must not learn why. */
  readonly held: boolean;
  /** Whether anybody at home has a phone with a confirmed chat. */
  readonly bound: boolean;
  /** Whom to call instead; null where nobody at home has a number. */
  readonly call: { readonly relation: string; readonly name: string; readonly phone: string } | null;
}

/** How families are told of visits. Dated and versioned like every setting. */
interface VisitPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** The evening before, in minutes since midnight. */
  readonly remindAtMinutes: number;
  /** Nobody plans a visit further ahead: such a day is a slip. */
  readonly farthestDays: number;
  /** So many days a visit of which nothing is on record stays in the list. */
  readonly missedShownDays: number;
}

export const VISIT_POLICY: VisitPolicy = {
  id: 'visit',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  remindAtMinutes: 18 * 60 + 30,
  farthestDays: 60,
  missedShownDays: 7,
};

/**
 * Why a home is not told by message; null where it is. A family that is held back for a report or a worry is the same as one
 * that no message reaches: whoever goes there may be the very person who must not know of it.
 */
export function untold({ high, held, bound }: VisitReach): 'high' | 'nobody' | null {
  if (high) return 'high';
  return bound && !held ? null : 'nobody';
}

/** When a visit is looked at next after its family was told at `now`: the evening before, or else the day after. */
export function afterTold(on: LocalDate, now: Date): Date {
  const eve = addDays(on, -1);
  return shanghaiDate(now) < eve ? shanghaiInstant(eve, VISIT_POLICY.remindAtMinutes) : dayAfter(on);
}

/** A visit that was only noted is looked at again when its day is over. */
export function dayAfter(on: LocalDate): Date {
  return shanghaiInstant(addDays(on, 1), 0);
}

/** A day and its part, as it is said to a worker. */
export function timeSaid({ on, part }: VisitTime): Say {
  return part === null
    ? say('visit-plan.on', { on })
    : say('visit-plan.on-part', { on, part: say(`daypart.${part}`) });
}

/** The same to a family: 今天 and 明天 by their names, with the date beside. */
export function timeTold({ on, part }: VisitTime, today: LocalDate): Say {
  const near = on === today ? 'today' : on === addDays(today, 1) ? 'tomorrow' : 'later';
  const day = say(`visit-told.day-${near}`, { on });
  return part === null ? day : say('visit-told.part', { day, part: say(`daypart.${part}`) });
}

/** The buttons under a visit that a family is told of; whoever said that somebody is at home is not asked again. */
export function visitAnswers(id: string, isSaid: boolean): readonly Option[] {
  const change = commandOption('visit-wish', id, say('visit-told.change-time'));
  return isSaid ? [change] : [commandOption('visit-home', id, say('visit-told.home')), change];
}
