/** No row is tried again after so long (our default). */
const KEEP_MS = 4 * 3_600_000;

/** How many parts of a row have arrived: one that is tried again goes on behind them. */
export class Arrived {
  readonly #parts = new Map<string, { readonly count: number; readonly untilMs: number }>();

  of(outboxId: string, nowMs: number): number {
    this.#sweep(nowMs);
    return this.#parts.get(outboxId)?.count ?? 0;
  }

  keep(outboxId: string, count: number, nowMs: number): void {
    this.#parts.delete(outboxId); // and it lies last again
    this.#parts.set(outboxId, { count, untilMs: nowMs + KEEP_MS });
  }

  /** The oldest lie first. */
  #sweep(nowMs: number): void {
    for (const [id, { untilMs }] of this.#parts) {
      if (nowMs < untilMs) return;
      this.#parts.delete(id);
    }
  }
}
