import type { LocalDate } from '../local-date.ts';

/** Numbers that are the same in the whole country. */
export type HotlineNumber = '110' | '119' | '120' | '12309' | '12338' | '12345' | '12348' | '12355' | '12356';

export interface Hotline {
  readonly number: HotlineNumber;
  readonly source: string;
  /** When we last read it in a source; null where we have not: it is then shown with a mark. */
  readonly verifiedOn: LocalDate | null;
}

const READ_ON = '2026-11-23' as LocalDate;
const PUBLIC = 'public pages, read second-hand';

/** The table as it was read on a day; a county's own number of the same kind is entered beside it. */
export const HOTLINES: readonly Hotline[] = [
  { number: '110', source: PUBLIC, verifiedOn: READ_ON },
  { number: '120', source: PUBLIC, verifiedOn: READ_ON },
  { number: '119', source: PUBLIC, verifiedOn: READ_ON },
  // The line for the protection of minors in many regions; of Fujian we have read nothing.
  { number: '12345', source: 'public pages of other regions', verifiedOn: null },
  { number: '12355', source: PUBLIC, verifiedOn: READ_ON },
  { number: '12338', source: PUBLIC, verifiedOn: READ_ON },
  { number: '12309', source: PUBLIC, verifiedOn: READ_ON },
  { number: '12348', source: PUBLIC, verifiedOn: READ_ON },
  {
    number: '12356',
    source: `${PUBLIC}; one number for the whole country since 2025-05`,
    verifiedOn: READ_ON,
  },
];
