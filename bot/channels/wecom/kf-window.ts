/** How a guardian stands with 微信客服, as far as it decides what may be sent. */
export interface KfWindow {
  /** When they last wrote; null where they never did. */
  readonly lastInboundAt: string | null;
  /** Our own ids of what was sent since. */
  readonly sentSince: readonly string[];
  readonly state: 'open' | 'taken' | 'ended';
}

export const NEVER_WROTE: KfWindow = { lastInboundAt: null, sentSince: [], state: 'open' };

/** The guardian wrote: the window opens anew, and so does a chat that was ended. One with a person goes on with them. */
export function afterWord(window: KfWindow, at: Date): KfWindow {
  const sentAt = at.toISOString();
  if (window.lastInboundAt !== null && sentAt < window.lastInboundAt) return window;
  return { lastInboundAt: sentAt, sentSince: [], state: window.state === 'taken' ? 'taken' : 'open' };
}
