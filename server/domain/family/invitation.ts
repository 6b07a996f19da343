import type { LocalDate } from '../local-date.ts';

/** How invitations behave. Dated and versioned like every setting. */
export interface InvitationPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** A code can be used for so many days. */
  readonly validDays: number;
  /** After so many wrong codes within the hour an account may try none for an hour. */
  readonly wrongCodes: number;
  readonly lockMs: number;
  /** The child's directors are asked again who bound after so many hours, the last of them again and again. */
  readonly askAgainHours: readonly number[];
  /** From which asking on whoever supervises is asked too. */
  readonly supervisorFrom: number;
}

export const DEFAULT_INVITATION_POLICY: InvitationPolicy = {
  id: 'invitation',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  validDays: 7,
  wrongCodes: 5,
  lockMs: 3_600_000,
  askAgainHours: [24, 48, 168],
  supervisorFrom: 3,
};

/**
 * The version of the words in `bind.consent-*`, `bind.ask-tips-*` and `unsubscribe.again*`: what somebody agreed to is found
 * again in the history of the prompts.
 */
export const CONSENT_TEXT_VERSION = 2;
/** From this version on a guardian who wants tips is told that a director may write to them (家书). */
export const LETTER_TEXT_VERSION = 2;

const LENGTH = 8;
/** Crockford's base 32: no I, L, O or U, so that a code is read out and copied without a mistake. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5n;

/**
 * A code of eight characters from the random end of an id (a UUIDv7 ends in 62 random bits): 40 bits, so that with five
 * tries an hour nobody meets one by guessing.
 */
export function codeFrom(id: string): string {
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  return Array.from({ length: LENGTH }, (_, place) => {
    const shift = BITS * BigInt(LENGTH - 1 - place);
    return ALPHABET.charAt(Number((bits >> shift) & 31n));
  }).join('');
}

/** A code as it is compared, whatever way it was typed: small letters, spaces, O for 0, I or L for 1. Null where it is none. */
export function codeIn(text: string): string | null {
  const written = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-–—_.。·“”"'「」【】[\]()]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1');
  const isCode = written.length === LENGTH && Array.from(written).every((c) => ALPHABET.includes(c));
  return isCode ? written : null;
}

/** What is kept of a code is a keyed digest of this. */
export function digestedAs(code: string): string {
  return `invitation:${code}`;
}

/** What a code is worth to whoever types it. Every code that cannot be used is the same to them. */
export type CodeFound =
  | {
      readonly state: 'good';
      readonly invitationId: string;
      readonly rev: number;
      readonly personKind: 'guardian' | 'carer';
      readonly personId: string;
      readonly childId: string;
      readonly madeBy: string;
    }
  | { readonly state: 'unusable' | 'locked' | 'already' | 'waiting' };

/** Somebody who bound, as whoever knows the family is asked about them. */
export interface WaitingBinding {
  readonly id: string;
  readonly childId: string;
  readonly childName: string;
  readonly kind: 'guardian' | 'carer';
  readonly relation: string;
  readonly name: string;
  readonly phone: string | null;
  /** Marked since they were invited: nobody writes to them and their number is not shown. */
  readonly noContact: boolean;
  readonly askedAt: string;
  readonly channel: 'simulator' | 'wecom' | 'kf' | 'telegram';
}

/** A phone of a guardian or carer that a director confirmed. */
export interface BoundPhone {
  readonly accountId: string;
  readonly personId: string;
  readonly linkedAt: string | null;
}
