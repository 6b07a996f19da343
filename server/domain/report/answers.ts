import { reportKind, type ReportKind } from './kinds.ts';

/** One line of a report's record, opened. */
export interface ReportLine {
  readonly at: string;
  readonly byId: string | null;
  readonly kind: string;
  readonly text: string | null;
  readonly value: string | null;
}

export type YesNo = 'yes' | 'no' | 'unknown';

/** What a report says of itself: the newest answer to each question counts, earlier ones stay readable. */
export interface ReportAnswers {
  readonly kind: ReportKind | null;
  /** The child in the reporter's own words, where it stands on no roster. */
  readonly childSaid: string | null;
  readonly place: string | null;
  readonly dangerNow: YesNo | null;
  readonly childSafe: YesNo | null;
  /** Whether others read the reporter's phone: then a person calls, and no message goes there. */
  readonly sharedPhone: YesNo | null;
  /** Its words may be a child's own, written on this phone. */
  readonly byChild: boolean;
  /** What was written to them did not arrive. */
  readonly outOfReach: boolean;
  /** The reporter cannot talk now. */
  readonly cannotTalk: boolean;
  /** The reporter fell silent before they had said that it is all. */
  readonly brokeOff: boolean;
}

/** Said with the answer that others read the phone: a child wrote on it. */
export const BY_CHILD = 'child';

/** The answers that stand in a report's lines, in order of time. */
export function reportAnswers(lines: readonly ReportLine[]): ReportAnswers {
  const last = (kind: string): ReportLine | undefined => lines.findLast((line) => line.kind === kind);
  return {
    kind: reportKind(kindLine(lines)?.value ?? null) ?? null,
    childSaid: last('child')?.text ?? null,
    place: last('place')?.text ?? null,
    dangerNow: yesNo(last('danger-now')?.value),
    childSafe: yesNo(last('child-safe')?.value),
    sharedPhone: yesNo(last('shared-phone')?.value),
    byChild: lines.some(({ kind, text }) => kind === 'shared-phone' && text === BY_CHILD),
    outOfReach: lines.some(({ kind, text }) => kind === 'unreachable' && text === 'reporter'),
    cannotTalk: last('cannot-talk') !== undefined,
    brokeOff: last('idle') !== undefined,
  };
}

/**
 * Whether the reporter may be written to: a worker always, a family only where nobody else reads the phone, which has to
 * be said (domain rules 5.1, rule 5), and nobody whom it does not reach.
 */
export function mayWriteToReporter(
  reporterKind: string,
  { sharedPhone, outOfReach }: ReportAnswers,
): boolean {
  return !outOfReach && (reporterKind === 'worker' || sharedPhone === 'no');
}

/** A kind that somebody chose, the newest; otherwise the first that was read off words, which stand beside it. */
function kindLine(lines: readonly ReportLine[]): ReportLine | undefined {
  const kinds = lines.filter(({ kind }) => kind === 'kind');
  return kinds.findLast(({ text }) => text === null) ?? kinds[0];
}

function yesNo(value: string | null | undefined): YesNo | null {
  return value === 'yes' || value === 'no' || value === 'unknown' ? value : null;
}
