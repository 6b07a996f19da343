import type { GivenTip } from './next-tip.ts';
import type { TipChild } from './tip-child.ts';

/** What the next tip of somebody is chosen by. A phone that several people share is one reader. */
export interface TipDesk {
  readonly persons: readonly { readonly kind: 'guardian' | 'carer'; readonly id: string }[];
  readonly children: readonly TipChild[];
  /** What reached one of them, and what they said to it. */
  readonly given: readonly GivenTip[];
}
