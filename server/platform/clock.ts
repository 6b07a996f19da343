/**
 * Two clocks. The real clock decides leases, timeouts and pacing. The business clock decides due dates, stages and
 * ladders; in the simulator it can be moved forward by a stored offset, and keeps ticking.
 */
export interface Clock {
  now(): Date;
}

export const realClock: Clock = { now: () => new Date() };

/** A business clock: the given clock plus an offset that only ever grows. */
export class BusinessClock implements Clock {
  readonly #base: Clock;
  #offsetMs: number;

  constructor(base: Clock, offsetMs: number) {
    this.#base = base;
    this.#offsetMs = offsetMs;
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#offsetMs);
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Takes over the offset another process has stored; a smaller one is an older one and changes nothing. */
  follow(offsetMs: number): void {
    this.#offsetMs = Math.max(this.#offsetMs, offsetMs);
  }

  /** Moves the clock to `instant`; returns false, changing nothing, when that lies in the past. */
  advanceTo(instant: Date): boolean {
    const stepMs = instant.getTime() - this.now().getTime();
    if (stepMs < 0) return false;
    this.#offsetMs += stepMs;
    return true;
  }
}
