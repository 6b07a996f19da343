import type { LocalDate } from '../local-date.ts';

/** A guardian or carer behind a phone. A shared phone has several. */
export interface HomePerson {
  readonly kind: 'guardian' | 'carer';
  readonly id: string;
  readonly name: string;
}

/** A child of theirs, as its family may see it: nothing that anybody else said of it. */
export interface HomeChild {
  readonly id: string;
  readonly name: string;
  readonly bornOn: LocalDate;
  readonly villageCode: string;
  readonly householdId: string | null;
  /** What the child calls whoever holds the phone (父亲, 祖母 …), of each of them. */
  readonly bonds: readonly { readonly personId: string; readonly relation: string }[];
  /** Who answers for the child today, substitutes included. */
  readonly directors: readonly {
    readonly workerId: string;
    readonly name: string;
    readonly phone: string | null;
  }[];
}

/** What the service may tell whoever holds a family's phone. Nobody's child stands in it before a director has confirmed. */
export interface Home {
  /** waiting: an invitation was used, and no director has said yet that it is so. */
  readonly standing: 'unknown' | 'waiting' | 'bound';
  readonly persons: readonly HomePerson[];
  readonly children: readonly HomeChild[];
  /** What the holder last said to tips and weekly reminders; null where they were not asked. */
  readonly tips: boolean | null;
  /** 不得联系 stands on one of them: nothing is said of any child on this phone. */
  readonly noContact: boolean;
}
