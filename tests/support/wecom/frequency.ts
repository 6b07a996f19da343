import { MINUTE_MS, type TenantClock } from './clock.ts';
import { need } from './refusal.ts';

/** Times within a window that slides, oldest first. */
export class Recent {
  #times: number[] = [];

  add(atMs: number): void {
    this.#times.push(atMs);
  }

  within(windowMs: number, nowMs: number): number {
    return this.#times.reduce((count, at) => (at > nowMs - windowMs ? count + 1 : count), 0);
  }

  forget(windowMs: number, nowMs: number): void {
    this.#times = this.#times.filter((at) => at > nowMs - windowMs);
  }
}

/** Calls of one interface within a minute. Whoever exceeds is refused for a whole window. */
export class Frequency {
  readonly #clock: TenantClock;
  readonly #windows = new Map<string, { readonly sinceMs: number; count: number; blockedUntilMs: number }>();

  constructor(clock: TenantClock) {
    this.#clock = clock;
  }

  count(what: string, limit: number): void {
    const nowMs = this.#clock.now().getTime();
    const known = this.#windows.get(what);
    if (known !== undefined && nowMs < known.blockedUntilMs) need(false, 45009);
    const fresh = known === undefined || nowMs >= known.sinceMs + MINUTE_MS;
    const window = fresh ? { sinceMs: nowMs, count: 0, blockedUntilMs: 0 } : known;
    window.count += 1;
    if (window.count > limit) window.blockedUntilMs = nowMs + MINUTE_MS;
    this.#windows.set(what, window);
    need(window.count <= limit, 45009);
  }
}
