import type { LocalDate } from '../local-date.ts';

/** What a family tells that a person must answer. */
export type RequestKind = 'call-director' | 'call-above' | 'leaving' | 'returning' | 'phone' | 'child-wrote';

/** What it is about, as far as the family said so. */
export interface RequestAbout {
  /** The children of the household. */
  readonly childIds: readonly string[];
  /** Where somebody goes to work. */
  readonly place?: string;
  /** The day they go or are back; null with `day` where they said it in words that name none. */
  readonly on?: LocalDate | null;
  readonly day?: string;
  /** Who looks after the child, as it was said. */
  readonly carer?: string;
  /** They said that nobody does. */
  readonly nobodyCares?: true;
  /** A new telephone number. */
  readonly phone?: string;
}

/** A request of this very phone that nobody has answered. */
export interface OwnRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly text: string | null;
  readonly rev: number;
}

/** A request as whoever was asked reads it. */
export interface FamilyAsk {
  readonly id: string;
  /** The phone it was asked on. */
  readonly accountId: string;
  readonly kind: RequestKind;
  readonly at: string;
  /** Empty where nobody knows who holds the phone. */
  readonly name: string;
  /** What they are to the first child (父亲, 祖母 …). */
  readonly relation: string | null;
  /** Null where there is none, and where nobody may call. */
  readonly phone: string | null;
  readonly noContact: boolean;
  readonly person: { readonly kind: 'guardian' | 'carer'; readonly id: string } | null;
  readonly children: readonly { readonly id: string; readonly name: string }[];
  readonly village: string;
  readonly text: string | null;
  readonly about: RequestAbout;
  readonly rev: number;
}
