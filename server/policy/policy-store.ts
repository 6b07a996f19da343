import type { RiskTier } from '../domain/cadence/child-facts.ts';
import type { CarePolicy } from '../domain/cadence/policy.ts';
import type { CountyOfCity } from '../domain/cadence/policy-timeline.ts';
import type { LocalDate } from '../domain/local-date.ts';
import type { Batch, Write } from '../services/batch.ts';
import type { AreaRow } from '../store/generated/tables.ts';

export interface PolicyArea {
  readonly name: string;
  readonly kind: AreaRow['kind'];
}

export interface NamedCounty extends CountyOfCity {
  readonly name: string;
}

export interface ChildrenOfCounty {
  /** Null where the village is not placed in any county. */
  readonly countyCode: string | null;
  readonly tier: RiskTier;
  readonly children: number;
}

/** What entering a version needs of the store. */
export interface PolicyStore {
  /** Every version as it was entered, the plan's own where none is. */
  kept(): Promise<readonly CarePolicy[]>;
  area(code: string): Promise<PolicyArea | null>;
  counties(): Promise<readonly NamedCounty[]>;
  /** The children who are in the system on a day. */
  children(on: LocalDate): Promise<readonly ChildrenOfCounty[]>;
  lastPlannedOn(): Promise<LocalDate | null>;
  /** Not even the plan's own version is kept yet. */
  hasNone(): Promise<boolean>;
  /** A new version; never replaces one. */
  write(policy: CarePolicy): Write;
  digest(text: string): string;
  /** False where somebody was quicker. */
  commit(batch: Batch): Promise<boolean>;
}
