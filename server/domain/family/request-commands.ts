import type { OwnRequest, RequestAbout, RequestKind } from './request.ts';

/** A family asks a person, or tells what a person has to look at. */
export interface OpenFamilyRequest {
  readonly type: 'open-family-request';
  readonly requestId: string;
  readonly kind: RequestKind;
  /** Their own words; null where a button said it. */
  readonly text: string | null;
  readonly about: RequestAbout;
  readonly person: { readonly kind: 'guardian' | 'carer'; readonly id: string } | null;
  /** The village of the children; null: where the phone belongs. */
  readonly areaCode: string | null;
  /** The same is open already: the words go with it, and nobody is asked twice. */
  readonly addsTo: OwnRequest | null;
  /** They called for help: nobody's sleep is spared. */
  readonly afterHelp: boolean;
  /** By minutes and not by hours. */
  readonly isPressing: boolean;
  /** Whom they keep from a report of theirs. */
  readonly keptFrom: readonly string[];
}

/** 打过了, 办好了: what came of it. Whoever did not get through leaves it open. */
export interface AnswerFamilyRequest {
  readonly type: 'answer-family-request';
  readonly requestId: string;
  readonly rev: number;
  readonly isDone: boolean;
  readonly outcome: string;
}

/** 改: the number of a guardian or carer, as they told it and a director confirmed it. */
export interface ChangeFamilyPhone {
  readonly type: 'change-family-phone';
  readonly requestId: string;
  /** The phone it was told on, which hears that it is done, and the children of that home. */
  readonly accountId: string;
  readonly childIds: readonly string[];
  readonly person: { readonly kind: 'guardian' | 'carer'; readonly id: string };
  readonly phone: string;
}

export type FamilyRequestCommand = OpenFamilyRequest | AnswerFamilyRequest | ChangeFamilyPhone;
