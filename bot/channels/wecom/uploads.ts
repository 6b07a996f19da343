/**
 * Under which id WeCom holds the file of a message. A try that was answered by nobody has to be repeated with the same
 * id: a new upload would have another one, and WeCom would take it for another message.
 */
export class Uploads {
  readonly #keepMs: number;
  readonly #held = new Map<string, { readonly mediaId: string; readonly untilMs: number }>();

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  of(outboxId: string, fileId: string, nowMs: number): string | null {
    this.#sweep(nowMs);
    return this.#held.get(keyOf(outboxId, fileId))?.mediaId ?? null;
  }

  keep(outboxId: string, fileId: string, mediaId: string, nowMs: number): void {
    const key = keyOf(outboxId, fileId);
    if (!this.#held.has(key)) this.#held.set(key, { mediaId, untilMs: nowMs + this.#keepMs });
  }

  /** The oldest lie first. */
  #sweep(nowMs: number): void {
    for (const [key, { untilMs }] of this.#held) {
      if (nowMs < untilMs) return;
      this.#held.delete(key);
    }
  }
}

/** Another row with the same file is another message. */
function keyOf(outboxId: string, fileId: string): string {
  return `${outboxId} ${fileId}`;
}
