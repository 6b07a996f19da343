import type { LocalDate } from '../local-date.ts';
import type { Say } from '../say.ts';
import type { AgeBand } from './audience.ts';
import type { NoticeFacts } from './campaign-words.ts';
import type { Coverage } from './coverage.ts';
import type { SafetyReader } from './safety-topics.ts';

/** What a turn looks at of the safety notices. */
export type SafetyLooking =
  /** The notices of the own area, and one of them in full. */
  | { readonly what: 'desk'; readonly campaignId: string | null }
  /** Whom a warning of a storm would be for. */
  | { readonly what: 'storm' }
  /** Whom a director is asked to tell. */
  | { readonly what: 'forward' }
  /** What went to whoever holds this phone. */
  | { readonly what: 'own' };

/** Whom a notice is for, and how many a chat would bring it to now. */
export interface AudienceCount {
  readonly children: number;
  readonly guardians: number;
  readonly carers: number;
  readonly directors: number;
  /** Of the guardians and carers: those whom a chat reaches now, and those whom only a director reaches. */
  readonly byChat: number;
  readonly byDirector: number;
  /** 不得联系: of them nobody is told. */
  readonly noContact: number;
  readonly bands: readonly AgeBand[];
}

export interface CampaignLine extends NoticeFacts {
  readonly id: string;
  readonly state: 'proposed' | 'approved' | 'declined' | 'dropped' | 'ended';
  readonly dueOn: LocalDate;
  readonly rev: number;
  /** Null before anybody was told. */
  readonly coverage: Coverage | null;
}

export interface CampaignDetail extends CampaignLine {
  /** Of one that waits for an answer. */
  readonly audience: AudienceCount | null;
  readonly townships: readonly { readonly name: string; readonly coverage: Coverage }[];
  /** Who is left, with who is to tell them; for the supervisor of the township alone. */
  readonly left: readonly LeftPerson[];
  /** Whether directors still have somebody to tell. */
  readonly waitsForDirectors: boolean;
}

export interface LeftPerson {
  readonly name: string;
  readonly childIds: readonly string[];
  readonly children: readonly string[];
  readonly director: string | null;
}

/** 安全通知 of an area. */
export interface SafetyDesk {
  readonly campaigns: readonly CampaignLine[];
  readonly shown: CampaignDetail | null;
  /** Of the township's homes whose visit was changed of late; null for the desk, and where none was. */
  readonly visits: VisitsTold | null;
}

/** How far the changes of visits have come, and who is left, with who is to tell them. */
export interface VisitsTold {
  readonly coverage: Coverage;
  readonly left: readonly LeftPerson[];
}

/** Somebody whom a director is asked to tell. */
export interface ForwardPerson {
  /** As a button carries it. */
  readonly personId: string;
  /** One row of each notice that has not come to them. */
  readonly rows: readonly { readonly id: string; readonly rev: number }[];
  /** The changes of visits that have not come to their home, each with the words to pass on. */
  readonly visits: readonly { readonly id: string; readonly rev: number; readonly words: Say }[];
  readonly kind: 'guardian' | 'carer';
  readonly name: string;
  readonly phone: string | null;
  readonly children: readonly { readonly id: string; readonly name: string; readonly relation: string }[];
}

/** 转告: the words to pass on, for each notice and reader once, and whom to tell. */
export interface ForwardList {
  readonly texts: readonly {
    readonly facts: NoticeFacts;
    readonly reader: Exclude<SafetyReader, 'director'>;
    readonly bands: readonly AgeBand[];
  }[];
  readonly people: readonly ForwardPerson[];
}

export interface SafetyView {
  readonly desk?: SafetyDesk;
  readonly storm?: AudienceCount;
  readonly forward?: ForwardList;
  /** What waits for a word of whoever holds this phone. */
  readonly own?: readonly { readonly id: string; readonly rev: number }[];
}
