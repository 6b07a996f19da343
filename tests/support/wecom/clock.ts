/** The time of the fake tenant. Whoever tests hands over the clock that the bot sees, too. */
export interface TenantClock {
  now(): Date;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A clock that stands still until it is moved. */
export class StandingClock implements TenantClock {
  #ms: number;

  constructor(start: string | Date = '2026-11-25T02:00:00Z') {
    this.#ms = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#ms);
  }

  pass(ms: number): void {
    this.#ms += ms;
  }
}

export function secondsOf(clock: TenantClock): number {
  return Math.floor(clock.now().getTime() / SECOND_MS);
}
