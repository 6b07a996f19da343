import { type WorkingDays, workingDayUpTo } from '../calendar/working-days.ts';
import { type LocalDate, fromDayNumber, monthEnd, toDayNumber } from '../local-date.ts';
import type { Duty, Standing } from './duty.ts';
import { dayAfter } from './periods.ts';
import type { CarePolicy } from './policy.ts';

/** start, d10, d3, d0 before the due day; overdue1, overdue3, overdue7 after it; then overdueW1, overdueW2 … for ever. */
export type Stage = 'start' | 'retry' | `d${number}` | `overdue${number}` | `overdueW${number}`;

const LONGEST_HOLIDAY_DAYS = 21; // more than any 放假安排 has joined together

/** A stage and the day it falls on. */
export interface PlannedStage {
  readonly stage: Stage;
  readonly on: LocalDate;
}

/** A stage that has come due and was not planned yet. */
export interface DueStage extends PlannedStage {
  /** `duty:{child}:{kind}:{periodStart}:{stage}` */
  readonly key: string;
  readonly duty: Duty;
  /** A later stage of the same duty came due as well: only that one is sent, this one is only recorded. */
  readonly merged: boolean;
}

/** Whether a stage falls after the due day. */
export function isOverdueStage(stage: Stage): boolean {
  return stage.startsWith('overdue');
}

/**
 * The stages of a duty that fall after `after` (null: from the first) up to `until`, by day; the overdue ones among
 * them hold only for a duty that was missed. A stage on a day off moves to the working day before, but never before
 * the duty is owed, and an overdue stage never before the first overdue day (our default).
 */
export function stagesOf(
  duty: Duty,
  policy: CarePolicy,
  workingDays: WorkingDays,
  until: LocalDate,
  after: LocalDate | null = null,
): readonly PlannedStage[] {
  const stages: PlannedStage[] = [];
  const lowest = after === null ? -Infinity : toDayNumber(after) + 1;
  const highest = toDayNumber(until) + LONGEST_HOLIDAY_DAYS;
  const add = (stage: Stage, nominal: number, earliest: LocalDate) => {
    if (nominal < lowest || nominal > highest) return; // a stage never moves later, nor earlier by more than a holiday
    const on = workingDayUpTo(workingDays, fromDayNumber(nominal), earliest);
    if (on <= until && (after === null || on > after)) stages.push({ stage, on });
  };
  addBeforeDue(duty, policy, add);
  if (duty.status === 'missed') addAfterDue(duty, policy, { lowest, highest }, add);
  return stages;
}

/**
 * The stages of a child's open and overdue duties that came due after `after` (null: since ever) up to `until`. No window
 * looks back a fixed time, so no outage loses a stage: what was skipped is returned as merged into the latest.
 */
export function stagesDue(
  standing: Standing,
  policy: CarePolicy,
  workingDays: WorkingDays,
  after: LocalDate | null,
  until: LocalDate,
): readonly DueStage[] {
  const due: DueStage[] = [];
  const add = (duty: Duty) => {
    const stages = stagesOf(duty, policy, workingDays, until, after);
    for (const [index, { stage, on }] of stages.entries())
      due.push({ key: `${duty.key}:${stage}`, duty, stage, on, merged: index < stages.length - 1 });
  };
  for (const { duty } of standing.overdue) add(duty);
  for (const duty of standing.open) add(duty);
  return due;
}

/** The days after `today` on which the open duties of one person's children have a stage this month, each once. */
export function upcomingStageDays(
  standings: readonly Standing[],
  policy: CarePolicy,
  workingDays: WorkingDays,
  today: LocalDate,
): readonly LocalDate[] {
  const end = monthEnd(today);
  const days = new Set<LocalDate>();
  for (const duty of standings.flatMap(({ open }) => open)) {
    for (const { on } of stagesOf(duty, policy, workingDays, end, today)) days.add(on);
  }
  return [...days].sort();
}

type AddStage = (stage: Stage, nominalDay: number, earliest: LocalDate) => void;

function addBeforeDue({ from, dueOn }: Duty, { stagesBeforeDays }: CarePolicy, add: AddStage): void {
  const [first, due] = [toDayNumber(from), toDayNumber(dueOn)];
  add('start', first, from);
  for (const days of stagesBeforeDays) {
    const isSaidByStart = due - days < first || (due - days === first && days > 0);
    if (!isSaidByStart) add(`d${days}`, due - days, from);
  }
}

function addAfterDue(
  { dueOn }: Duty,
  { overdueAfterDays, overdueEveryDays }: CarePolicy,
  window: { readonly lowest: number; readonly highest: number },
  add: AddStage,
): void {
  const due = toDayNumber(dueOn);
  const earliest = dayAfter(dueOn);
  for (const days of overdueAfterDays) add(`overdue${days}`, due + days, earliest);
  const last = due + (overdueAfterDays.at(-1) ?? 0);
  const firstWeek = Math.max(1, Math.ceil((window.lowest - last) / overdueEveryDays));
  for (let week = firstWeek; last + week * overdueEveryDays <= window.highest; week += 1) {
    add(`overdueW${week}`, last + week * overdueEveryDays, earliest);
  }
}
