import { addDays, type LocalDate } from '../local-date.ts';

export const PARTNER_KINDS = [
  'police',
  'hospital',
  'school',
  'civil-affairs',
  'education',
  'procuratorate',
  'women-federation',
  'hotline',
  'village',
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

/** An office that is called about a child, as an area entered it. */
export interface Partner {
  readonly areaCode: string;
  readonly kind: PartnerKind;
  readonly name: string;
  readonly phone: string;
  readonly address: string | null;
  /** When somebody last found the number to be right. */
  readonly verifiedOn: LocalDate;
  readonly source: string;
  /** The last day on which it is shown; null where it goes on. */
  readonly untilOn: LocalDate | null;
}

/** How long a verified number is shown without a mark. A dated setting; no document gives a number of days. */
export const VERIFIED_FOR = {
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  days: 366,
} as const;

/** Whether nobody has looked for so long that the number is shown with a mark; null: nobody ever has. */
export function isUnverified(verifiedOn: LocalDate | null, today: LocalDate): boolean {
  return verifiedOn === null || addDays(verifiedOn, VERIFIED_FOR.days) < today;
}
