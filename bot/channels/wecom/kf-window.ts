/** How a guardian stands with 微信客服, as far as it decides what may be sent. */
export interface KfWindow {
  /** When they last wrote; null where they never did. */
  readonly lastInboundAt: string | null;
  /** Our own ids of what was sent since. */
  readonly sentSince: readonly string[];
  readonly state: 'open' | 'taken' | 'ended';
  /** Lets one message go until this moment, whatever was sent before. */
  readonly welcome: { readonly code: string; readonly until: string } | null;
}

/** Whether messages may go now, and how. */
export type KfRoom =
  /** They count from now on. */
  | { readonly kind: 'send'; readonly sentSince: readonly string[] }
  | { readonly kind: 'welcome'; readonly code: string }
  /** Nothing more may be said until the guardian writes. */
  | { readonly kind: 'closed' }
  /** A person of the service talks with them. */
  | { readonly kind: 'taken' }
  /** Nothing was ever heard of anybody of this name. */
  | { readonly kind: 'stranger' };

/** So long after a guardian's words, and so often, we may write (document 94677, errcodes 95002 and 95001). */
const OPEN_MS = 48 * 3_600_000;
const MOST = 5;
/** The last one is kept for emergencies (our default). */
const KEPT = 1;
/** A welcome goes within 20 seconds (document 95122). */
export const WELCOME_MS = 20_000;

export const NEVER_WROTE: KfWindow = { lastInboundAt: null, sentSince: [], state: 'open', welcome: null };

/** The guardian wrote: the window opens anew, and so does a chat that was ended. One with a person goes on with them. */
export function afterWord(window: KfWindow, at: Date): KfWindow {
  const lastInboundAt = at.toISOString();
  if (window.lastInboundAt !== null && lastInboundAt < window.lastInboundAt) return window;
  return { ...window, lastInboundAt, sentSince: [], state: window.state === 'taken' ? 'taken' : 'open' };
}

/** All of these messages or none; one that was counted before needs no room. */
export function roomFor(window: KfWindow, ownIds: readonly string[], isUrgent: boolean, now: Date): KfRoom {
  const { lastInboundAt, state, welcome } = window;
  if (state === 'taken') return { kind: 'taken' };
  if (welcome !== null && ownIds.length === 1 && now.toISOString() <= welcome.until)
    return { kind: 'welcome', code: welcome.code };
  if (state === 'ended' || lastInboundAt === null) return { kind: 'closed' };
  if (now.getTime() - Date.parse(lastInboundAt) > OPEN_MS) return { kind: 'closed' };
  const sentSince = [...new Set([...window.sentSince, ...ownIds])];
  const isKnown = sentSince.length === window.sentSince.length;
  const room = isUrgent ? MOST : MOST - KEPT;
  return isKnown || sentSince.length <= room ? { kind: 'send', sentSince } : { kind: 'closed' };
}
