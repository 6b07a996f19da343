import type { Finding } from './reachability.ts';

/** A gap as whoever must close it reads it: where it is and, of people who work, who it is about. */
export interface NamedFinding extends Finding {
  readonly area: string;
  readonly people: readonly string[];
}

/** What an alert would not reach in one area. */
export interface Reachability {
  readonly findings: readonly NamedFinding[];
  /** The children nobody answers for, by village; empty where nobody asked for their names. */
  readonly children: readonly { readonly id: string; readonly name: string; readonly village: string }[];
}
