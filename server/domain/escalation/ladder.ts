import { type LocalDate, addDays, shanghaiDate, shanghaiInstant, shanghaiMinutes } from '../local-date.ts';

export type LadderRole = 'supervisor' | 'deputy' | 'county-desk' | 'county-leader';

/** From so many minutes after the opening on, this role is paged as well. */
export interface LadderStep<Role extends string = LadderRole> {
  readonly afterMinutes: number;
  readonly role: Role;
}

/** How often an unacknowledged report is paged. */
export interface PageSchedule {
  readonly firstEveryMinutes: number;
  readonly firstForMinutes: number;
  readonly thenEveryMinutes: number;
  readonly thenUntilMinutes: number;
  /** Hours of the day, in minutes since midnight in Asia/Shanghai, rising; for ever. */
  readonly atLastDailyMinutes: readonly number[];
}

/** A dated setting; every opened report keeps a snapshot of it. */
export interface LadderPolicy<Role extends string = LadderRole> {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  readonly steps: readonly LadderStep<Role>[];
  readonly pages: PageSchedule;
}

/** What is asked of whoever took a report, until its reporter has heard the outcome. */
export interface AnswerTargets {
  /** Without a first step for so many minutes after 收到 the report opens again. */
  readonly firstStepMinutes: number;
  /** After a step it opens again at this time of the day… */
  readonly nextStepAtMinutes: number;
  /** …once so many minutes have passed without another. */
  readonly nextStepAfterMinutes: number;
  /** So many days after the outcome its reporter is to have heard it. */
  readonly feedbackDays: number;
}

/** The ladder of a mandatory report: it ends in an outcome, not in 收到. */
export interface ReportLadderPolicy extends LadderPolicy {
  readonly answers: AnswerTargets;
}

/** No law gives a number of minutes: these are our service target and are called that. */
export const DEFAULT_LADDER_POLICY: ReportLadderPolicy = {
  id: 'ladder',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  steps: [
    { afterMinutes: 0, role: 'supervisor' },
    { afterMinutes: 10, role: 'deputy' },
    { afterMinutes: 20, role: 'county-desk' },
    { afterMinutes: 30, role: 'county-leader' },
  ],
  pages: {
    firstEveryMinutes: 10,
    firstForMinutes: 120,
    thenEveryMinutes: 60,
    thenUntilMinutes: 24 * 60,
    atLastDailyMinutes: [8 * 60, 13 * 60, 19 * 60],
  },
  answers: {
    firstStepMinutes: 30,
    nextStepAtMinutes: 9 * 60,
    nextStepAfterMinutes: 12 * 60,
    feedbackDays: 3,
  },
};

/**
 * 请回电话: a worry that could not be told. Slower than a report, for nobody called for help; the morning's question comes
 * every day until the call has an outcome. No source gives a number of minutes.
 */
export const CALL_LADDER_POLICY: LadderPolicy = {
  id: 'call-ladder',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  steps: [
    { afterMinutes: 0, role: 'supervisor' },
    { afterMinutes: 30, role: 'deputy' },
    { afterMinutes: 120, role: 'county-desk' },
  ],
  pages: {
    firstEveryMinutes: 30,
    firstForMinutes: 30,
    thenEveryMinutes: 90,
    thenUntilMinutes: 120,
    atLastDailyMinutes: [8 * 60],
  },
};

/** 没接: so long until the same call is asked for again, or sooner by the schedule (our default). */
export const CALL_AGAIN_MINUTES = 30;

const MINUTE_MS = 60_000;

/** The pages of the first day, in minutes after the opening, rising, beginning with 0. */
export function pageOffsetsMinutes(pages: PageSchedule): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at <= pages.firstForMinutes; at += pages.firstEveryMinutes) offsets.push(at);
  const hourly = pages.firstForMinutes + pages.thenEveryMinutes;
  for (let at = hourly; at <= pages.thenUntilMinutes; at += pages.thenEveryMinutes) offsets.push(at);
  return offsets;
}

/** The instant of page `n` (0 is the opening itself). There is always a next one: a ladder never gives up. */
export function nextPage(openedAt: Date, n: number, pages: PageSchedule = DEFAULT_LADDER_POLICY.pages): Date {
  const offsets = pageOffsetsMinutes(pages);
  const offset = offsets[n];
  if (offset !== undefined) return new Date(openedAt.getTime() + offset * MINUTE_MS);
  const lastOfFirstDay = new Date(openedAt.getTime() + (offsets.at(-1) ?? 0) * MINUTE_MS);
  return dailyPage(lastOfFirstDay, n - offsets.length, pages.atLastDailyMinutes);
}

/**
 * The first page of the schedule after `now`. Pages that fell into an outage are one page, sent at its end: nobody is
 * helped by seventy of them at once.
 */
export function nextPageAfter(openedAt: Date, from: number, pages: PageSchedule, now: Date): Date {
  let n = from;
  while (nextPage(openedAt, n, pages) <= now) n += 1;
  return nextPage(openedAt, n, pages);
}

/** When a report that somebody took opens again, unless another step is on record by then. */
export function staleAt(takenAt: Date, lastStepAt: Date | null, targets: AnswerTargets): Date {
  if (lastStepAt === null || lastStepAt < takenAt)
    return new Date(takenAt.getTime() + targets.firstStepMinutes * MINUTE_MS);
  const earliest = new Date(lastStepAt.getTime() + targets.nextStepAfterMinutes * MINUTE_MS);
  return nextAtTime(earliest, targets.nextStepAtMinutes);
}

const HALF_A_DAY_MS = 12 * 60 * MINUTE_MS;

/** When an answer that is due is asked for next: the first such time that is half a day ahead. */
export function morningAfter(at: Date, { nextStepAtMinutes }: AnswerTargets): Date {
  return nextAtTime(new Date(at.getTime() + HALF_A_DAY_MS), nextStepAtMinutes);
}

/** The first time of the day `minutes` at or after an instant. */
export function nextAtTime(from: Date, minutes: number): Date {
  const today = shanghaiInstant(shanghaiDate(from), minutes);
  return today >= from ? today : shanghaiInstant(addDays(shanghaiDate(from), 1), minutes);
}

/** The roles paged so many minutes after the opening, lowest rung first; who was paged once stays in. */
export function rolesAt<Role extends string>(
  ladder: readonly LadderStep<Role>[],
  minutesSinceOpened: number,
): readonly Role[] {
  const reached = ladder.filter(({ afterMinutes }) => afterMinutes <= minutesSinceOpened);
  const climbing = reached.toSorted((a, b) => a.afterMinutes - b.afterMinutes);
  return [...new Set(climbing.map(({ role }) => role))];
}

/** The `index`-th of the daily hours that lie after `after`. */
function dailyPage(after: Date, index: number, hours: readonly number[]): Date {
  const passed = hours.filter((minutes) => minutes <= shanghaiMinutes(after)).length;
  const position = passed + index;
  const day = addDays(shanghaiDate(after), Math.floor(position / hours.length));
  return shanghaiInstant(day, hours[position % hours.length] ?? 0);
}

/** Whether it is at or after the first of the daily hours, the morning's own. */
export function hasMorningCome(
  at: Date,
  { atLastDailyMinutes }: Pick<PageSchedule, 'atLastDailyMinutes'>,
): boolean {
  return shanghaiMinutes(at) >= Math.min(...atLastDailyMinutes);
}
