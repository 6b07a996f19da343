import { waitsForTry } from '../domain/cadence/next-try.ts';
import type { Duty, Standing } from '../domain/cadence/duty.ts';
import { policiesFor, policyAt } from '../domain/cadence/policy-timeline.ts';
import type { CarePolicy } from '../domain/cadence/policy.ts';
import { isOverdueStage, stagesDue, upcomingStageDays, type DueStage } from '../domain/cadence/stages.ts';
import { standingFromSummary } from '../domain/cadence/standing.ts';
import { followUpStage, ownersOf, type DueFollowUp } from '../domain/follow-up.ts';
import { addDays, partsOf, shanghaiInstant, type LocalDate } from '../domain/local-date.ts';
import { insertOnce, type Write } from '../services/batch.ts';
import type { PlannedWorkRow } from '../store/generated/tables.ts';
import { DigestRound, type Waiting } from './plan-digests.ts';
import type { Place, PlannedChild, PlannerPorts, Responsibility } from './planner-ports.ts';

export type { PlannerPorts } from './planner-ports.ts';

/** Children per slice: small enough to leave the event loop free for urgent work in between. */
const SLICE = 500;

/** What one run did, for the log and for whoever watches. */
export interface PlanResult {
  readonly children: number;
  readonly stages: number;
  readonly digests: number;
}

/** A child with something outstanding, and the stages that have come due. */
interface LookedAt {
  readonly child: PlannedChild;
  readonly village: Village;
  readonly standing: Standing;
  readonly due: readonly DueStage[];
  /** Stages of the last planned day itself that came to be after it was planned, if they are not on record. */
  readonly perhaps: readonly DueStage[];
  /** A director was kept from the child and tries again on a later day. */
  readonly waits: boolean;
}

/** The rules of a county on the planned day. */
interface CountyRules {
  readonly timeline: readonly CarePolicy[];
  readonly policy: CarePolicy;
  /** Stage days to come by the duty they belong to: many thousands of children share them. */
  readonly upcoming: Map<string, readonly LocalDate[]>;
}

/** Where a child lives and what holds there: looked up once for all children of a village. */
interface Village {
  readonly place: Place;
  readonly rules: CountyRules;
}

/**
 * Plans `today`: every stage that came due since the last planned day, however long ago that was (no look-back window),
 * and one digest per person at the hour they chose. Everything has a deterministic key, so that a second run, or one
 * after a crash half-way, creates nothing twice.
 */
export async function planDay(ports: PlannerPorts, today: LocalDate): Promise<PlanResult> {
  const after = await ports.lastPlannedOn();
  const [policies, responsibility] = await Promise.all([ports.policies(), ports.responsibility(today)]);
  const run = new PlanRun(ports, responsibility, policies, after, today);
  for (let cursor = ''; ;) {
    const children = await ports.childrenAfter(today, cursor, SLICE);
    const last = children.at(-1);
    if (!last) break;
    await run.take(children);
    cursor = last.id;
    await ports.breathe();
  }
  return run.finish();
}

class PlanRun {
  private readonly ports: PlannerPorts;
  private readonly responsibility: Responsibility;
  private readonly policies: readonly CarePolicy[];
  private readonly rules = new Map<string | null, CountyRules>();
  private readonly villages = new Map<string, Village>();
  private readonly after: LocalDate | null;
  private readonly today: LocalDate;
  private readonly directors = new Map<string, Waiting>();
  private readonly townships = new Map<string, Waiting>();
  private children = 0;
  private stages = 0;

  constructor(
    ports: PlannerPorts,
    responsibility: Responsibility,
    policies: readonly CarePolicy[],
    after: LocalDate | null,
    today: LocalDate,
  ) {
    this.ports = ports;
    this.responsibility = responsibility;
    this.policies = policies;
    this.after = after;
    this.today = today;
  }

  async take(children: readonly PlannedChild[]): Promise<void> {
    const at = this.ports.now().toISOString();
    const seen = children.map((child) => this.look(child)).filter((one) => one !== null);
    const perhaps = seen.flatMap((one) => one.perhaps.map((stage) => stage.key));
    const known = perhaps.length === 0 ? new Set<string>() : await this.ports.plannedAlready(perhaps);
    const writes: Write[] = [];
    for (const one of seen) {
      const { perhaps: fresh } = one;
      const due =
        fresh.length === 0 ? one.due : [...fresh.filter((stage) => !known.has(stage.key)), ...one.due];
      this.note(one, due);
      for (const stage of due) writes.push(insertOnce('PlannedWork', workRow(one.child, stage, at)));
    }
    this.children += children.length;
    this.stages += writes.length;
    if (writes.length > 0) await this.ports.commit({ guards: [], writes });
  }

  async finish(): Promise<PlanResult> {
    for (const f of await this.ports.dueFollowUps(this.today)) this.noteFollowUp(f);
    await this.noteMissed();
    const round = new DigestRound(this.ports, this.responsibility, this.today);
    const groups = await round.writesFor(this.directors, this.townships);
    for (let first = 0; first < groups.length; first += SLICE) {
      await this.ports.commit({ guards: [], writes: groups.slice(first, first + SLICE).flat() });
      await this.ports.breathe();
    }
    await this.ports.commit({
      guards: [],
      writes: [...this.calendarNotices(), ...this.ports.plannedWrites(this.today, this.ports.now())],
    });
    return { children: this.children, stages: this.stages, digests: groups.length };
  }

  private look(child: PlannedChild): LookedAt | null {
    const { workingDays } = this.ports;
    const village = this.villageOf(child.villageCode);
    const { timeline, policy } = village.rules;
    const { child: facts, summary } = child.cadence;
    const standing = standingFromSummary(facts, summary, timeline, this.today);
    if (standing.open.length === 0 && standing.overdue.length === 0) return null;
    const came = stagesDue(standing, policy, workingDays, this.after, this.today);
    const tryOn = facts.pending?.obstacle?.tryOn ?? null;
    const waits = waitsForTry(tryOn, standing, this.today);
    const due = [
      ...(waits ? came.map((stage) => ({ ...stage, merged: true })) : came),
      ...this.retry(tryOn, standing),
    ];
    const { after } = this;
    if (after === null || !standing.open.some(({ from }) => from === after))
      return { child, village, standing, due, perhaps: [], waits };
    // What came to be on the last planned day after it was planned: a child imported at noon, a tier raised at four.
    const isFresh = ({ kind, from }: DueStage['duty']) =>
      from === after && (!CALENDAR.has(kind) || facts.dutiesFrom === after);
    const perhaps = stagesDue(standing, policy, workingDays, addDays(after, -1), after)
      .filter(({ duty }) => isFresh(duty))
      .map((stage) => ({ ...stage, merged: due.some(({ duty }) => duty.key === stage.duty.key) }));
    return { child, village, standing, due, perhaps, waits };
  }

  /** The day of the next try after 去不了: the duty that waits longest is told again. */
  private retry(tryOn: LocalDate | null, { overdue, open }: Standing): readonly DueStage[] {
    if (tryOn === null || tryOn > this.today || (this.after !== null && tryOn <= this.after)) return [];
    const duty = overdue[0]?.duty ?? open[0];
    if (!duty) return [];
    return [{ key: `${duty.key}:retry-${tryOn}`, duty, stage: 'retry', on: tryOn, merged: false }];
  }

  private note({ child, village, standing, waits }: LookedAt, due: readonly DueStage[]): void {
    const { place, rules } = village;
    const directors = place.directorsOf(child.id);
    // Where a director has named the day of the next try, nothing is repeated before it.
    if (!waits) {
      for (const director of directors) {
        const waiting = waitingOf(this.directors, director);
        for (const duty of standing.open) waiting.upcoming.add(this.upcomingOf(duty, rules));
        this.wait(waiting, due);
      }
    }
    if (place.townshipCode === null) return;
    const found = due.filter(({ stage }) => isFinding(stage, directors.length));
    // What will be overdue is for the families to decide: no day to come is foreseen for whoever supervises.
    if (found.length > 0) this.wait(waitingOf(this.townships, place.townshipCode), found);
  }

  /** A follow-up is told to its owner; where nobody owns it any more, to the directors, then to whoever supervises. */
  private noteFollowUp(f: DueFollowUp): void {
    const stage = followUpStage(f.dueOn, this.after, this.today);
    if (stage === null) return;
    const item = { stage, tier: 'medium', kind: 'follow-up', dueOn: f.dueOn } as const;
    const { place } = this.villageOf(f.villageCode);
    const directors = place.directorsOf(f.childId);
    const owners = ownersOf(f, directors).filter((id) => this.responsibility.director(id) !== null);
    const township = place.townshipCode;
    const supervisors = township === null ? [] : this.responsibility.supervisorsOf(township);
    for (const id of owners.length > 0 ? owners : supervisors.map((s) => s.workerId))
      waitingOf(this.directors, id).items.push(item);
  }

  /**
   * A visit that was agreed on and is not on record is told on the morning after its day. It never breaks the month's
   * budget: then it rides along with the next digest.
   */
  private async noteMissed(): Promise<void> {
    const { today, after } = this;
    if (after === null) return;
    for (const { directorId, on: dueOn } of await this.ports.missedVisits(after, today))
      waitingOf(this.directors, directorId).items.push({
        stage: 'retry',
        tier: 'medium',
        kind: 'visit',
        dueOn,
      });
  }

  private wait(waiting: Waiting, due: readonly DueStage[]): void {
    for (const { stage, duty, on } of due) {
      waiting.items.push({ stage, tier: duty.tier, kind: duty.kind, dueOn: duty.dueOn });
      const isLate = this.after !== null && on > this.after && on < this.today;
      if (isLate && (waiting.lateSince === null || on < waiting.lateSince)) waiting.lateSince = on;
    }
  }

  private upcomingOf(duty: Duty, { policy, upcoming }: CountyRules): readonly LocalDate[] {
    const key = duty.from + duty.dueOn;
    const known = upcoming.get(key);
    if (known) return known;
    const days = upcomingStageDays([duty], policy, this.ports.workingDays, this.today);
    upcoming.set(key, days);
    return days;
  }

  private calendarNotices(): Write[] {
    const { year } = partsOf(this.today);
    if (this.ports.workingDays.isPublished(year)) return [];
    return this.responsibility.desks.map((desk) =>
      this.ports.calendarNotice(desk, year, shanghaiInstant(this.today, desk.account.digestMinutes)),
    );
  }

  private villageOf(code: string): Village {
    const known = this.villages.get(code);
    if (known) return known;
    const place = this.responsibility.placeOf(code);
    const village = { place, rules: this.rulesOf(place.countyCode) };
    this.villages.set(code, village);
    return village;
  }

  private rulesOf(county: string | null): CountyRules {
    const known = this.rules.get(county);
    if (known) return known;
    const timeline = policiesFor(this.policies, county);
    const rules = { timeline, policy: policyAt(timeline, this.today), upcoming: new Map() };
    this.rules.set(county, rules);
    return rules;
  }
}

function waitingOf(people: Map<string, Waiting>, id: string): Waiting {
  const known = people.get(id);
  if (known) return known;
  const made: Waiting = { items: [], upcoming: new Set(), lateSince: null };
  people.set(id, made);
  return made;
}

/** Duties of a calendar month or quarter; every other begins with something that happened. */
const CALENDAR: ReadonlySet<string> = new Set(['visit', 'contact', 'home-visit']);

/**
 * Whoever supervises hears of every overdue stage; of a child without director, of every stage; of a child for whom
 * several directors answer alike, when a duty begins.
 */
function isFinding(stage: DueStage['stage'], directors: number): boolean {
  return isOverdueStage(stage) || directors === 0 || (directors > 1 && stage === 'start');
}

/** The next instant at which the planner has something to do: the beginning of the next day in Shanghai. */
export function nextPlanAt(lastPlannedOn: LocalDate | null): Date {
  return lastPlannedOn === null ? new Date(0) : shanghaiInstant(addDays(lastPlannedOn, 1), 0);
}

function workRow(
  { id }: PlannedChild,
  { key, stage, on, duty, merged }: DueStage,
  at: string,
): PlannedWorkRow {
  return {
    key,
    childId: id,
    personId: null,
    kind: duty.kind,
    periodStart: duty.periodStart,
    stage,
    stageOn: on,
    dueOn: duty.dueOn,
    tier: duty.tier,
    plannedAt: at,
    state: merged ? 'merged' : 'planned',
    toldAt: null,
    toldIn: null,
  };
}
