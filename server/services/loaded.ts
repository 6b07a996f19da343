import type { ChildFacts } from '../domain/cadence/child-facts.ts';
import type { Sent } from '../domain/files/file-ref.ts';
import type { CaseChild } from '../domain/caseload.ts';
import type { RosterSnapshot } from '../domain/escalation/roster-snapshot.ts';
import type {
  AbsenceRow,
  BindingRow,
  ObstacleRow,
  AreaRow,
  CallRequestRow,
  ChatAccountRow,
  MandatoryReportRow,
  ReportEntryRow,
  WorkerRow,
} from '../store/generated/tables.ts';

/** What somebody said, as it is kept until its turn is done. */
export interface InboxBody {
  readonly kind: 'text' | 'option' | 'wake' | Sent['kind'];
  readonly text: string;
  /** When it was written, where the channel knows: without a signal a message may arrive a day later. */
  readonly sentAt?: string;
  /** What came besides words; its bytes were stored with this message. */
  readonly sent?: Sent;
  /** A file that the channel holds for us until it is fetched, and the id it will be kept under. */
  readonly awaits?: { readonly mediaId: string; readonly fileId: string; readonly seconds?: number };
}

export interface InboxMessage {
  readonly seq: number;
  readonly channel: string;
  readonly externalId: string;
  readonly accountId: string;
  readonly sessionKey: string;
  readonly receivedAt: string;
  readonly attempts: number;
  readonly body: InboxBody;
}

export interface StoredSession {
  readonly key: string;
  /** 0 where no row exists yet. */
  readonly rev: number;
  readonly body: string | null;
}

/** A chat account and who is behind it. */
export interface AccountHolder {
  readonly account: ChatAccountRow;
  readonly worker: WorkerRow | null;
  readonly area: AreaRow | null;
  /** The county and township a stranger's or a family's words belong to; null where nobody knows. */
  readonly familyVillage: AreaRow | null;
}

/** Roles that can be on duty for an area. */
export type DutyRole = 'supervisor' | 'deputy' | 'county-desk' | 'county-leader';

/** Somebody who fills a role on a day, with the account that reaches them. */
export interface RoleHolder {
  readonly workerId: string;
  readonly role: DutyRole;
  readonly areaCode: string;
  readonly name: string;
  readonly phone: string | null;
  readonly account: ChatAccountRow | null;
}

/** Who fills the roles of some areas on a day, and the roster that says so. */
export interface DutyToday {
  readonly holders: readonly RoleHolder[];
  readonly roster: RosterSnapshot;
}

/** Somebody a report names: by whom it came, or who took it. */
export interface Callable {
  readonly name: string;
  readonly phone: string | null;
  /** A worker's role, or what they are to the child. */
  readonly role: WorkerRow['role'] | 'guardian' | 'carer';
}

/** A child of somebody's caseload, with what is owed today. */
export interface LoadedChild extends CaseChild {
  readonly rev: number;
  readonly villageCode: string;
}

/** A report with its story, for one of those who were told of it. */
export interface LoadedReport {
  readonly report: MandatoryReportRow;
  /** Its lines and those of the reports that were joined to it, in order of time. */
  readonly entries: readonly ReportEntryRow[];
  /** Who was told of it and may read it. */
  readonly recipientIds: readonly string[];
  /** Who must not hear of it. */
  readonly excludedIds: readonly string[];
}

/** A call that is not closed, for one of those who were asked to make it. */
export interface LoadedCall {
  readonly call: CallRequestRow;
  readonly director: { readonly name: string; readonly phone: string | null };
  /** Whoever made it; empty while nobody has. */
  readonly madeBy: string;
  readonly childId: string;
  readonly childName: string;
  /** The note of the record the worry stands in. */
  readonly note?: string | null;
  /** How many voice messages came with that record and wait for somebody to listen. */
  readonly voices?: number;
  readonly recipientIds: readonly string[];
}

/** A child's whole history as the rules read it, with the revision it was read at. */
export interface ChildHistory {
  readonly childId: string;
  readonly rev: number;
  readonly facts: ChildFacts;
  /** Every absence and return on record, whatever became of it. */
  readonly absences: readonly AbsenceRow[];
  /** Every obstacle on record. */
  readonly obstacles: readonly ObstacleRow[];
  /** What keeps a director from the child now. */
  readonly obstacle: ObstacleRow | null;
}

/** A phone that says whose it is. */
export interface LoadedBinding {
  readonly binding: BindingRow;
  readonly account: ChatAccountRow;
}
