const SECOND_MS = 1_000;

/**
 * One message a second in one chat, with short bursts, and 30 a second in all (core.telegram.org/bots/faq, "My bot is
 * hitting limits"). How short a burst may be is not said.
 */
const OVERALL_A_SECOND = 30;
/** So many messages at once in one chat (our default): an answer to quick taps does not wait. */
const BURST = 5;
/** Of the 30, so many are kept for what is urgent (our default). */
const FOR_URGENT = 5;

/** How many messages went out lately, on the real clock. What is urgent waits for no chat: a burst is allowed. */
export class Pace {
  /** When the room of a chat is whole again. */
  readonly #fullAtMs = new Map<string, number>();
  #lately: readonly number[] = [];

  /** 0 where so many more messages may go now, and counts them; otherwise after how many ms to ask again. */
  take(chat: string, messages: number, urgent: boolean, nowMs: number): number {
    this.#sweep(nowMs);
    const waitMs = Math.max(
      this.#overallMs(messages, urgent, nowMs),
      urgent ? 0 : this.#chatMs(chat, messages, nowMs),
    );
    if (waitMs > 0) return waitMs;
    const fromMs = Math.max(this.#fullAtMs.get(chat) ?? 0, nowMs);
    this.#fullAtMs.set(chat, fromMs + messages * SECOND_MS);
    this.#lately = [...this.#lately, ...Array.from({ length: messages }, () => nowMs)];
    return 0;
  }

  #chatMs(chat: string, messages: number, nowMs: number): number {
    const owedMs = Math.max((this.#fullAtMs.get(chat) ?? 0) - nowMs, 0);
    const room = Math.max(BURST - messages, 0) * SECOND_MS; // what never fits goes when nothing else did
    return Math.max(owedMs - room, 0);
  }

  #overallMs(messages: number, urgent: boolean, nowMs: number): number {
    const limit = urgent ? OVERALL_A_SECOND : OVERALL_A_SECOND - FOR_URGENT;
    const tooMany = this.#lately.length + messages - limit;
    if (tooMany <= 0 || this.#lately.length === 0) return 0;
    const leaves = this.#lately[Math.min(tooMany, this.#lately.length) - 1] ?? nowMs;
    return leaves + SECOND_MS - nowMs;
  }

  #sweep(nowMs: number): void {
    this.#lately = this.#lately.filter((at) => at > nowMs - SECOND_MS);
    for (const [chat, fullAtMs] of this.#fullAtMs) if (fullAtMs <= nowMs) this.#fullAtMs.delete(chat);
  }
}
