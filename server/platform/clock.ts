/**
 * Two clocks. The real clock decides leases, timeouts and pacing. The business clock decides due dates, stages and
 * ladders; in the simulator it can be moved forward by a stored offset, and keeps ticking.
 */
export interface Clock {
  now(): Date;
}

export const realClock: Clock = { now: () => new Date() };

/** So many moves of the clock are remembered: what waits for longer than that many is not measured to the second. */
const MOVES_REMEMBERED = 1_000;

/** A business clock: the given clock plus an offset that only ever grows. */
export class BusinessClock implements Clock {
  readonly #base: Clock;
  #offsetMs: number;
  /** The last moves: the business time at which each began, and the offset up to then. */
  readonly #moves: { readonly fromMs: number; readonly offsetMs: number }[] = [];

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
    this.#moveBy(Math.max(0, offsetMs - this.#offsetMs));
  }

  /** Moves the clock to `instant`; returns false, changing nothing, when that lies in the past. */
  advanceTo(instant: Date): boolean {
    const stepMs = instant.getTime() - this.now().getTime();
    if (stepMs < 0) return false;
    this.#moveBy(stepMs);
    return true;
  }

  /** How much time of the base clock has passed since `instant` of this one: moves in between take no time. */
  realMsSince(instant: Date): number {
    const fromMs = instant.getTime();
    const offsetMs = this.#moves.find((move) => move.fromMs >= fromMs)?.offsetMs ?? this.#offsetMs;
    return Math.max(0, this.#base.now().getTime() - (fromMs - offsetMs));
  }

  #moveBy(stepMs: number): void {
    if (stepMs === 0) return;
    this.#moves.push({ fromMs: this.now().getTime(), offsetMs: this.#offsetMs });
    if (this.#moves.length > MOVES_REMEMBERED) this.#moves.shift();
    this.#offsetMs += stepMs;
  }
}
