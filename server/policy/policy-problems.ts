import type { LooserNumber } from '../domain/cadence/policy-comparison.ts';
import type { LocalDate } from '../domain/local-date.ts';

/** Why a version is not taken. */
export type PolicyProblem =
  | { readonly code: 'not-yaml' | 'area-missing' | 'from-not-a-day' | 'source-missing' }
  | { readonly code: 'key-unknown' | 'number-wrong'; readonly field: string }
  | { readonly code: 'area-unknown' | 'area-kind'; readonly area: string }
  | {
      readonly code: 'begins-in-the-past' | 'day-planned';
      readonly from: LocalDate;
      readonly earliest: LocalDate;
    }
  | {
      readonly code: 'looser';
      readonly number: LooserNumber;
      /** Whose version asks for more, and on which day. */
      readonly above: string;
      readonly on: LocalDate;
    };
