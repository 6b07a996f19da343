import type { LocalDate } from '../local-date.ts';

/** When a page counts as not having reached its reader. A dated setting. */
export interface ReachPolicy {
  readonly id: string;
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly source: string;
  /** A page that has not gone out for so long reaches nobody, whatever stands in its way. */
  readonly patienceMinutes: number;
}

/** Far below the ten minutes between two rungs, and longer than a platform is busy for. */
export const REACH_POLICY: ReachPolicy = {
  id: 'reach',
  version: 1,
  validFrom: '2024-01-01' as LocalDate,
  source: 'our default',
  patienceMinutes: 2,
};

/** What became of the newest page of one person. */
export interface PageFate {
  readonly workerId: string;
  readonly state: 'queued' | 'sending' | 'accepted' | 'failed' | 'unknown' | 'dropped';
  /** Why the last try failed; null where none did. */
  readonly error: string | null;
  readonly dueAt: Date;
}

/**
 * Why somebody was not reached: the platform does not know them, it refuses the page, it takes nothing of ours just now,
 * or the page has not gone out.
 */
export type WhyUnreached = 'unreachable' | 'refused' | 'held' | 'waiting';

/** Words that stand in the way: for good, or for everything that we send. Nobody waits for another try. */
const AT_ONCE: Readonly<Record<string, WhyUnreached>> = {
  unreachable: 'unreachable',
  refused: 'refused',
  closed: 'refused',
  taken: 'refused',
  limit: 'held',
  settings: 'held',
};

/** Whether and why this page did not reach its reader; null while it may still arrive, and where it did. */
export function whyUnreached(fate: PageFate, now: Date, policy = REACH_POLICY): WhyUnreached | null {
  const { state, error } = fate;
  if (state === 'failed') return AT_ONCE[error ?? ''] ?? 'refused';
  if (state !== 'queued' && state !== 'sending') return null;
  const why = state === 'queued' ? AT_ONCE[error ?? ''] : undefined;
  return why ?? (unreachedAt(fate, policy) <= now ? 'waiting' : null);
}

/** The next instant at which one of these pages counts as not having reached its reader; null where none will. */
export function nextUnreachedAt(fates: readonly PageFate[], now: Date, policy = REACH_POLICY): Date | null {
  const later = fates
    .filter(({ state }) => state === 'queued' || state === 'sending')
    .map((fate) => unreachedAt(fate, policy))
    .filter((at) => at > now);
  return later.length === 0 ? null : new Date(Math.min(...later.map((at) => at.getTime())));
}

function unreachedAt({ dueAt }: PageFate, { patienceMinutes }: ReachPolicy): Date {
  return new Date(dueAt.getTime() + patienceMinutes * 60_000);
}
