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
  return stagesIn(windowOf(workingDays, until, after), duty, policy);
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
  const window = windowOf(workingDays, until, after);
  const due: DueStage[] = [];
  for (const { duty } of standing.overdue) addDue(due, duty, stagesIn(window, duty, policy));
  for (const duty of standing.open) addDue(due, duty, stagesIn(window, duty, policy));
  return due;
}

function addDue(due: DueStage[], duty: Duty, stages: readonly PlannedStage[]): void {
  for (let index = 0; index < stages.length; index += 1) {
    const planned = stages[index];
    if (planned)
      due.push({ key: `${duty.key}:${planned.stage}`, duty, ...planned, merged: index < stages.length - 1 });
  }
}

/** The days after `today` on which these open duties have a stage this month, each once. */
export function upcomingStageDays(
  open: readonly Duty[],
  policy: CarePolicy,
  workingDays: WorkingDays,
  today: LocalDate,
): readonly LocalDate[] {
  const end = monthEnd(today);
  const days = new Set<LocalDate>();
  for (const duty of open) {
    for (const { on } of stagesOf(duty, policy, workingDays, end, today)) days.add(on);
  }
  return [...days].sort();
}

/** The days between which stages are looked for; plain functions and no closures, which cost a name each. */
interface StageWindow {
  readonly workingDays: WorkingDays;
  readonly after: LocalDate | null;
  readonly until: LocalDate;
  /** The first and the last nominal day worth a look: a stage never moves later, nor earlier by more than a holiday. */
  readonly lowest: number;
  readonly highest: number;
}

function windowOf(workingDays: WorkingDays, until: LocalDate, after: LocalDate | null): StageWindow {
  const lowest = after === null ? -Infinity : toDayNumber(after) + 1;
  return { workingDays, after, until, lowest, highest: toDayNumber(until) + LONGEST_HOLIDAY_DAYS };
}

function stagesIn(window: StageWindow, duty: Duty, policy: CarePolicy): readonly PlannedStage[] {
  const stages: PlannedStage[] = [];
  addBeforeDue(stages, window, duty, policy);
  if (duty.status === 'missed') addAfterDue(stages, window, duty, policy);
  return stages;
}

function add(
  stages: PlannedStage[],
  { workingDays, after, until, lowest, highest }: StageWindow,
  stage: Stage,
  nominal: number,
  earliest: LocalDate,
): void {
  if (nominal < lowest || nominal > highest) return;
  const on = workingDayUpTo(workingDays, fromDayNumber(nominal), earliest);
  if (on <= until && (after === null || on > after)) stages.push({ stage, on });
}

function addBeforeDue(
  stages: PlannedStage[],
  window: StageWindow,
  { from, dueOn }: Duty,
  { stagesBeforeDays }: CarePolicy,
): void {
  const [first, due] = [toDayNumber(from), toDayNumber(dueOn)];
  add(stages, window, 'start', first, from);
  for (const days of stagesBeforeDays) {
    const isSaidByStart = due - days < first || (due - days === first && days > 0);
    if (!isSaidByStart) add(stages, window, `d${days}`, due - days, from);
  }
}

function addAfterDue(
  stages: PlannedStage[],
  window: StageWindow,
  { dueOn }: Duty,
  { overdueAfterDays, overdueEveryDays }: CarePolicy,
): void {
  const due = toDayNumber(dueOn);
  const earliest = dayAfter(dueOn);
  for (const days of overdueAfterDays) add(stages, window, `overdue${days}`, due + days, earliest);
  const last = due + (overdueAfterDays.at(-1) ?? 0);
  const firstWeek = Math.max(1, Math.ceil((window.lowest - last) / overdueEveryDays));
  for (let week = firstWeek; last + week * overdueEveryDays <= window.highest; week += 1) {
    add(stages, window, `overdueW${week}`, last + week * overdueEveryDays, earliest);
  }
}
