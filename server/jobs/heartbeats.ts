/** One job of the rhythm, on the real clock. */
export interface Beat {
  /** When it last came to its end without a fault. */
  readonly doneAt: string | null;
  /** When it began, where it has not ended yet. */
  readonly begunAt: string | null;
}

/** By the name of the job. */
export type Beats = Readonly<Record<string, Beat>>;

/** A dated setting. */
export interface HeartbeatPolicy {
  readonly validFrom: string;
  readonly source: string;
  /** A job that has not come to its end for so long has stopped. */
  readonly limitSeconds: number;
}

/**
 * The rhythm comes round every five seconds; the longest piece of work in it, the plan of a province, takes some seconds.
 * Two minutes are still far below the ten that lie between two pages.
 */
export const HEARTBEAT_POLICY: HeartbeatPolicy = {
  validFrom: '2024-01-01',
  source: 'our default',
  limitSeconds: 120,
};

/** What the jobs of this process last did. */
export class Heartbeats {
  readonly #now: () => Date;
  readonly #beats = new Map<string, Beat>();
  /** Until its first beat nothing can be older than this. */
  readonly startedAt: string;

  constructor(now: () => Date) {
    this.#now = now;
    this.startedAt = now().toISOString();
  }

  begins(job: string): void {
    this.#beats.set(job, { doneAt: this.#beats.get(job)?.doneAt ?? null, begunAt: this.#nowText() });
  }

  ends(job: string): void {
    this.#beats.set(job, { doneAt: this.#nowText(), begunAt: null });
  }

  /** It ended by a fault: that is no sign of life. */
  fails(job: string): void {
    this.#beats.set(job, { doneAt: this.#beats.get(job)?.doneAt ?? null, begunAt: null });
  }

  all(): Beats {
    return Object.fromEntries(this.#beats);
  }

  #nowText(): string {
    return this.#now().toISOString();
  }
}

/** What two processes know of the same jobs: of each job the later word. */
export function latestOf(one: Beats, other: Beats): Beats {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    names.map((name) => {
      const [a, b] = [one[name] ?? NEVER, other[name] ?? NEVER];
      return [name, lastWord(a) >= lastWord(b) ? a : b];
    }),
  );
}

/** For how many seconds each job has not come to its end; what lies before the start of this process does not count. */
export function agesOf(
  names: readonly string[],
  beats: Beats,
  startedAt: string,
  now: Date,
): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, secondsSince(lastSign(beats[name], startedAt), now)]));
}

/** A job that has stopped, and since when. */
export interface StoppedJob {
  readonly job: string;
  readonly since: string;
  /** The others wait for one that hangs: it alone is to blame. */
  readonly isToBlame: boolean;
}

/** The jobs that have not come to their end within the limit. */
export function stoppedJobs(
  names: readonly string[],
  beats: Beats,
  startedAt: string,
  now: Date,
  { limitSeconds }: HeartbeatPolicy = HEARTBEAT_POLICY,
): readonly StoppedJob[] {
  const stopped = names.flatMap((job) => {
    const since = lastSign(beats[job], startedAt);
    return secondsSince(since, now) > limitSeconds ? [{ job, since }] : [];
  });
  const hanging = stopped.filter(({ job }) => (beats[job]?.begunAt ?? null) !== null);
  return stopped.map((one) => ({ ...one, isToBlame: hanging.length === 0 || hanging.includes(one) }));
}

const NEVER: Beat = { doneAt: null, begunAt: null };

function lastSign(beat: Beat | undefined, startedAt: string): string {
  const doneAt = beat?.doneAt ?? startedAt;
  return doneAt > startedAt ? doneAt : startedAt;
}

function lastWord({ doneAt, begunAt }: Beat): string {
  return (begunAt ?? '') > (doneAt ?? '') ? (begunAt ?? '') : (doneAt ?? '');
}

function secondsSince(at: string, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(at)) / 1000);
}
