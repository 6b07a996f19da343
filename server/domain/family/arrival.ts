import { nextAllowedAt } from '../reminding/quiet-hours.ts';

/** How a safety notice may come to somebody, in the order in which it is tried. */
export const WAYS = ['chat', 'subscription', 'sms', 'director'] as const;
export type Way = (typeof WAYS)[number];

/**
 * Why a notice came to nobody. `not-reached` is whatever was left when the days were over: it says nothing of why, for
 * some of them are waited with for a reason that is nobody's knowledge.
 */
export const UNREACHED = ['no-contact', 'no-phone', 'not-found', 'refused', 'not-reached'] as const;
export type Unreached = (typeof UNREACHED)[number];

/** What a person's way is decided on, looked at anew every time. */
export interface ArrivalFacts {
  /** 不得联系 stands on them, or on whoever shares their phone. */
  readonly noContact: boolean;
  /** Nothing automatic reaches the family just now. */
  readonly held: boolean;
  /** None of their children is in the system any more. */
  readonly gone: boolean;
  /** The last day on which it is of use is over. */
  readonly isOver: boolean;
  /** A chat that a director confirmed takes a message now. */
  readonly chatOpen: boolean;
  /** They asked for a message of the platform outside the chat, and somebody sends such. */
  readonly subscribed: boolean;
  /** There is a number, and somebody sends SMS. */
  readonly smsOpen: boolean;
  /** Somebody answers for one of the children today. */
  readonly hasDirector: boolean;
  /** The ways that were tried and led nowhere. */
  readonly tried: readonly Way[];
}

export type Arrival =
  | { readonly kind: 'go'; readonly way: Way }
  /** Looked at again the next day. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'end'; readonly reason: Unreached };

/**
 * The next step of a notice to one person. Whoever must not be contacted is told of at once and stands on no list;
 * whoever is waited with ends like everybody who was not reached.
 */
export function nextArrival(facts: ArrivalFacts): Arrival {
  if (facts.noContact) return { kind: 'end', reason: 'no-contact' };
  if (facts.isOver) return { kind: 'end', reason: 'not-reached' };
  if (facts.gone) return { kind: 'end', reason: 'not-reached' };
  if (facts.held) return { kind: 'wait' };
  const open: Readonly<Record<Way, boolean>> = {
    chat: facts.chatOpen,
    subscription: facts.subscribed,
    sms: facts.smsOpen,
    director: facts.hasDirector,
  };
  const way = WAYS.find((one) => open[one] && !facts.tried.includes(one));
  return way === undefined ? { kind: 'wait' } : { kind: 'go', way };
}

/** Outside the chats, which know the quiet hours of their readers, nobody of a family is woken (our default). */
export const OUTSIDE_NIGHT = { fromMinutes: 21 * 60, untilMinutes: 9 * 60 };

export function isOutsideNight(now: Date): boolean {
  return nextAllowedAt(now, OUTSIDE_NIGHT) > now;
}
