import type { LocalDate } from '../local-date.ts';
import type { Finding, FindingKind } from './reachability.ts';

/** A gap as whoever must close it reads it: where it is and, of people who work, who it is about. */
export interface NamedFinding extends Finding {
  readonly area: string;
  readonly people: readonly string[];
}

/** What the last proof found in the counties of a city or of a province, in numbers; the gaps are the counties' own. */
export interface ProvedCounties {
  readonly on: LocalDate;
  /** The counties in which something was found, and how many of each kind that is there. */
  readonly withGaps: readonly {
    readonly area: string;
    readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  }[];
  /** How many counties there are, those without a gap too. */
  readonly total: number;
}

/** What an alert would not reach in one area. */
export interface Reachability {
  readonly findings: readonly NamedFinding[];
  /** The children nobody answers for, by village; empty where nobody asked for their names. */
  readonly children: readonly { readonly id: string; readonly name: string; readonly village: string }[];
  /** Only above the counties; null before the first proof. */
  readonly counties?: ProvedCounties | null;
}
