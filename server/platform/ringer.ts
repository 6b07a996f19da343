import type { Logger } from './logger.ts';

/** What came of one attempt to ring. */
export type RingResult =
  | { readonly kind: 'rung' }
  | { readonly kind: 'failed'; readonly retryable: boolean; readonly reason: string };

/** What a ring is about, for the log: ids and a role, never a number or a name. */
export interface RingAbout {
  readonly ringKey: string;
  readonly role: string;
}

/**
 * A voice call or an SMS, for a chat message wakes nobody at night. An implementation answers within some seconds and
 * keeps neither number nor words.
 */
export interface Ringer {
  /** Whether a real telephone rings; false for the one that only writes down that it would. */
  readonly rings: boolean;
  ring(phone: string, words: string, about: RingAbout): Promise<RingResult>;
}

/** The ringer where no provider is set up: it says in the log that somebody should have been rung, and by which row. */
export function loggingRinger(logger: Logger): Ringer {
  return {
    rings: false,
    ring: (_phone, _words, { ringKey, role }) => {
      logger.warn('nobody is really rung', { ringKey, role });
      return Promise.resolve({ kind: 'rung' });
    },
  };
}
