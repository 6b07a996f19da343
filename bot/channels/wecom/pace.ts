const MINUTE_MS = 60_000;
/** WeCom counts over an hour at most. */
export const HOUR_MS = 3_600_000;

/**
 * WeCom drops what exceeds 30 messages a minute or 1,000 an hour for one member without a word (document 90312). We stay
 * below, and keep room for what is urgent (design: 20 and 8 a minute).
 */
const LIMITS = {
  general: { minute: 20, hour: 800 },
  urgent: { minute: 28, hour: 980 },
} as const;

/** How many messages each member was sent lately, on the real clock. */
export class Pace {
  readonly #sent = new Map<string, readonly number[]>();
  #sweptMs = 0;

  /** 0 where so many more messages may go now, and counts them; otherwise after how many ms to ask again. */
  take(member: string, messages: number, urgent: boolean, nowMs: number): number {
    this.#sweep(nowMs);
    const sent = within(this.#sent.get(member) ?? [], HOUR_MS, nowMs);
    const { minute, hour } = urgent ? LIMITS.urgent : LIMITS.general;
    const waitMs = Math.max(
      roomAfter(sent, messages, minute, MINUTE_MS, nowMs),
      roomAfter(sent, messages, hour, HOUR_MS, nowMs),
    );
    if (waitMs === 0) this.#sent.set(member, [...sent, ...Array.from({ length: messages }, () => nowMs)]);
    return waitMs;
  }

  knows(member: string): boolean {
    return this.#sent.has(member);
  }

  /** What this member was sent by a process before this one, oldest first; WeCom counts it as well. */
  remember(member: string, sentMs: readonly number[]): void {
    if (!this.knows(member)) this.#sent.set(member, sentMs);
  }

  /** Once an hour those who were sent nothing since are forgotten. */
  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptMs < HOUR_MS) return;
    this.#sweptMs = nowMs;
    for (const [member, sent] of this.#sent)
      if (within(sent, HOUR_MS, nowMs).length === 0) this.#sent.delete(member);
  }
}

function within(sent: readonly number[], windowMs: number, nowMs: number): readonly number[] {
  return sent.filter((at) => at > nowMs - windowMs);
}

/** When the window has room for so many more; `sent` is in order. */
function roomAfter(
  sent: readonly number[],
  messages: number,
  limit: number,
  windowMs: number,
  nowMs: number,
): number {
  const lately = within(sent, windowMs, nowMs);
  const tooMany = lately.length + messages - limit;
  if (tooMany <= 0 || lately.length === 0) return 0; // what never fits goes when nothing else did
  const leaves = lately[Math.min(tooMany, lately.length) - 1] ?? nowMs;
  return leaves + windowMs - nowMs;
}
