import type { Standing } from '../domain/cadence/duty.ts';
import { policiesFor, policyAt } from '../domain/cadence/policy-timeline.ts';
import type { CarePolicy } from '../domain/cadence/policy.ts';
import { isOverdueStage, stagesDue, upcomingStageDays, type DueStage } from '../domain/cadence/stages.ts';
import { standingFromSummary } from '../domain/cadence/standing.ts';
import type { WorkingDays } from '../domain/calendar/working-days.ts';
import { addDays, shanghaiInstant, weekdayOf, type LocalDate } from '../domain/local-date.ts';
import { DEFAULT_LOAD_POLICY, digestDecision, type DigestItem } from '../domain/reminding/digest-budget.ts';
import { digestAt, nextAllowedAt } from '../domain/reminding/quiet-hours.ts';
import { insertOnce, type Batch, type Write } from '../services/batch.ts';
import { readCadence } from '../services/cadence-record.ts';
import type { ChatAccountRow, OutboxRow, PlannedWorkRow } from '../store/generated/tables.ts';

/** Children per slice: small enough to leave the event loop free for urgent work in between. */
const SLICE = 500;

/** What the planner reads of a child. */
export interface PlannedChild {
  readonly id: string;
  readonly villageCode: string;
  readonly cadence: string;
}

/** Somebody who may get a digest. */
export interface Recipient {
  readonly workerId: string;
  readonly account: ChatAccountRow;
}

/** Who answers for which village and township on a day; read once per run. */
export interface Responsibility {
  /** The directors of a child; empty where nobody is assigned. */
  directorsOf(childId: string, villageCode: string): readonly string[];
  townshipOf(villageCode: string): string | null;
  countyOf(villageCode: string): string | null;
  /** The account of a director on the primary channel. */
  director(workerId: string): Recipient | null;
  /** Whoever supervises a township; where nobody does, the deputy, then the county desk. */
  supervisorsOf(townshipCode: string): readonly Recipient[];
  readonly desks: readonly Recipient[];
}

export interface PlannerPorts {
  childrenAfter(afterId: string, limit: number): Promise<readonly PlannedChild[]>;
  policies(): Promise<readonly CarePolicy[]>;
  responsibility(today: LocalDate): Promise<Responsibility>;
  /** Digests each person had between two days, by session key. */
  digestsBetween(from: LocalDate, before: LocalDate): Promise<ReadonlyMap<string, number>>;
  lastPlannedOn(): Promise<LocalDate | null>;
  plannedWrites(today: LocalDate, at: Date): readonly Write[];
  commit(batch: Batch): Promise<void>;
  breathe(): Promise<void>;
  now(): Date;
  newId(): string;
  readonly workingDays: WorkingDays;
}

interface Waiting {
  readonly items: DigestItem[];
  readonly standings: Standing[];
}

/** What one run did, for the log and for whoever watches. */
export interface PlanResult {
  readonly children: number;
  readonly stages: number;
  readonly digests: number;
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
    const children = await ports.childrenAfter(cursor, SLICE);
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
  private readonly timelines = new Map<string | null, readonly CarePolicy[]>();
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
    const writes = children.flatMap((child) =>
      this.planChild(child).map((stage) => insertOnce('PlannedWork', workRow(child, stage, at))),
    );
    this.children += children.length;
    this.stages += writes.length;
    if (writes.length > 0) await this.ports.commit({ guards: [], writes });
  }

  async finish(): Promise<PlanResult> {
    const rows = [...(await this.directorDigests()), ...this.supervisorDigests(), ...this.countyTables()];
    for (let first = 0; first < rows.length; first += SLICE) {
      await this.ports.commit({
        guards: [],
        writes: rows.slice(first, first + SLICE).map((row) => insertOnce('Outbox', row)),
      });
      await this.ports.breathe();
    }
    await this.ports.commit({ guards: [], writes: this.ports.plannedWrites(this.today, this.ports.now()) });
    return { children: this.children, stages: this.stages, digests: rows.length };
  }

  private planChild(child: PlannedChild): readonly DueStage[] {
    const county = this.responsibility.countyOf(child.villageCode);
    const timeline = this.timelineOf(county);
    const { child: facts, summary } = readCadence(child.cadence);
    const standing = standingFromSummary(facts, summary, timeline, this.today);
    if (standing.open.length === 0 && standing.overdue.length === 0) return [];
    const due = stagesDue(
      standing,
      policyAt(timeline, this.today),
      this.ports.workingDays,
      this.after,
      this.today,
    );
    const directors = this.responsibility.directorsOf(child.id, child.villageCode);
    for (const director of directors) note(this.directors, director, standing, due);
    const township = this.responsibility.townshipOf(child.villageCode);
    const overdue = due.filter((stage) => isOverdueStage(stage.stage) || directors.length === 0);
    if (township !== null && overdue.length > 0) note(this.townships, township, standing, overdue);
    return due;
  }

  private timelineOf(county: string | null): readonly CarePolicy[] {
    const known = this.timelines.get(county) ?? policiesFor(this.policies, county);
    this.timelines.set(county, known);
    return known;
  }

  private async directorDigests(): Promise<OutboxRow[]> {
    const month = `${this.today.slice(0, 8)}01` as LocalDate;
    const had = await this.ports.digestsBetween(month, this.today);
    return [...this.directors].flatMap(([workerId, waiting]) => {
      const recipient = this.responsibility.director(workerId);
      if (
        !recipient ||
        waiting.items.length === 0 ||
        !this.mayGo(waiting, had.get(workerId) ?? 0, DEFAULT_LOAD_POLICY.directorDigestsPerMonth)
      )
        return [];
      return [this.digestRow(recipient, 'digest', `digest:${workerId}:${this.today}`)];
    });
  }

  /** Who supervises hears of every stage of an overdue child, at most once a day. */
  private supervisorDigests(): OutboxRow[] {
    return [...this.townships].flatMap(([township, waiting]) => {
      if (waiting.items.length === 0) return [];
      return this.responsibility
        .supervisorsOf(township)
        .map((recipient) =>
          this.digestRow(recipient, 'supervisor-digest', `digest:${recipient.workerId}:${this.today}`),
        );
    });
  }

  /** One table a week, on its first working day; late rather than never. */
  private countyTables(): OutboxRow[] {
    const monday = addDays(this.today, 1 - weekdayOf(this.today));
    let first = monday;
    while (!this.ports.workingDays.isWorkingDay(first) && first < addDays(monday, 6))
      first = addDays(first, 1);
    if (this.today < first) return [];
    return this.responsibility.desks.map((desk) =>
      this.digestRow(desk, 'county-table', `county-table:${desk.workerId}:${monday}`),
    );
  }

  private mayGo({ items, standings }: Waiting, sentThisMonth: number, budget: number): boolean {
    const policy = policyAt(this.timelineOf(null), this.today);
    const upcoming = upcomingStageDays(standings, policy, this.ports.workingDays, this.today);
    const { urgentWithinDays } = DEFAULT_LOAD_POLICY;
    return (
      digestDecision({
        today: this.today,
        items,
        sentThisMonth,
        upcomingStageDays: upcoming,
        budget,
        urgentWithinDays,
      }) === 'send'
    );
  }

  private digestRow({ workerId, account }: Recipient, kind: OutboxRow['kind'], key: string): OutboxRow {
    const quiet = { fromMinutes: account.quietFromMinutes, untilMinutes: account.quietUntilMinutes };
    const now = this.ports.now();
    const due = digestAt(this.today, account.digestMinutes, quiet);
    const goes = nextAllowedAt(due > now ? due : now, quiet);
    const late =
      this.after !== null && this.after < addDays(this.today, -1)
        ? { lateSince: addDays(this.after, 1) }
        : {};
    return {
      id: this.ports.newId(),
      key,
      lane: 'reminder',
      accountId: account.id,
      sessionKey: workerId,
      kind,
      refs: JSON.stringify({ on: this.today, ...late }),
      body: null,
      state: 'queued',
      createdAt: now.toISOString(),
      dueAt: due.toISOString(),
      notBefore: goes.toISOString(),
      retryAt: null,
      claimedAt: null,
      acceptedAt: null,
      attempts: 0,
      error: null,
      causeSeq: null,
      possiblyRepeated: false,
    };
  }
}

/** The next instant at which the planner has something to do: the beginning of the next day in Shanghai. */
export function nextPlanAt(lastPlannedOn: LocalDate | null): Date {
  return lastPlannedOn === null ? new Date(0) : shanghaiInstant(addDays(lastPlannedOn, 1), 0);
}

function note(people: Map<string, Waiting>, id: string, standing: Standing, due: readonly DueStage[]): void {
  const waiting = people.get(id) ?? { items: [], standings: [] };
  waiting.standings.push(standing);
  waiting.items.push(
    ...due.map(({ stage, duty }) => ({ stage, tier: duty.tier, kind: duty.kind, dueOn: duty.dueOn })),
  );
  people.set(id, waiting);
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
