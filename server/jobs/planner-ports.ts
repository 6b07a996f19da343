import type { CarePolicy } from '../domain/cadence/policy.ts';
import type { WorkingDays } from '../domain/calendar/working-days.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { MissedVisit } from '../domain/family/missed-visit.ts';
import type { DueFollowUp } from '../domain/follow-up.ts';
import type { Batch, Write } from '../services/batch.ts';
import type { Cadence } from '../services/cadence-record.ts';
import type { ChatAccountRow, OutboxRow } from '../store/generated/tables.ts';

/** What the planner reads of a child. */
export interface PlannedChild {
  readonly id: string;
  readonly villageCode: string;
  readonly cadence: Cadence;
}

/** Somebody who may get a digest. */
export interface Recipient {
  readonly workerId: string;
  readonly account: Pick<ChatAccountRow, 'id' | 'digestMinutes' | 'quietFromMinutes' | 'quietUntilMinutes'>;
}

/** A county desk, with its whole account. */
export interface Desk extends Recipient {
  readonly account: ChatAccountRow;
}

/** A village: what it belongs to, and who answers for its children. */
export interface Place {
  readonly townshipCode: string | null;
  readonly countyCode: string | null;
  /** The directors of a child; empty where nobody is assigned. */
  directorsOf(childId: string): readonly string[];
}

/** Who answers for which village and township on a day; read once per run. */
export interface Responsibility {
  /** A village nobody knows belongs to nothing and has no directors. */
  placeOf(villageCode: string): Place;
  /** The account of a director on the primary channel. */
  director(workerId: string): Recipient | null;
  /** Whoever supervises a township; where nobody does, the deputy, then the county desk. */
  supervisorsOf(townshipCode: string): readonly Recipient[];
  readonly desks: readonly Desk[];
}

/** What a digest row refers to, in its `refs`: codes and days, no personal data. */
export interface DigestRefs {
  /** The day it was planned for. */
  readonly on: LocalDate;
  /** Since when it waits, where an outage held it up. */
  readonly lateSince?: LocalDate;
  /** The townships a supervisor's digest is about. */
  readonly townships?: readonly string[];
  /** The reader is a director as well: their own children stand in the same message. */
  readonly own?: true;
  /** The directors of whom it said that they may have received nothing; written when it goes. */
  readonly silent?: readonly string[];
}

/** A digest of an earlier day that never went out. */
export interface UnsentDigest {
  readonly rowId: string;
  readonly workerId: string;
  readonly kind: Exclude<OutboxRow['kind'], 'says'>;
  readonly refs: DigestRefs;
}

export interface PlannerPorts {
  /** Children still in the system on `today`, in the order of their ids. */
  childrenAfter(today: LocalDate, afterId: string, limit: number): Promise<readonly PlannedChild[]>;
  policies(): Promise<readonly CarePolicy[]>;
  responsibility(today: LocalDate): Promise<Responsibility>;
  /** Digests each person had between two days, by session key. */
  digestsBetween(from: LocalDate, before: LocalDate): Promise<ReadonlyMap<string, number>>;
  /** Digests planned for days before `today` that still wait. */
  unsentDigests(today: LocalDate): Promise<readonly UnsentDigest[]>;
  /** The open follow-ups due on `today` or before. */
  dueFollowUps(today: LocalDate): Promise<readonly DueFollowUp[]>;
  /** Visits that were agreed on for these days before `today` and are not on record. */
  missedVisits(from: LocalDate, today: LocalDate): Promise<readonly MissedVisit[]>;
  /** Which of these stages are on record already. */
  plannedAlready(stageKeys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Ends the wait of a digest that a newer one replaces. */
  superseded(rowId: string): Write;
  /** The message that a year's holidays are not published, at `at`; the same desk and year twice is one message. */
  calendarNotice(desk: Desk, year: number, at: Date): Write;
  lastPlannedOn(): Promise<LocalDate | null>;
  plannedWrites(today: LocalDate, at: Date): readonly Write[];
  commit(batch: Batch): Promise<void>;
  breathe(): Promise<void>;
  now(): Date;
  newId(): string;
  readonly workingDays: WorkingDays;
}
