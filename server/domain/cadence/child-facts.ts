import type { LocalDate } from '../local-date.ts';

/** 高/中/低 of the ledger (福建省三年行动方案: 台账 by tier). A person sets it, never the software. */
export type RiskTier = 'low' | 'medium' | 'high';

/** Worker and family in one place (domain rules §3). */
export const VISIT_MODES = ['home', 'school'] as const;
/** 电话, 视频, and a child met on the road: contact only (our default). */
export const CONTACT_MODES = ['phone', 'video', 'elsewhere'] as const;
export const ENCOUNTER_MODES = [...VISIT_MODES, ...CONTACT_MODES] as const;

/** How worker and family met. */
export type EncounterMode = (typeof ENCOUNTER_MODES)[number];

/** 入户 and 到校. */
export function isVisit(mode: EncounterMode | null): boolean {
  return mode === 'home' || mode === 'school';
}

/** 电话 and 视频: nobody was in one place. */
export function isCall(mode: EncounterMode | null): boolean {
  return mode === 'phone' || mode === 'video';
}

/** One effective record of an encounter (not superseded, not withdrawn), by whichever worker. */
export interface Encounter {
  readonly id: string;
  /** The day of the encounter itself; the day of filing never decides. */
  readonly on: LocalDate;
  readonly mode: EncounterMode;
  /** In person or on video: the child was seen. On the phone: the child was on the line. */
  readonly childSeen: boolean;
  /** When it was written, for people who wonder whether it was; no rule looks at it. Absent in older summaries. */
  readonly filedAt?: string;
}

/** A tier and the day a supervisor confirmed it. */
export interface TierChange {
  readonly on: LocalDate;
  readonly tier: RiskTier;
}

/** 不在村. `until` is the day of return, null while nobody knows it. */
export interface Absence {
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  /** The row it comes from and who told it; absent where it was imported. */
  readonly id?: string;
  readonly authorId?: string;
  /** The return that ends it, where it ends by one and not on the day that was announced. */
  readonly returnId?: string;
}

/** What waits for somebody and changes no duty. */
export interface Pending {
  /** Absences of a HIGH child that the supervisor has not agreed to. */
  readonly asked: readonly Absence[];
  /** What kept a director from the child, until a visit or the next obstacle. */
  readonly obstacle: KnownObstacle | null;
}

export interface KnownObstacle {
  readonly id: string;
  readonly authorId: string;
  readonly kind: 'ill' | 'road' | 'refused' | 'other';
  /** The day of the next try: reminders wait for it. */
  readonly tryOn: LocalDate | null;
  /** Who goes where a family let nobody in; null while nobody has said so. */
  readonly goes: 'supervisor' | 'director' | 'village' | null;
}

/** What cadence must know of a child apart from the encounters. */
export interface CadenceChild {
  readonly childId: string;
  /** The day the child came into the system; no duty is older. */
  readonly dutiesFrom: LocalDate;
  readonly registration: 'worker' | 'import';
  /** In the order of confirmation; the first one is the initial tier. */
  readonly tierChanges: readonly TierChange[];
  readonly boarder: boolean;
  readonly absences: readonly Absence[];
  readonly pending?: Pending;
  /** The day the child left the system: from then on nothing is owed. */
  readonly endsOn: LocalDate | null;
}

/** The whole history that duties are computed from. */
export interface ChildFacts extends CadenceChild {
  readonly encounters: readonly Encounter[];
  readonly importedLastContactOn: LocalDate | null;
  readonly importedLastVisitOn: LocalDate | null;
}
