import type { LocalDate } from '../local-date.ts';

/** Why an adult must not be written to or called (不得联系). Never shown to people who need not know. */
export const NO_CONTACT_REASONS = ['dead', 'lost', 'detained', 'revoked', 'protection', 'moved'] as const;
export type NoContactReason = (typeof NO_CONTACT_REASONS)[number];

/** The mark on an adult: from which day nobody contacts them. */
export interface NoContact {
  readonly markId: string;
  readonly reason: NoContactReason;
  readonly fromOn: LocalDate;
  /** The paper it follows from; null where nobody named one. */
  readonly source: string | null;
}

/** A child that somebody asks for by its whole name who answers for no children of their own. */
export interface SoughtChild {
  readonly id: string;
  readonly name: string;
  readonly ageYears: number;
  readonly village: string;
  readonly directorIds: readonly string[];
}

/** A guardian or carer of a child. */
export interface Adult {
  readonly kind: 'guardian' | 'carer';
  readonly id: string;
  readonly relation: string;
  readonly name: string;
  /** Not loaded at all where nobody may call. */
  readonly phone: string | null;
  readonly workplace: string | null;
  readonly awaySince: LocalDate | null;
  readonly noContact: NoContact | null;
}

/** A child at home, as somebody reads it before a visit. What is sealed (HIV, sexual harm) is not part of it. */
export interface Family {
  readonly address: string | null;
  readonly hamlet: string | null;
  /** The other children of the household who are in the system. */
  readonly siblingIds: readonly string[];
  readonly adults: readonly Adult[];
  readonly health: string | null;
  readonly schooling: string | null;
  readonly school: string | null;
  readonly grade: string | null;
  readonly boarder: boolean;
}
