/** So many people whom the app does not reach, and nobody else in so long, are no accident (our default). */
const NO_ACCIDENT = 3;
const NOBODY_FOR_MS = 600_000;
/** Who is not reached is tried again after so long, then less and less often (our default). */
const FIRST_WAIT_MS = 60_000;
const LAST_WAIT_MS = 600_000;

export type Verdict =
  { readonly of: 'person' } | { readonly of: 'everybody' | 'nobody-knows'; readonly afterMs: number };

/**
 * WeCom gives one and the same answer where a person is out of the app's reach and where the app reaches nobody any more.
 * Which of both it is shows in whether somebody else is reached after it; until then the message waits.
 */
export class OutOfReach {
  /** Since when each of them is not reached. */
  readonly #since = new Map<string, number>();
  #reachedMs = -Infinity;

  reached(member: string, nowMs: number): void {
    this.#since.delete(member);
    this.#reachedMs = nowMs;
  }

  refused(member: string, nowMs: number): Verdict {
    const since = this.#since.get(member) ?? nowMs;
    this.#since.set(member, since);
    if (since < this.#reachedMs) return { of: 'person' };
    const together = [...this.#since.values()].filter((at) => at >= this.#reachedMs);
    const isLong = nowMs - Math.min(...together) >= NOBODY_FOR_MS;
    const afterMs = Math.min(Math.max(nowMs - since, FIRST_WAIT_MS), LAST_WAIT_MS);
    return { of: isLong && together.length >= NO_ACCIDENT ? 'everybody' : 'nobody-knows', afterMs };
  }
}
