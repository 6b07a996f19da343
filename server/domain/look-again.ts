import type { LocalDate } from './local-date.ts';

/**
 * 过几天再看看: when somebody comes back to a child of whom a worry was told and no danger. No source gives a number of
 * days; a dated setting, and our default.
 */
export const LOOK_AGAIN_POLICY = {
  id: 'look-again',
  version: 1,
  validFrom: '2026-11-29' as LocalDate,
  source: 'our default',
  /** Where nobody chose a day. */
  afterDays: 7,
  /** Where a child was missed, or the question about danger got no answer. */
  soonDays: 1,
  /** Offered as buttons; any other day can be said. */
  offeredDays: [3, 7, 14],
} as const;
