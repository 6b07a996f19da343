import type { Batch } from '../services/batch.ts';
import type { ChildFacts } from '../domain/cadence/child-facts.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type {
  AreaRow as AreaRecord,
  AssignmentRow,
  ChatAccountRow,
  ChildRow as ChildRecord,
  DutyRosterEntryRow,
  WorkerRow,
} from '../store/generated/tables.ts';
import type { ExistingChildren } from './read-children.ts';
import type { ExistingStaff } from './read-roster.ts';

/** Parents and carers are kept in the same way, in tables of their own. */
export type AdultKind = 'guardian' | 'carer';

/** How one adult stands to one child, as it is stored. */
export interface StoredLink {
  readonly id: string;
  readonly childId: string;
  readonly relation: string;
  readonly adultId: string;
  readonly adultName: string;
  /** Workplace of a guardian, first day of a carer's term. */
  readonly first: string | null;
  /** Away since, for a guardian; last day of a carer's term. */
  readonly second: string | null;
}

/** What writing a roster needs of the store. Personal columns come readable and are handed over readable. */
export interface RosterStore extends ExistingChildren, ExistingStaff {
  areas(): Promise<readonly AreaRecord[]>;
  workers(): Promise<readonly WorkerRow[]>;
  /** Assignments of whole villages, and duty terms, that have not ended before `today`. */
  openTerms(today: LocalDate): Promise<{
    readonly assignments: readonly AssignmentRow[];
    readonly duties: readonly DutyRosterEntryRow[];
  }>;
  /** Accounts of the simulator and of WeCom by the identity their channel knows. */
  accounts(externalIds: readonly string[]): Promise<readonly ChatAccountRow[]>;
  /** By code in upper case. */
  children(codes: readonly string[]): Promise<ReadonlyMap<string, ChildRecord>>;
  /** The whole history of each child, by id. */
  facts(childIds: readonly string[]): Promise<ReadonlyMap<string, ChildFacts>>;
  /** Ids by blind index. */
  households(indexes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Ids by blind index. */
  adults(kind: AdultKind, mergeIndexes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  links(kind: AdultKind, childIds: readonly string[]): Promise<readonly StoredLink[]>;
  /** All children each of these adults is linked to. */
  childrenOf(kind: AdultKind, adultIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A keyed digest for exact look-ups. */
  index(purpose: 'phone' | 'identity' | 'address' | AdultKind, text: string): string;
  /** A keyed digest for the audit trail. */
  digest(text: string): string;
  /** Writes all of it or nothing; false where a row had changed meanwhile or a key was taken: read and decide again. */
  commit(batch: Batch): Promise<boolean>;
  /** Keeps the care policy of the plan where no policy is kept yet. */
  keepPolicies(): Promise<void>;
}
