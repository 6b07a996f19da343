import { parseLocalDate, type LocalDate } from '../domain/local-date.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

export interface IdentityFacts {
  /** 18 characters, X in upper case. */
  readonly number: string;
  readonly bornOn: LocalDate;
  readonly sex: 'male' | 'female';
}

export type IdentityFault = 'identity-malformed' | 'identity-check-digit';

/** Reads a citizen identity number (GB 11643-1999): its shape, the day of birth in it, its check digit, its sex digit. */
export function readIdentityNumber(text: string): IdentityFacts | IdentityFault {
  const number = text.toUpperCase();
  if (!/^\d{17}[\dX]$/u.test(number)) return 'identity-malformed';
  const bornOn = parseLocalDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (!bornOn) return 'identity-malformed';
  if (checkDigitOf(number.slice(0, 17)) !== number[17]) return 'identity-check-digit';
  return { number, bornOn, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
}

/** The last character that belongs to the first 17 digits (ISO 7064, MOD 11-2). */
export function checkDigitOf(first17: string): string | undefined {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK_DIGITS[sum % 11];
}

/** Whether a text looks like an identity number or a phone number, and so must not be shown as a code. */
export function looksPersonal(text: string): boolean {
  return /^\d{15}$|^\d{17}[\dX]$|^1\d{10}$/iu.test(text);
}
