import type { OwnReport, View } from '../dialog/view.ts';

/** A family that called for help, or wrote words of danger, and answers no question becomes a report after so long (our default). */
export const FAMILY_PATIENCE_MS = 10 * 60_000;

/** A report of theirs, not ended, that was opened since: 紧急 was said meanwhile. */
export function reportedSince(sinceText: string, { ownReports = [] }: View): OwnReport | undefined {
  return ownReports.find(({ openedAt }) => openedAt >= sinceText);
}
