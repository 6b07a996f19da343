import type { Daypart, VisitTime } from './visit.ts';
import type { LocalDate } from '../local-date.ts';

/** An appointment as it was shown: whoever comes second finds it changed. */
export interface ShownVisit {
  readonly id: string;
  readonly rev: number;
}

/** A day on which a child is to be visited. */
export interface PlannedVisit {
  readonly id: string;
  readonly childId: string;
  readonly tripId: string | null;
  /** The one in whose place it stands, and whether the family knows of that. */
  readonly replaces: (ShownVisit & { readonly told: boolean }) | null;
  /** Those of days that passed without a record, which wait no more: nobody hears of that. */
  readonly insteadOf?: readonly ShownVisit[];
}

/** 预约: a day is put down, and the families are told where the director wants it. */
export interface PlanVisits {
  readonly type: 'plan-visits';
  readonly visits: readonly PlannedVisit[];
  readonly on: LocalDate;
  readonly part: Daypart | null;
  readonly tell: boolean;
}

/** 取消预约; 还是原来的: of a visit the family knows of it is told. */
export interface EndVisits {
  readonly type: 'cancel-visits' | 'keep-visits';
  readonly visits: readonly (ShownVisit & { readonly told: boolean })[];
}

/** 在家. */
export interface AtHome {
  readonly type: 'visit-at-home';
  readonly visits: readonly ShownVisit[];
}

/** 改时间: when the family would rather have it; whoever goes is asked. */
export interface WishVisit {
  readonly type: 'wish-visit';
  readonly visits: readonly (ShownVisit & VisitTime)[];
  readonly children: readonly string[];
  readonly text: string;
  readonly wish: VisitTime;
  /** Whoever goes. */
  readonly tells: readonly string[];
}

export type VisitCommand = PlanVisits | EndVisits | AtHome | WishVisit;
