import type { LocalDate } from '../local-date.ts';
import { nextAllowedAt, type QuietHours } from '../reminding/quiet-hours.ts';

/** When a page is rung as well. A dated setting; no source gives a number of minutes. */
export interface RingPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** By day: so long after a page that nobody has acknowledged. In the receiver's quiet hours: with the page. */
  readonly afterMinutes: number;
  /** How often a ring that did not get through is tried, and how long it waits in between, on the real clock. */
  readonly tries: number;
  readonly againAfterSeconds: number;
}

export const DEFAULT_RING_POLICY: RingPolicy = {
  id: 'ring',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  afterMinutes: 10,
  tries: 3,
  againAfterSeconds: 60,
};

/** A page of a report that nobody has acknowledged, as it went to one person. */
export interface SentPage {
  readonly outboxId: string;
  readonly reportId: string;
  readonly workerId: string;
  /** Counted from 0. */
  readonly page: number;
  readonly at: Date;
  readonly quiet: QuietHours;
  /** It did not reach its reader: there is the telephone alone. */
  readonly missed: boolean;
  /** There is a ring for it already, whatever came of it. */
  readonly rung: boolean;
}

/**
 * When this page is rung: at night at once, for a message wakes nobody, and so where it did not arrive; by day when it
 * stays unanswered.
 */
export function ringAt(
  { at, quiet, missed }: Pick<SentPage, 'at' | 'quiet' | 'missed'>,
  policy = DEFAULT_RING_POLICY,
): Date {
  const isNight = nextAllowedAt(at, quiet) > at;
  return isNight || missed ? at : new Date(at.getTime() + policy.afterMinutes * 60_000);
}

/**
 * The pages that are rung now: of each report the newest due one of each person, unless a newer one was rung. After an
 * outage a telephone rings once, not for every page that fell into it.
 */
export function ringsDue(pages: readonly SentPage[], now: Date): readonly SentPage[] {
  const newest = new Map<string, SentPage>();
  for (const page of pages) {
    const key = `${page.reportId} ${page.workerId}`;
    const known = newest.get(key);
    const counts = page.rung || ringAt(page) <= now;
    if (counts && (known === undefined || known.page < page.page)) newest.set(key, page);
  }
  return [...newest.values()].filter(({ rung }) => !rung);
}

/** The next instant after now at which one of these pages is rung; null where none is. */
export function nextRingAt(pages: readonly SentPage[], now: Date): Date | null {
  const later = pages.flatMap((page) => (page.rung || ringAt(page) <= now ? [] : [ringAt(page).getTime()]));
  return later.length === 0 ? null : new Date(Math.min(...later));
}
